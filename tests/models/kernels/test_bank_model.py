"""The bank as a Qt list: rows mirror the document, and every change is told as what it is."""

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from playground.core.kernels import bank
from playground.core.presets import starter_bank
from playground.core.session.session import Session
from playground.core.specs import BlockSpec, NetworkSpec, Pool2DSpec
from playground.models.kernels.bank_edits import BankEdits
from playground.models.kernels.bank_model import BankModel, BankRole, moves
from playground.models.state.document import Document


class Bench:
    """A document, its bank as a model under the tester's eye, and what the model has told."""

    def __init__(self):
        self.document = Document(Session(None, NetworkSpec((starter_bank(1),))))
        self.edits = BankEdits(self.document)
        self.model = BankModel(self.document, self.edits)
        self.told = []
        self.tester = QAbstractItemModelTester(
            self.model, QAbstractItemModelTester.FailureReportingMode.Fatal
        )
        tell = self.told.append
        model = self.model
        model.rowsInserted.connect(lambda _p, first, last: tell(("inserted", first, last)))
        model.rowsRemoved.connect(lambda _p, first, last: tell(("removed", first, last)))
        model.rowsMoved.connect(lambda _p, first, last, _q, to: tell(("moved", first, last, to)))
        model.dataChanged.connect(lambda a, b: tell(("changed", a.row(), b.row())))
        model.modelReset.connect(lambda: tell(("reset",)))

    @property
    def shown(self):
        """The names in the list."""
        return tuple(self.model.index(row).data() for row in range(self.model.rowCount()))

    def change(self, conv):
        """What the model tells when the document's bank becomes `conv`."""
        self.told.clear()
        self.document.change_conv("x", conv)
        self.assert_mirrors()
        return self.told

    def assert_mirrors(self):
        conv = self.document.conv
        assert self.shown == conv.names
        for row in range(conv.filters):
            weights = self.model.index(row).data(BankRole.WEIGHTS)
            np.testing.assert_array_equal(weights, conv.kernel[..., row])


@pytest.fixture
def bench(qapp):
    return Bench()


def test_a_row_says_what_its_kernel_is(bench):
    index = bench.model.index(0)
    assert index.data() == index.data(Qt.ItemDataRole.EditRole) == "Sobel x"
    assert index.data(BankRole.LEVEL) == 2
    assert index.data(BankRole.WEIGHTS).shape == (3, 3, 1)
    tip = index.data(Qt.ItemDataRole.ToolTipRole)
    assert tip == "Kernel 0 · Sobel x\n3 × 3 × 1 = 9 weights, Σ = +0.00, bias +0.00"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Kernel 0: Sobel x"
    assert index.data(Qt.ItemDataRole.DecorationRole) is None


def test_rows_can_be_renamed_and_dragged_but_nothing_is_dropped_into_them(bench):
    flags, flag = bench.model.index(3).flags(), Qt.ItemFlag
    assert flags & flag.ItemIsEditable
    assert flags & flag.ItemIsDragEnabled
    assert not flags & flag.ItemIsDropEnabled
    assert bench.model.flags(QModelIndex()) == flag.ItemIsDropEnabled


def test_one_changed_weight_changes_one_row(bench):
    conv = bank.set_weights(bench.document.conv, {(0, 0, 0, 5): 9.0})
    assert bench.change(conv) == [("changed", 5, 5)]


def test_rows_between_changed_ones_are_left_alone(bench):
    cells = {(0, 0, 0, kernel): 9.0 for kernel in (1, 2, 7)}
    conv = bank.set_weights(bench.document.conv, cells)
    assert bench.change(conv) == [("changed", 1, 2), ("changed", 7, 7)]


def test_a_bias_and_a_name_change_their_row(bench):
    assert bench.change(bank.set_bias(bench.document.conv, 4, 1.0)) == [("changed", 4, 4)]
    assert bench.change(bank.rename(bench.document.conv, 6, "mine")) == [("changed", 6, 6)]


def test_another_kernel_size_changes_every_row(bench):
    bigger = np.zeros((5, 5, 1, 12), np.float32)
    assert bench.change(bank.with_kernels(bench.document.conv, bigger)) == [("changed", 0, 11)]


def test_stride_activation_and_pooling_change_no_row(bench):
    bench.document.change_block("x", BlockSpec(bench.document.conv, pool=Pool2DSpec()))
    assert bench.told == []


def test_kernels_that_come_and_go_are_told_as_such(bench):
    conv = bench.document.conv
    assert bench.change(bank.duplicate(conv, [2, 3])) == [("inserted", 4, 5)]
    assert bench.change(bank.remove(bench.document.conv, [4, 5])) == [("removed", 4, 5)]
    assert bench.change(bank.reorder(conv, [0, 11])) == [("removed", 1, 10)]


def test_rows_far_apart_that_go_at_once_leave_a_true_mirror(bench):
    told = bench.change(bank.remove(bench.document.conv, [1, 5, 9]))
    assert told == [("removed", 1, 9), ("inserted", 1, 6)]


