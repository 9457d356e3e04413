"""The layer's settings as named entries of undo."""

import numpy as np
import pytest

from playground.core.errors import PlaygroundError
from playground.core.pictures.picture import Picture
from playground.core.presets import starter_bank
from playground.core.session.session import Session
from playground.core.specs import ActivationSpec, NetworkSpec, Pool2DSpec
from playground.models.network.layer_edits import LayerEdits, read_padding, simplest, write_padding
from playground.models.state.document import Document


@pytest.fixture
def document(qapp):
    picture = Picture(np.zeros((10, 15, 1), np.float32), "dark.png", (15, 10), colour="grey")
    return Document(Session(picture, NetworkSpec((starter_bank(1),))))


@pytest.fixture
def edits(document):
    return LayerEdits(document)


@pytest.mark.parametrize(
    ("operation", "value", "attribute", "step"),
    [
        ("set_stride", 3, "stride", "Change stride"),
        ("set_dilation", 2, "dilation", "Change dilation"),
        ("set_padding", "valid", "padding", "Padding valid"),
        ("set_padding", (1, 2, 3, 4), "padding", "Padding 1, 2, 3, 4"),
        ("set_edge", "wrap", "edge", "Edge mode wrap"),
        ("set_flip", True, "flip", "Convolution"),
    ],
)
def test_a_setting_of_the_convolution_is_one_named_step(
    document, edits, operation, value, attribute, step
):
    before = document.conv
    getattr(edits, operation)(value)
    assert getattr(document.conv, attribute) == value
    assert document.conv.kernel is before.kernel
    assert document.undo_stack.undoText() == step
    document.undo_stack.undo()
    assert document.conv is before


def test_activation_and_pooling_are_layers_behind_the_convolution(document, edits):
    edits.set_activation("leaky_relu")
    edits.set_leaky_slope(0.25)
    edits.set_pool("average", 3)
    assert document.network.layers[1:] == (
        ActivationSpec("leaky_relu", 0.25),
        Pool2DSpec("average", 3),
    )
    texts = [document.undo_stack.text(i) for i in range(3)]
    assert texts == ["Activation leaky ReLU", "Change slope", "Average pooling"]
    edits.set_pool(None)
    edits.set_activation("none")
    assert len(document.network.layers) == 1
    while document.undo_stack.canUndo():
        document.undo_stack.undo()
    assert len(document.network.layers) == 1


def test_what_is_set_already_is_no_entry(document, edits):
    edits.set_stride(1)
    edits.set_padding("same")
    edits.set_activation("none")
    edits.set_pool(None)
    assert document.undo_stack.count() == 0


def test_a_gesture_is_one_entry(document, edits):
    gesture = document.new_gesture()
    for stride in (2, 3, 4):
        edits.set_stride(stride, gesture)
    assert document.undo_stack.count() == 1
    assert document.conv.stride == 4
    document.undo_stack.undo()
    assert document.conv.stride == 1


def test_a_gesture_that_comes_back_leaves_no_entry(document, edits):
    gesture = document.new_gesture()
    edits.set_pool("max", 2, gesture)
    edits.set_pool(None, 2, gesture)
    assert document.undo_stack.count() == 0


def test_typed_padding_is_taken_or_refused_with_a_sentence(document, edits):
    told = []
    document.problem.connect(told.append)
    assert edits.enter_padding("1, 0, 1, 0")
    assert document.conv.padding == (1, 0, 1, 0)
    assert not edits.enter_padding("many")
    assert told == [
        "Padding is one whole number from 0 to 64, or four of them: top, bottom, left, right."
    ]
    assert document.conv.padding == (1, 0, 1, 0)


@pytest.mark.parametrize(
    ("settings", "padding"),
    [({}, 1), ({"padding": "valid"}, 0), ({"stride": 2}, (0, 1, 1, 1)), ({"dilation": 3}, 3)],
)
def test_padding_can_be_spelled_out_in_pixels(document, edits, settings, padding):
    for name, value in settings.items():
        getattr(edits, f"set_{name}")(value)
    edits.spell_out_padding()
    assert document.conv.padding == padding


def test_padding_is_spelled_out_without_a_picture_too(qapp):
    document = Document(Session(None, NetworkSpec((starter_bank(1),))))
    LayerEdits(document).spell_out_padding()
    assert document.conv.padding == 1


@pytest.mark.parametrize(
    ("text", "padding"),
    [
        ("same", "same"),
        (" Valid ", "valid"),
        ("0", 0),
        ("64", 64),
        ("1 2 3 4", (1, 2, 3, 4)),
        ("(1, 2; 1,2)", (1, 2, 1, 2)),
        ("[2, 2, 2, 2]", 2),
    ],
)
def test_words_numbers_and_lists_are_read(text, padding):
    assert read_padding(text) == padding


@pytest.mark.parametrize(
    "text",
    ["", "x", "1 2", "1 2 3", "1 2 3 4 5", "-1", "1.5", "1,5", "65", "1 2 3 99", "²", "9" * 5000],
)
def test_anything_else_says_what_padding_is(text):
    with pytest.raises(PlaygroundError, match="whole number from 0 to 64, or four"):
        read_padding(text)


@pytest.mark.parametrize("padding", ["same", "valid", 0, 3, (1, 2, 3, 4)])
def test_what_is_written_can_be_read(padding):
    assert read_padding(write_padding(padding)) == padding


def test_four_equal_sides_are_one_number():
    assert simplest([1, 1, 1, 1]) == 1
    assert simplest((0, 1, 0, 1)) == (0, 1, 0, 1)
