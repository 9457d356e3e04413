"""Edits of a kernel bank make a new bank and leave the old one as it was."""

import numpy as np
import pytest

from playground.core.errors import PlaygroundError
from playground.core.kernels import bank
from playground.core.specs import MAX_KERNELS, Conv2DSpec


@pytest.fixture
def conv() -> Conv2DSpec:
    kernel = np.arange(3 * 3 * 2 * 4, dtype=np.float32).reshape(3, 3, 2, 4)
    return Conv2DSpec(kernel, np.arange(4, dtype=np.float32), ("a", "b", "c", "d"))


def test_setting_a_weight_changes_that_weight_alone(conv):
    changed = bank.set_weights(conv, {(1, 2, 0, 3): 0.5})
    difference = changed.kernel != conv.kernel
    assert difference.sum() == 1
    assert changed.kernel[1, 2, 0, 3] == 0.5


def test_a_bank_cannot_be_written_to(conv):
    with pytest.raises(ValueError, match="read-only"):
        conv.kernel[0, 0, 0, 0] = 1


@pytest.mark.parametrize("value", [np.nan, np.inf, 1e9])
def test_a_weight_that_is_no_usable_number_is_refused(conv, value):
    with pytest.raises(PlaygroundError, match="between"):
        bank.set_weights(conv, {(0, 0, 0, 0): value})


def test_removing_and_inserting_again_is_identity(conv):
    without = bank.remove(conv, [1, 2])
    again = bank.insert(without, 1, conv.kernel[..., 1:3], conv.bias[1:3], conv.names[1:3])
    assert again == conv


def test_duplicates_stand_behind_the_last_of_them(conv):
    assert bank.duplicate(conv, [0, 2]).names == ("a", "b", "c", "a copy", "c copy", "d")


def test_the_last_kernel_stays(conv):
    with pytest.raises(PlaygroundError, match="at least one"):
        bank.remove(conv, range(4))


def test_a_bank_has_a_largest_size(conv):
    full = conv
    while full.filters < MAX_KERNELS:
        full = bank.duplicate(full, [0])
    with pytest.raises(PlaygroundError, match=str(MAX_KERNELS)):
        bank.duplicate(full, [0])


@pytest.mark.parametrize(
    ("moved", "position", "order"),
    [
        ([0], 4, [1, 2, 3, 0]),
        ([3], 0, [3, 0, 1, 2]),
        ([0, 2], 2, [1, 0, 2, 3]),
        ([1], 1, [0, 1, 2, 3]),
    ],
)
def test_moved_rows_stand_before_the_row_they_were_dropped_on(conv, moved, position, order):
    assert bank.move_order(4, moved, position) == order
    assert bank.reorder(conv, order).names == tuple(conv.names[i] for i in order)


def test_a_name_is_one_line_and_not_empty(conv):
    assert bank.rename(conv, 0, "  edge \n finder ").names[0] == "edge finder"
    with pytest.raises(PlaygroundError, match="name"):
        bank.rename(conv, 0, "  ")


def test_a_cell_that_the_bank_no_longer_has_is_passed_over(conv):
    assert bank.set_weights(conv, {(0, 0, 0, 9): 1.0, (5, 0, 0, 0): 1.0}) == conv
