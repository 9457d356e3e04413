"""Layers are added, removed and moved as undoable steps, and the network fits itself together."""

import numpy as np
import pytest

from playground.core.network.building import build
from playground.core.pictures.picture import Picture
from playground.core.presets import starter_bank
from playground.core.session.session import Session
from playground.core.specs import (
    DenseSpec,
    DropoutSpec,
    FlattenSpec,
    NetworkSpec,
    Pool2DSpec,
)
from playground.models.kernels.bank_edits import BankEdits
from playground.models.network.network_edits import NetworkEdits
from playground.models.network.strip_model import StripModel, StripRole
from playground.models.state.document import Document
from playground.models.workbench import Workbench
from tests.models.made_tasks import chosen


class Bench:
    """A document of one bank on a small picture, and the sentences it has said."""

    def __init__(self, *layers):
        pixels = np.zeros((24, 32, 1), np.float32)
        picture = Picture(pixels, "dark", (32, 24), colour="grey")
        network = NetworkSpec(layers or (starter_bank(1),))
        self.document = Document(Session(picture, network))
        self.edits = NetworkEdits(self.document)
        self.strip = StripModel(self.document)
        self.said = []
        self.document.problem.connect(self.said.append)

    @property
    def kinds(self):
        return [type(layer).__name__.removesuffix("Spec") for layer in self.document.network.layers]

    @property
    def problems(self):
        rows = map(self.strip.index, range(self.strip.rowCount()))
        found = {row.data(StripRole.LAYER): row.data(StripRole.PROBLEM) for row in rows}
        return {layer: problem for layer, problem in found.items() if problem}

    @property
    def selected(self):
        return self.document.selection.layer


@pytest.fixture
def bench(qapp):
    return Bench()


def build_classifier(bench):
    for kind in ("relu", "max_pool", "conv", "relu", "dropout", "flatten", "dense"):
        assert bench.edits.add_layer(kind, len(bench.document.network.layers) - 1)


def test_a_classifier_is_built_layer_by_layer_and_fits_at_every_step(bench):
    build_classifier(bench)
    assert bench.kinds == [
        "Conv2D", "Activation", "Pool2D", "Conv2D", "Activation", "Dropout", "Flatten", "Dense",
    ]  # fmt: skip
    assert bench.problems == {}
    assert bench.document.network.conv(3).kernel.shape == (3, 3, 12, 8)
    assert build(bench.document.network, (24, 32, 1)).shapes[-1] == (10,)
    assert bench.selected == 3
    texts = [bench.document.undo_stack.text(i) for i in range(4)]
    assert texts == ["Add ReLU", "Add MaxPool", "Add Conv2D", "Add ReLU"]


def test_every_edit_is_undone_whole(bench):
    first = bench.document.session
    build_classifier(bench)
    bench.edits.move_layer(2, 4)
    bench.edits.remove_layer(0)
    stack = bench.document.undo_stack
    while stack.canUndo():
        stack.undo()
        assert bench.selected in bench.document.network.convs
    assert bench.document.session == first
    while stack.canRedo():
        stack.redo()
        assert bench.selected in bench.document.network.convs


def test_a_layer_before_the_selected_one_keeps_it_selected(bench):
    build_classifier(bench)
    kernel = bench.document.conv.kernel
    bench.edits.add_layer("relu", 0)
    assert bench.selected == 4
    assert bench.document.conv.kernel is kernel
    bench.edits.remove_layer(1)
    assert bench.selected == 3
    bench.edits.move_layer(0, 2)
    assert bench.selected == 3
    bench.document.undo_stack.undo()
    assert bench.selected == 3


def test_a_removed_convolution_leaves_its_neighbour_selected(bench):
    build_classifier(bench)
    assert bench.edits.remove_layer(3)
    assert bench.selected == 0
    assert bench.problems == {}
    bench.document.undo_stack.undo()
    assert bench.selected == 3


def test_the_last_convolution_stays(bench):
    bench.edits.add_layer("relu", 0)
    assert not bench.edits.remove_layer(0)
    assert "at least one convolution" in bench.said[0]
    assert bench.kinds == ["Conv2D", "Activation"]


def test_a_moved_convolution_gets_weights_for_what_now_comes_in(bench):
    build_classifier(bench)
    assert bench.edits.move_layer(3, 0)
    assert bench.selected == 0
    first, second = (bench.document.network.conv(index) for index in bench.document.network.convs)
    assert (first.channels, second.channels) == (1, 8)
    assert bench.problems == {}
    assert bench.document.undo_stack.undoText() == "Move Conv2D"


def test_moving_nowhere_is_no_entry(bench):
    assert not bench.edits.move_layer(0, 0)
    assert not bench.edits.move_layer(0, 1)
    assert not bench.edits.move_layer(0, -1)
    assert bench.document.undo_stack.count() == 0


def test_an_impossible_network_says_so_where_it_breaks_until_it_is_mended(bench):
    build_classifier(bench)
    bench.edits.remove_layer(6)
    assert list(bench.problems) == [6]
    assert "put Flatten" in bench.problems[6]
    bench.edits.add_layer("global_average", 5)
    assert bench.problems == {}
    bench.edits.add_layer("max_pool", 6)
    assert list(bench.problems) == [7]
    assert "move it before Flatten" in bench.problems[7]
    bench.edits.add_layer("conv", 7)
    bench.edits.move_layer(8, 0)
    bench.edits.remove_layer(8)
    assert bench.problems == {}


