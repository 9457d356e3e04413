"""One channel of the current kernel as a table, watched by Qt's model tester all the while."""

import numpy as np
import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from playground.core.kernels import bank
from playground.core.presets import starter_bank
from playground.core.session.session import Session
from playground.core.specs import NetworkSpec
from playground.models.kernels.kernel_edits import KernelEdits
from playground.models.kernels.kernel_table_model import KernelTableModel, WeightRole
from playground.models.state.document import Document


def document_with(channels: int) -> Document:
    return Document(Session(None, NetworkSpec((starter_bank(channels),))))


@pytest.fixture
def document(qtbot) -> Document:
    return document_with(1)


@pytest.fixture
def edits(document) -> KernelEdits:
    return KernelEdits(document)


@pytest.fixture
def table(document, edits):
    return checked(KernelTableModel(document, edits))


def checked(model: KernelTableModel) -> KernelTableModel:
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    return model


def shown(model: KernelTableModel, role: int = WeightRole.VALUE) -> list[list[object]]:
    return [
        [model.index(row, column).data(role) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def changes(model: KernelTableModel) -> list[tuple[int, int, int, int]]:
    """(top, left, bottom, right) of every change of values from now on."""
    seen: list[tuple[int, int, int, int]] = []

    def note(first, last, roles):
        if WeightRole.LEVEL not in roles:
            seen.append((first.row(), first.column(), last.row(), last.column()))

    model.dataChanged.connect(note)
    return seen


def test_the_table_is_the_current_kernel(document, table):
    assert shown(table) == [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
    document.selection.set_kernel(1)
    assert shown(table) == [[-1, -2, -1], [0, 0, 0], [1, 2, 1]]


def test_a_weight_is_shown_with_its_sign_and_edited_exactly(document, edits, table):
    edits.enter([(0, 1, 0, 0)], "1/9")
    index = table.index(0, 1)
    assert index.data() == "+0.11"
    assert index.data(Qt.ItemDataRole.EditRole) == "0.11111111"
    assert "0.11111111" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "row 0, column 1" in index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_the_level_is_the_largest_weight_of_all_channels(qtbot):
    document = document_with(3)
    edits = KernelEdits(document)
    table = checked(KernelTableModel(document, edits, 0))
    edits.fill([(0, 0, 2, 0)], -9)
    assert table.index(1, 1).data(WeightRole.LEVEL) == 9


@pytest.mark.parametrize(
    ("text", "value"), [("1/9", 1 / 9), ("-.5", -0.5), ("1e-2", 0.01), ("0,25", 0.25), (3, 3)]
)
def test_a_cell_takes_a_number_as_it_is_typed(table, text, value):
    assert table.setData(table.index(2, 1), text)
    assert table.index(2, 1).data(WeightRole.VALUE) == np.float32(value)


def test_a_cell_refuses_what_is_no_number_and_says_so(document, table, qtbot):
    with qtbot.waitSignal(document.problem) as told:
        assert not table.setData(table.index(0, 0), "abc")
    assert "abc" in told.args[0]
    assert table.index(0, 0).data(WeightRole.VALUE) == -1


def test_only_the_changed_cells_are_announced(document, edits, table):
    seen = changes(table)
    edits.fill([(1, 1, 0, 0)], 0.5)
    assert seen == [(1, 1, 1, 1)]
    seen.clear()
    edits.fill([(0, 0, 0, 0), (0, 1, 0, 0), (2, 2, 0, 0)], 0.25)
    assert seen == [(0, 0, 0, 1), (2, 2, 2, 2)]


def test_a_change_of_another_kernel_or_of_the_bias_announces_nothing(document, edits, table):
    seen = changes(table)
    document.change_conv("other", bank.set_weights(document.conv, {(0, 0, 0, 5): 3}))
    edits.set_bias(2)
    assert seen == []


def test_a_new_largest_weight_recolours_all_cells(edits, table):
    seen = []
    table.dataChanged.connect(lambda first, last, roles: seen.append((first, last, roles)))
    edits.fill([(1, 1, 0, 0)], 8)
    first, last, roles = seen[0]
    assert (first.row(), first.column(), last.row(), last.column()) == (0, 0, 2, 2)
    assert roles == [WeightRole.LEVEL]


@pytest.mark.parametrize("size", [(5, 5), (1, 1), (2, 4), (11, 1), (4, 2), (11, 11)])
def test_resizing_adds_and_removes_around_the_centre(document, edits, table, size):
    edits.resize_bank(*size)
    assert (table.rowCount(), table.columnCount()) == size
    np.testing.assert_array_equal(shown(table), document.conv.kernel[:, :, 0, 0])
    document.undo_stack.undo()
    assert shown(table) == [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]


def test_the_weight_that_a_view_holds_stays_the_same_weight(document, edits, table):
    centre = QPersistentModelIndex(table.index(1, 1))
    edits.resize_bank(7, 5)
    assert (centre.row(), centre.column()) == (3, 2)
    edits.resize_bank(2, 2)
    assert (centre.row(), centre.column()) == (0, 0)


def test_a_channel_is_fixed_or_follows_the_selection(qtbot):
    document = document_with(3)
    edits = KernelEdits(document)
    green = checked(KernelTableModel(document, edits, 1))
    following = checked(KernelTableModel(document, edits))
    edits.fill([(0, 0, 1, 0)], 4)
    assert green.index(0, 0).data(WeightRole.VALUE) == 4
    assert following.index(0, 0).data(WeightRole.VALUE) != 4
    document.selection.set_channel(1)
    assert following.index(0, 0).data(WeightRole.VALUE) == 4
    assert "channel 1" in green.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)


def test_a_model_outlives_the_channel_it_showed(qtbot):
    document = document_with(3)
    blue = checked(KernelTableModel(document, KernelEdits(document), 2))
    document.change_conv("Grey", starter_bank(1))
    assert blue.channel == 0
    assert blue.rowCount() == 3


def test_walking_through_sizes_kernels_and_undo_keeps_the_tester_content(document, edits, table):
    rng = np.random.default_rng(1)
    for _ in range(60):
        match rng.integers(5):
            case 0:
                edits.resize_bank(int(rng.integers(1, 12)), int(rng.integers(1, 12)))
            case 1:
                document.selection.set_kernel(int(rng.integers(12)))
            case 2:
                edits.randomise("he_normal", int(rng.integers(100)))
            case 3:
                document.undo_stack.undo()
            case 4:
                edits.rotate90()
        kernel = document.conv.kernel[:, :, 0, document.selection.kernel]
        np.testing.assert_array_equal(shown(table), kernel)
