"""The document changes only through named entries, and every entry can be undone."""

import gc

import numpy as np
import pytest

from playground.core.kernels import bank
from playground.core.session.session import Session
from playground.core.specs import ActivationSpec, BlockSpec, Conv2DSpec, NetworkSpec, Pool2DSpec
from playground.models.state.document import Document
from playground.models.state.undo import Entry


@pytest.fixture
def document(qtbot) -> Document:
    kernel = np.zeros((3, 3, 1, 3), np.float32)
    conv = Conv2DSpec(kernel, np.zeros(3, np.float32), ("a", "b", "c"))
    return Document(Session(None, NetworkSpec((conv,))))


def set_weight(document: Document, value: float, gesture: object = None) -> None:
    conv = bank.set_weights(document.conv, {(1, 1, 0, 0): value})
    document.change_conv("Set weight", conv, gesture=gesture)


def test_an_entry_has_a_name_and_says_what_changed(document, qtbot):
    before = document.network
    with qtbot.waitSignal(document.network_changed) as changed:
        set_weight(document, 2)
    assert changed.args[0].before is before
    assert changed.args[0].after is document.network
    assert document.undo_stack.undoText() == "Set weight"


def test_undo_puts_the_very_same_state_back(document):
    before = document.session
    set_weight(document, 1)
    document.undo_stack.undo()
    assert document.session is before
    document.undo_stack.redo()
    assert document.conv.kernel[1, 1, 0, 0] == 1


def test_a_drag_is_one_entry(document):
    gesture = document.new_gesture()
    for value in (1, 2, 3):
        set_weight(document, value, gesture)
    assert document.undo_stack.count() == 1
    document.undo_stack.undo()
    assert document.conv.kernel[1, 1, 0, 0] == 0


def test_two_drags_are_two_entries(document):
    set_weight(document, 1, document.new_gesture())
    set_weight(document, 2, document.new_gesture())
    assert document.undo_stack.count() == 2


def test_a_drag_that_ends_where_it_began_leaves_no_entry(document):
    gesture = document.new_gesture()
    set_weight(document, 1, gesture)
    set_weight(document, 0, gesture)
    assert not document.undo_stack.canUndo()


def test_a_change_to_the_same_value_is_no_entry(document):
    set_weight(document, 0)
    assert document.undo_stack.count() == 0


def test_undo_selects_the_kernel_that_was_edited(document):
    document.selection.set_kernel(2)
    document.change_conv("Remove", bank.remove(document.conv, [2]))
    assert document.selection.kernel == 1
    document.undo_stack.undo()
    assert document.selection.kernel == 2


def test_activation_and_pooling_are_layers_of_the_network(document):
    block = BlockSpec(document.conv, ActivationSpec("relu"), Pool2DSpec("max", 2))
    document.change_block("ReLU", block)
    assert document.network.layers == (block.conv, block.activation, block.pool)
    assert document.block == block
    document.change_block("Plain", BlockSpec(block.conv))
    assert document.network.layers == (block.conv,)


class TestSeveralLayers:
    """What is selected stays valid whatever comes, goes and comes back."""

    @pytest.fixture
    def document(self, qtbot) -> Document:
        def conv(channels: int, kernels: int, size: int = 3) -> Conv2DSpec:
            kernel = np.zeros((size, size, channels, kernels), np.float32)
            return Conv2DSpec(kernel, np.zeros(kernels, np.float32), ("k",) * kernels)

        layers = (conv(1, 8, 5), ActivationSpec(), conv(8, 16), conv(16, 4))
        return Document(Session(None, NetworkSpec(layers)))

    def test_another_layer_clamps_the_selection_before_anybody_hears_of_it(self, document):
        document.selection.set_layer(2)
        document.selection.set_kernel(15)
        document.selection.set_channel(7)
        document.selection.set_weight((2, 2))
        heard = []
        document.selection.layer_changed.connect(
            lambda _: heard.append((document.selection.kernel, document.selection.channel))
        )
        document.selection.set_layer(0)
        assert heard == [(7, 0)]
        assert document.selection.kernels == {7}

    def test_undo_goes_to_the_layer_that_was_edited(self, document):
        document.selection.set_layer(3)
        document.selection.set_kernel(2)
        document.change_conv("Edit", bank.set_weights(document.conv, {(0, 0, 0, 2): 1.0}))
        document.selection.set_layer(0)
        document.undo_stack.undo()
        assert (document.selection.layer, document.selection.kernel) == (3, 2)

    def test_an_entry_about_all_layers_leaves_the_selected_one(self, document):
        document.selection.set_layer(3)
        changed = document.network.with_layer(1, ActivationSpec("tanh"))
        document.change_network("Training", changed)
        document.selection.set_layer(0)
        document.selection.set_kernel(6)
        document.undo_stack.undo()
        assert (document.selection.layer, document.selection.kernel) == (0, 6)

    def test_a_selected_layer_that_goes_and_comes_back(self, document):
        document.selection.set_layer(3)
        document.selection.set_kernel(3)
        document.change_network("Fewer", NetworkSpec(document.network.layers[:1]))
        assert (document.selection.layer, document.selection.kernel) == (0, 3)
        document.undo_stack.undo()
        assert document.selection.layer in document.network.convs
        document.undo_stack.redo()
        assert document.selection.layer == 0

    def test_layers_that_come_before_say_that_nothing_was_there(self, document):
        changes = []
        document.network_changed.connect(changes.append)
        layers = document.network.layers
        document.change_network("Pool", NetworkSpec((Pool2DSpec(), *layers)), layer=4)
        assert document.selection.layer == 4
        was, now = changes[0].blocks(4)
        assert was is None
        assert now.conv.filters == 4
        assert not changes[0].same_input(4)
        assert document.layers_before == (Pool2DSpec(), *layers[:3])


def steps_in_memory(gesture):
    gc.collect()
    return sum(type(each) is Entry and each.gesture is gesture for each in gc.get_objects())


def test_nothing_is_kept_of_what_a_drag_has_merged(document):
    gesture = object()
    for value in range(1, 200):
        set_weight(document, value, gesture)
    assert document.undo_stack.count() == 1
    assert steps_in_memory(gesture) == 1
    document.undo_stack.clear()
    assert steps_in_memory(gesture) == 0


def test_a_drag_goes_on_behind_an_undo_as_an_entry_of_its_own(document):
    gesture = document.new_gesture()
    set_weight(document, 1)
    set_weight(document, 2, gesture)
    document.undo_stack.undo()
    set_weight(document, 3, gesture)
    assert not document.undo_stack.canRedo()
    document.undo_stack.undo()
    assert document.conv.kernel[1, 1, 0, 0] == 1