def test_another_setting_asks_for_a_fit(bench):
    build_classifier(bench)
    bench.document.change_network(
        "Pool", bench.document.network.with_layer(2, Pool2DSpec("max", 4))
    )
    assert "weights for 1536 inputs, but 384 come in" in bench.problems[7]
    kernel = bench.document.network.layers[7].kernel
    assert bench.edits.refit()
    assert bench.problems == {}
    assert np.array_equal(bench.document.network.layers[7].kernel, kernel[:384])


def test_numbers_of_layers_are_changed(bench):
    build_classifier(bench)
    bench.edits.change_setting(7, 3)
    bench.edits.change_setting(5, 0.5)
    bench.edits.change_setting(2, 4)
    layers = bench.document.network.layers
    assert layers[7].units == 3
    assert layers[5] == DropoutSpec(0.5)
    assert layers[2] == Pool2DSpec("max", 4)
    assert bench.problems == {}


def test_a_dense_layer_too_large_is_refused_with_a_sentence(qapp):
    bench = Bench(starter_bank(1), FlattenSpec())
    pixels = np.zeros((300, 400, 1), np.float32)
    picture = Picture(pixels, "large", (400, 300), colour="grey")
    bench.document.change_picture("Large", picture, bench.document.conv)
    assert not bench.edits.add_layer("dense", 1)
    assert "pool before it" in bench.said[0]


def test_without_a_picture_layers_fit_by_their_channels(qapp):
    document = Document(Session(None, NetworkSpec((starter_bank(3),))))
    NetworkEdits(document).add_layer("conv", 0)
    assert document.conv.channels == 12


def test_kernels_take_their_channels_along(bench):
    build_classifier(bench)
    bench.document.selection.set_layer(0)
    bench.document.selection.set_kernels({2, 5}, 2)
    behind = bench.document.network.conv(3).kernel
    edits = BankEdits(bench.document)
    edits.remove()
    kept = [k for k in range(12) if k not in (2, 5)]
    assert np.array_equal(bench.document.network.conv(3).kernel, behind[:, :, kept])
    edits.add()
    edits.move([10], 0)
    assert np.array_equal(bench.document.network.conv(3).kernel[:, :, 1:], behind[:, :, kept])
    edits.duplicate()
    assert bench.problems == {}
    assert bench.document.undo_stack.undoText() == "Duplicate New kernel"


class TestTraining:
    """Training refuses an impossible network, and says why."""

    @pytest.fixture
    def workbench(self, qtbot):
        workbench = Workbench()
        workbench.training.choose(chosen("lines"))
        qtbot.waitUntil(lambda: workbench.training.task is not None, timeout=20_000)
        yield workbench
        workbench.close()

    def test_it_refuses_until_the_network_is_mended(self, qtbot, workbench):
        training, document, halted = workbench.training, workbench.document, []
        training.halted.connect(halted.append)
        edits, layers = NetworkEdits(document), document.network.layers
        flatten = next(i for i, layer in enumerate(layers) if isinstance(layer, FlattenSpec))
        edits.remove_layer(flatten)
        training.play()
        assert not training.running
        assert "put Flatten" in halted[0]
        document.undo_stack.undo()
        edits.add_layer("conv", 0)
        training.play()
        qtbot.waitUntil(lambda: training.frame is not None and training.frame.step > 2)
        training.pause()
        qtbot.waitUntil(lambda: not training.running)
        assert len(halted) == 1

    def test_it_refuses_a_network_that_ends_with_something_else(self, workbench):
        training, document, halted = workbench.training, workbench.document, []
        training.halted.connect(halted.append)
        edits = NetworkEdits(document)
        last = len(document.network.layers) - 1
        assert isinstance(document.network.layers[last], DenseSpec)
        edits.change_setting(last, 64)
        training.play()
        edits.remove_layer(last)
        training.step_once()
        assert not training.running
        assert all("must end with a dense layer of" in reason for reason in halted)
        assert len(halted) == 2

    def test_a_running_training_stops_where_the_layers_change(self, qtbot, workbench):
        training, document = workbench.training, workbench.document
        training.play()
        qtbot.waitUntil(lambda: training.frame is not None)
        document.selection.set_layer(0)
        NetworkEdits(document).add_layer("relu", 0)
        assert not training.running
        document.undo_stack.undo()
        assert document.selection.layer == 0

    def test_slopes_for_each_channel_learn_and_can_be_frozen(self, qtbot, workbench):
        training, document = workbench.training, workbench.document
        place = document.network.convs[0] + 1
        NetworkEdits(document).add_layer("prelu", place - 1)
        NetworkEdits(document).remove_layer(place + 1)  # the ReLU would let no gradient through
        training.freezing.set_kernel(0, 2, True)
        training.play()
        qtbot.waitUntil(lambda: training.frame is not None and training.frame.step > 3)
        training.pause()
        qtbot.waitUntil(lambda: not training.running)
        first = document.shown.network.layers[place].alpha
        assert first.shape == (1, 1, document.conv.filters)
        assert first.any()
        training.freezing.set_layer(place, True)
        step = training.frame.step
        training.play()
        qtbot.waitUntil(lambda: training.frame is not None and training.frame.step > step + 3)
        training.pause()
        qtbot.waitUntil(lambda: not training.running)
        assert np.array_equal(document.shown.network.layers[place].alpha, first)
