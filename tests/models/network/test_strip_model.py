"""The network as a row of layers with exact shapes."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from playground.core.kernels import bank
from playground.core.presets import starter_bank
from playground.core.specs import ActivationSpec, BlockSpec, Pool2DSpec
from playground.models.network.layer_edits import LayerEdits
from playground.models.network.network_edits import NetworkEdits
from playground.models.network.strip_model import StripRole
from tests.models.network.conftest import Bench, deep_network, picture


def test_weights_change_no_chip(bench):
    conv = bank.set_weights(bench.document.conv, {(0, 0, 0, 0): 3.0})
    bench.document.change_conv("x", conv)
    assert bench.told == []


def test_a_kernel_more_changes_the_chips_that_count_them(bench):
    bench.document.change_conv("x", bank.duplicate(bench.document.conv, [0]))
    assert bench.told == [("changed", 1, 3)]
    assert bench.chips[1] == "Conv2D / kernel (3, 3, 1, 13) + 13 bias"


def test_layers_come_and_go_as_rows(bench):
    bench.document.change_block("x", BlockSpec(bench.document.conv, ActivationSpec()))
    assert bench.told == [("removed", 3, 3)]
    bench.document.change_block("x", BlockSpec(bench.document.conv, pool=Pool2DSpec()))
    assert bench.told[1:] == [("removed", 2, 2), ("inserted", 2, 2)]
    assert bench.chips[2:] == ["MaxPool 2 / 12 × 150 × 225"]
    bench.document.undo_stack.undo()
    bench.document.undo_stack.undo()
    assert bench.chips == Bench().chips


def test_kernels_for_other_channels_than_the_task_s_say_so(qapp):
    bench = Bench(replace(deep_network(), input_shape=(28, 28, 3)), picture(300, 450))
    assert bench.ask(1, StripRole.PROBLEM) == (
        "These kernels have weights for 1 input channel, but the input has 3."
    )


def test_a_new_picture_changes_the_shapes(bench):
    bench.document.change_picture("x", picture(8, 6, 3), starter_bank(3))
    assert bench.chips[:3] == [
        "Input / 3 × 8 × 6",
        "Conv2D / kernel (3, 3, 3, 12) + 12 bias",
        "ReLU / 12 × 8 × 6",
    ]


def test_every_layer_leads_to_the_convolution_it_belongs_to(qapp):
    bench = Bench(deep_network())
    blocks = [bench.ask(row, StripRole.BLOCK) for row in range(6)]
    assert blocks == [None, 0, 0, 0, 3, 3]
    assert [bench.ask(row, StripRole.LAYER) for row in range(6)] == [None, 0, 1, 2, 3, 4]
    assert bench.model.blocks() == [1, 4]
    selectable = Qt.ItemFlag.ItemIsSelectable
    flags = [bool(bench.model.index(row).flags() & selectable) for row in range(6)]
    assert flags == [False, True, True, True, True, True]


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
