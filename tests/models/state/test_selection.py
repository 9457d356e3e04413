"""One selection is shared by all, stays inside the bank, and is pointed at again as a whole."""

import numpy as np
import pytest

from playground.core.kernels import bank
from playground.core.session.session import Session
from playground.core.specs import Conv2DSpec, NetworkSpec
from playground.models.state.document import Document
from playground.models.state.selection import Selection


@pytest.fixture
def document(qtbot) -> Document:
    kernel = np.zeros((3, 3, 1, 3), np.float32)
    conv = Conv2DSpec(kernel, np.zeros(3, np.float32), ("a", "b", "c"))
    return Document(Session(None, NetworkSpec((conv,))))


def test_the_selection_stays_inside_a_bank_that_shrinks(document):
    document.selection.set_kernels({0, 2}, 2)
    document.selection.set_weight((2, 2))
    small = bank.with_kernels(document.conv, document.conv.kernel[:1, :1])
    document.change_conv("Resize", small)
    document.change_conv("Remove", bank.remove(document.conv, [1, 2]))
    assert document.selection.kernels == {0}
    assert document.selection.weight is None


def test_the_current_kernel_is_always_among_the_selected_ones(qtbot):
    selection = Selection()
    selection.set_kernels({1, 2}, 4)
    assert selection.kernels == {1, 2, 4}
    with (
        qtbot.assertNotEmitted(selection.kernels_changed),
        qtbot.waitSignal(selection.kernel_changed) as told,
    ):
        selection.set_kernels({1, 4}, 2)
    assert told.args == [2]


def test_another_pixel_lets_go_of_the_weight_and_the_same_one_does_not(qtbot):
    selection = Selection()
    selection.set_pixel((3, 4))
    selection.set_weight((0, 1))
    selection.set_pixel((3, 4))
    assert selection.weight == (0, 1)
    selection.set_pixel((3, 5))
    assert selection.weight is None


def test_a_whole_selection_is_pointed_at_again(qtbot):
    selection = Selection()
    selection.set_layer(2)
    selection.set_kernels({0, 3}, 3)
    selection.set_channel(1)
    selection.set_pixel((5, 6))
    selection.set_weight((1, 2))
    at, again = selection.pointed, Selection()
    again.point(at)
    assert again.pointed == at
