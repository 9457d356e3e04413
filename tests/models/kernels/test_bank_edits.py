"""The bank's named operations: what they do, what they select, and when they refuse."""

import numpy as np
import pytest

from playground.core.kernels import bank
from playground.core.presets import starter_bank
from playground.core.session.session import Session
from playground.core.specs import MAX_KERNELS, NetworkSpec
from playground.models.kernels.bank_edits import BankEdits
from playground.models.state.document import Document


class Bench:
    """A document with the starter bank, its edits, and what the user was told."""

    def __init__(self, channels=1):
        self.document = Document(Session(None, NetworkSpec((starter_bank(channels),))))
        self.selection = self.document.selection
        self.edits = BankEdits(self.document)
        self.told = []
        self.document.problem.connect(self.told.append)

    @property
    def names(self):
        return self.document.conv.names

    @property
    def chosen(self):
        return self.selection.kernel, sorted(self.selection.kernels)

    def keep(self, *rows):
        """Leave only these kernels in the bank, as if it had never held more."""
        self.document.change_conv("x", bank.reorder(self.document.conv, rows))
        self.document.undo_stack.clear()


@pytest.fixture
def bench():
    return Bench()


def test_a_new_kernel_leaves_the_picture_as_it_is_and_is_selected(bench):
    assert bench.edits.add()
    expected = np.zeros((3, 3, 1))
    expected[1, 1] = 1
    np.testing.assert_array_equal(bench.document.conv.kernel[..., 12], expected)
    assert bench.document.conv.bias[12] == 0
    assert bench.chosen == (12, [12])
    assert bench.document.undo_stack.undoText() == "Add kernel"


def test_a_new_kernel_over_rgb_is_the_mean_of_the_channels():
    bench = Bench(channels=3)
    bench.edits.add()
    assert bench.document.conv.kernel[1, 1, :, 12] == pytest.approx([1 / 3] * 3)
    assert np.count_nonzero(bench.document.conv.kernel[..., 12]) == 3


def test_new_kernels_have_names_of_their_own(bench):
    for _ in range(3):
        bench.edits.add()
    assert bench.names[12:] == ("New kernel", "New kernel 2", "New kernel 3")


def test_copies_stand_behind_the_last_of_the_selected_and_are_selected(bench):
    before = bench.document.conv
    bench.selection.set_kernels({1, 4}, 4)
    bench.edits.duplicate()
    assert bench.names[4:8] == ("Box blur", "Sobel y copy", "Box blur copy", "Gaussian")
    np.testing.assert_array_equal(bench.document.conv.kernel[..., 5:7], before.kernel[..., [1, 4]])
    assert bench.chosen == (5, [5, 6])
    assert bench.document.undo_stack.undoText() == "Duplicate 2 kernels"


def test_a_copy_of_a_copy_is_numbered(bench):
    bench.edits.duplicate()
    bench.edits.duplicate()
    bench.edits.duplicate()
    assert bench.names[:4] == ("Sobel x", "Sobel x copy", "Sobel x copy 2", "Sobel x copy 3")


@pytest.mark.parametrize(
    ("removed", "selected_then"), [([0], 0), ([3, 4], 3), ([11], 10), ([2, 10, 11], 2)]
)
def test_after_removing_the_kernel_that_moved_up_is_selected(bench, removed, selected_then):
    rest = [name for row, name in enumerate(bench.names) if row not in removed]
    bench.selection.set_kernels(removed, removed[-1])
    bench.edits.remove()
    assert list(bench.names) == rest
    assert bench.chosen == (selected_then, [selected_then])


def test_the_last_kernel_stays(bench):
    bench.selection.set_kernels(range(12), 0)
    assert not bench.edits.remove()
    assert bench.told == ["A layer needs at least one kernel: the last one stays."]
    assert len(bench.names) == 12


@pytest.mark.parametrize("operation", ["add", "duplicate"])
def test_a_full_bank_says_so(bench, operation):
    bench.keep(*[row % 12 for row in range(MAX_KERNELS)])
    assert not getattr(bench.edits, operation)()
    assert bench.told == ["A bank holds at most 64 kernels."]
    assert bench.document.undo_stack.count() == 0


def test_a_full_bank_can_be_filled_to_the_last_place(bench):
    bench.keep(*[row % 12 for row in range(MAX_KERNELS - 1)])
    assert bench.edits.add()
    assert len(bench.names) == MAX_KERNELS


def test_a_name_is_trimmed_and_may_not_be_empty(bench):
    assert bench.edits.rename(2, "  edge   finder ")
    assert bench.names[2] == "edge finder"
    assert bench.document.undo_stack.undoText() == "Rename Laplacian"
    assert not bench.edits.rename(2, "  ")
    assert bench.told == ["A kernel needs a name of at least one character."]


def test_renaming_to_the_same_name_is_no_entry(bench):
    bench.edits.rename(0, "Sobel x")
    assert bench.document.undo_stack.count() == 0


@pytest.mark.parametrize(
    ("rows", "position", "expected"),
    [
        ([0], 3, "bcad"),
        ([3], 0, "dabc"),
        ([0, 2], 4, "bdac"),
        ([1, 3], 0, "bdac"),
        ([0], 4, "bcda"),
    ],
)
def test_moved_kernels_are_gathered_and_stay_selected(bench, rows, position, expected):
    bench.keep(0, 1, 2, 3)
    for row, name in enumerate("abcd"):
        bench.edits.rename(row, name)
    bench.selection.set_kernels(rows, rows[-1])
    names = [bench.names[row] for row in rows]
    assert bench.edits.move(rows, position)
    assert "".join(bench.names) == expected
    assert [bench.names[row] for row in bench.chosen[1]] == names
    assert bench.names[bench.chosen[0]] == names[-1]


@pytest.mark.parametrize("position", [3, 4])
def test_a_kernel_put_where_it_is_makes_no_entry(bench, position):
    assert not bench.edits.move([3], position)
    assert bench.document.undo_stack.count() == 0


def test_kernels_move_by_single_places_and_stop_at_the_ends(bench):
    bench.edits.move_earlier()
    assert bench.names[0] == "Sobel x"
    bench.edits.move_later()
    assert bench.names[:2] == ("Sobel y", "Sobel x")
    bench.selection.set_kernel(11)
    assert not bench.edits.move_later()
    bench.edits.move_earlier()
    assert bench.names[10:] == ("Random", "Identity")


def test_undo_brings_back_every_weight_bias_and_name(bench):
    before = bench.document.conv
    bench.selection.set_kernels({1, 2}, 2)
    for operation in (
        bench.edits.add,
        bench.edits.duplicate,
        bench.edits.move_earlier,
        lambda: bench.edits.rename(0, "mine"),
        bench.edits.remove,
    ):
        operation()
    assert bench.document.undo_stack.count() == 5
    while bench.document.undo_stack.canUndo():
        bench.document.undo_stack.undo()
    assert bench.document.conv is before
