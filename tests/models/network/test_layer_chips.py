"""Every layer in a few words: what it is called, and which shape it makes."""

import pytest
from PySide6.QtCore import Qt

from playground.models.network.layer_edits import LayerEdits
from playground.models.network.network_edits import NetworkEdits
from playground.models.network.strip_model import StripRole
from tests.models.network.conftest import Bench, deep_network, picture


def test_every_layer_names_its_exact_shape(bench):
    assert bench.chips == [
        "Input / 1 × 300 × 450",
        "Conv2D / kernel (3, 3, 1, 12) + 12 bias",
        "ReLU / 12 × 300 × 450",
        "MaxPool 2 / 12 × 150 × 225",
    ]


def test_a_network_of_many_layers_is_shown_in_full(qapp):
    assert Bench(deep_network()).chips[4:] == [
        "Conv2D / kernel (3, 3, 12, 16) + 16 bias",
        "Tanh / 16 × 150 × 225",
    ]


@pytest.mark.parametrize(
    ("name", "title"),
    [("relu", "ReLU"), ("leaky_relu", "Leaky ReLU"), ("abs", "Abs"), ("sigmoid", "Sigmoid")],
)
def test_activations_are_called_by_their_names(bench, name, title):
    LayerEdits(bench.document).set_activation(name)
    assert bench.ask(2, Qt.ItemDataRole.DisplayRole) == title


def test_the_shape_of_the_weights_is_explained(bench):
    tip = bench.ask(1, Qt.ItemDataRole.ToolTipRole)
    assert "(3, 3, 1, 12): height, width, input channels, kernels; and the 12 biases" in tip
    assert "3 × 3 × 1 × 12 = 108 weights + 12 biases" in tip
    assert "12 × 300 × 450: one map of 300 × 450 for each kernel" in tip
    assert "channels × height × width" in bench.ask(0, Qt.ItemDataRole.ToolTipRole)
    assert "12 × 300 × 450" in bench.ask(2, Qt.ItemDataRole.ToolTipRole)
    assert "2 × 2 window becomes its largest" in bench.ask(3, Qt.ItemDataRole.ToolTipRole)


def test_slopes_for_each_channel_are_shown_by_their_shape(bench):
    NetworkEdits(bench.document).add_layer("prelu", 0)
    assert bench.chips[2] == "PReLU / alpha (1, 1, 12)"
    assert "Each of the 12 channels" in bench.ask(2, Qt.ItemDataRole.ToolTipRole)


def test_every_setting_changes_the_shapes_at_once(bench):
    edits = LayerEdits(bench.document)
    edits.set_stride(2)
    assert bench.chips[2:] == ["ReLU / 12 × 150 × 225", "MaxPool 2 / 12 × 75 × 112"]
    edits.set_padding("valid")
    edits.set_pool("average", 4)
    assert bench.chips[2:] == ["ReLU / 12 × 149 × 224", "AveragePool 4 / 12 × 37 × 56"]


def test_a_layer_that_cannot_be_computed_says_why_and_those_behind_have_no_shape(bench):
    LayerEdits(bench.document).set_padding("valid")
    LayerEdits(bench.document).set_pool("max", 16)
    bench.document.change_picture("x", picture(12, 12), bench.document.conv)
    assert bench.chips[2] == "ReLU / 12 × 10 × 10"
    sentence = "Pooling over 16 × 16 needs a map of at least that size, not 10 × 10."
    assert bench.ask(3, StripRole.PROBLEM) == bench.ask(3, StripRole.DETAIL) == sentence
    assert sentence in bench.ask(3, Qt.ItemDataRole.ToolTipRole)
    assert sentence in bench.ask(3, Qt.ItemDataRole.AccessibleTextRole)
    bench.document.change_picture("x", picture(2, 12), bench.document.conv)
    assert bench.ask(1, StripRole.PROBLEM).startswith("The kernel spans 3 × 3 pixels")
    assert bench.chips[2:] == ["ReLU / –", "MaxPool 16 / –"]
    assert bench.ask(2, StripRole.PROBLEM) == ""


def test_without_a_picture_there_are_weights_but_no_maps(qapp):
    bench = Bench(shown=None)
    assert bench.chips == [
        "Input / no picture",
        "Conv2D / kernel (3, 3, 1, 12) + 12 bias",
        "ReLU / –",
        "MaxPool 2 / –",
    ]
