"""The network as a row of layers with exact shapes."""

from dataclasses import replace

from PySide6.QtCore import Qt

from playground.core.kernels import bank
from playground.core.presets import starter_bank
from playground.core.specs import ActivationSpec, BlockSpec, Pool2DSpec
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