def test_a_move_is_told_as_a_move_so_that_indexes_go_with_their_kernel(bench):
    kept = QPersistentModelIndex(bench.model.index(0))
    bench.edits.move([0], 6)
    assert bench.told == [("moved", 0, 0, 6)]
    assert (kept.row(), kept.data()) == (5, "Sobel x")
    bench.document.undo_stack.undo()
    assert bench.told[1:] == [("moved", 5, 5, 0)]
    assert kept.row() == 0
    bench.assert_mirrors()


def test_several_moved_kernels_keep_their_indexes(bench):
    kept = [QPersistentModelIndex(bench.model.index(row)) for row in (1, 4, 8)]
    names = [index.data() for index in kept]
    bench.edits.move([1, 4, 8], 12)
    assert [index.row() for index in kept] == [9, 10, 11]
    assert [index.data() for index in kept] == names
    bench.assert_mirrors()


def test_any_order_is_reached_by_single_moves():
    rng = np.random.default_rng(4)
    for count in (1, 2, 5, 12, 64):
        order = [int(row) for row in rng.permutation(count)]
        rows = sorted(order)
        for source, target in moves(order):
            assert source != target
            rows.insert(target, rows.pop(source))
        assert rows == order


def test_another_layer_is_another_list(bench):
    document = Document(Session(None, NetworkSpec((starter_bank(1), starter_bank(12)))))
    model = BankModel(document, BankEdits(document))
    resets = []
    model.modelReset.connect(lambda: resets.append(1))
    document.selection.set_layer(1)
    assert resets == [1]
    assert model.index(0).data(BankRole.WEIGHTS).shape == (3, 3, 12)


def test_typing_a_name_renames_in_one_entry(bench):
    assert bench.model.setData(bench.model.index(2), "mine")
    assert bench.document.conv.names[2] == "mine"
    assert not bench.model.setData(bench.model.index(2), "")
    assert not bench.model.setData(bench.model.index(2), 1, Qt.ItemDataRole.CheckStateRole)
    assert bench.document.undo_stack.count() == 1


def test_dragged_rows_are_dropped_between_others_in_one_entry(bench):
    move, root = Qt.DropAction.MoveAction, QModelIndex()
    data = bench.model.mimeData([bench.model.index(3), bench.model.index(1)])
    assert bench.model.canDropMimeData(data, move, 0, 0, root)
    assert bench.model.dropMimeData(data, move, 0, 0, root)
    assert bench.shown[:4] == ("Sobel y", "Sharpen", "Sobel x", "Laplacian")
    assert bench.document.undo_stack.count() == 1
    bench.assert_mirrors()


def test_rows_dropped_beside_all_others_go_to_the_end(bench):
    data = bench.model.mimeData([bench.model.index(0)])
    bench.model.dropMimeData(data, Qt.DropAction.MoveAction, -1, -1, QModelIndex())
    assert bench.shown[-1] == "Sobel x"


@pytest.mark.parametrize("payload", [b"", b"99", b"one", b"-1", b"\xff\x00", b"0 1"])
def test_what_is_no_list_of_rows_is_not_dropped(bench, payload):
    data, move, root = QMimeData(), Qt.DropAction.MoveAction, QModelIndex()
    data.setData(BankModel.MIME, payload)
    for refused in (data, QMimeData()):
        assert not bench.model.canDropMimeData(refused, move, 0, 0, root)
        assert not bench.model.dropMimeData(refused, move, 0, 0, root)
    assert bench.document.undo_stack.count() == 0


def test_rows_of_another_window_are_not_dropped(bench):
    data = Bench().model.mimeData([bench.model.index(0)])
    move, root = Qt.DropAction.MoveAction, QModelIndex()
    assert not bench.model.canDropMimeData(data, move, 3, 0, root)
    assert not bench.model.dropMimeData(data, move, 3, 0, root)


def test_a_random_walk_keeps_the_mirror_true_and_undoes_to_the_beginning(bench):
    rng, edits, document = np.random.default_rng(1), bench.edits, bench.document
    before = document.conv
    for _ in range(150):
        rows = [int(row) for row in rng.integers(0, document.conv.filters, 2)]
        document.selection.set_kernels(rows, rows[0])
        operation = int(rng.integers(0, 8))
        if operation == 0:
            edits.add()
        elif operation == 1:
            edits.duplicate()
        elif operation == 2:
            edits.remove()
        elif operation == 3:
            edits.rename(rows[0], f"name {rng.integers(5)}")
        elif operation == 4:
            edits.move(rows, int(rng.integers(0, document.conv.filters + 1)))
        elif operation == 5:
            edits.move_later()
        elif operation == 6:
            document.undo_stack.undo()
        else:
            document.undo_stack.redo()
        bench.assert_mirrors()
    while document.undo_stack.canUndo():
        document.undo_stack.undo()
        bench.assert_mirrors()
    assert document.conv is before
