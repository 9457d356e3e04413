"""Channels of picture, kernels and explanation belong together, whatever is done in which order."""

import random

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from playground.core.datasets.dataset import Dataset
from playground.core.errors import PlaygroundError
from playground.core.explain.explain import explain_output
from playground.core.explain.strongest import strongest_patches
from playground.core.presets import starter_bank
from playground.core.session.session import Session
from playground.core.specs import BlockSpec, FlattenSpec, NetworkSpec
from playground.core.tasks import classify, copy_filter, denoise
from playground.models.network.network_edits import NetworkEdits
from playground.models.pictures.picture_loading import fitted
from playground.models.state.document import Document
from playground.models.training.inspect.strong_patches import PatchReport
from playground.models.training.tasks.task_choices import preset_goal
from playground.models.workbench import Workbench
from tests.models.made_tasks import made_ready
from tests.views.laboratory import noise

ACTIONS = 2_000
KINDS = ("conv", "relu", "max_pool", "dropout", "flatten", "global_average", "dense")


def classes(channels):
    """Two classes of six pictures each."""
    pixels = np.random.default_rng(channels).random((12, 16, 16, channels), np.float32)
    return classify(Dataset(pixels, np.arange(12) % 2, ("one", "two"), "Classes"), kernels=(2, 2))


@pytest.fixture(scope="module")
def tasks():
    return [
        classes(1),
        classes(3),
        copy_filter(noise(24, 24).pixels, preset_goal("sobel_x", 1)),
        copy_filter(noise(24, 24, 3).pixels, preset_goal("sobel_x", 3)),
        denoise(noise(24, 24).pixels, kernels=2),
    ]


class Walker:
    """Does at random what changes the channels, or what comes before the kernels."""

    def __init__(self, bench, tasks, seed):
        self.bench, self.tasks, self.random = bench, tasks, random.Random(seed)
        self.edits = NetworkEdits(bench.document, bench)
        self.actions = [
            self.open_picture,
            self.draw,
            self.begin_task,
            self.start_again,
            self.take_example,
            self.point_at_patch,
            self.add_layer,
            self.remove_layer,
            self.move_layer,
            self.edits.refit,
            self.undo_or_redo,
            self.point,
        ]

    def open_picture(self):
        picture = noise(20, 24, self.random.choice([1, 3]))
        document = self.bench.document
        conv = fitted(document.network.first_conv, picture)
        document.change_picture("Open", picture, conv)

    def draw(self):
        self.bench.pad.press(3, 3)

    def begin_task(self):
        task, picture = self.random.choice(self.tasks), self.bench.document.session.clean
        self.bench.training.making.made.emit(made_ready(task, picture))

    def start_again(self):
        self.bench.training.reset(new_seed=self.random.random() < 0.5)

    def take_example(self):
        self.bench.classes.make_input(0)

    def point_at_patch(self):
        """Of a report that may be older than the network."""
        task, document = self.bench.training.task, self.bench.document
        if task is None:
            return
        layer = self.random.choice(task.network.convs)
        found = strongest_patches(task.network, layer, 0, task.inputs, padding=task.padding)
        self.bench.patches.answer = PatchReport(task, layer, 0, found)
        self.bench.patches.point_at(0)
        assert document.picture is not None

    def add_layer(self):
        layers = len(self.bench.document.network.layers)
        if layers < 8:
            self.edits.add_layer(self.random.choice(KINDS), self.random.randrange(-1, layers))

    def remove_layer(self):
        self.edits.remove_layer(self.random.randrange(len(self.bench.document.network.layers)))

    def move_layer(self):
        layers = len(self.bench.document.network.layers)
        self.edits.move_layer(self.random.randrange(layers), self.random.randrange(layers))

    def undo_or_redo(self):
        stack = self.bench.document.undo_stack
        self.random.choice([stack.undo, stack.undo, stack.redo])()

    def point(self):
        selection = self.bench.document.selection
        selection.set_layer(self.random.choice(self.bench.document.network.convs))
        selection.set_pixel((self.random.randrange(4), self.random.randrange(4)))


@pytest.mark.parametrize("seed", range(5))
def test_no_order_of_actions_parts_them(qtbot, tasks, part_of, seed):
    bench = Workbench()
    document = bench.document
    document.change_picture("Open", noise(20, 24), document.conv)
    walker = Walker(bench, tasks, seed)
    colours = set()
    for _ in range(part_of(ACTIONS)):
        walker.random.choice(walker.actions)()
        assert document.picture.channels == document.network.first_conv.channels
        colours.add(document.picture.channels)
        QApplication.processEvents()
        shown = bench.explainer.explanation
        if shown is not None:
            assert shown.patch.shape == document.conv.kernel.shape[:3]
    assert colours == {1, 3}
    bench.close()


def test_a_state_in_which_they_differ_is_refused(qapp):
    grey, colour = starter_bank(1), starter_bank(3)
    with pytest.raises(ValueError, match="do not belong together"):
        Session(noise(8, 8, 3), NetworkSpec((grey,)))
    document = Document(Session(noise(8, 8), NetworkSpec((grey,))))
    before = document.session
    for change in (
        lambda: document.change_conv("RGB", colour),
        lambda: document.change_block("RGB", BlockSpec(colour)),
        lambda: document.change_network("RGB", NetworkSpec((FlattenSpec(), colour))),
        lambda: document.change_picture("RGB", noise(8, 8, 3), grey),
        lambda: document.change("RGB", picture=noise(8, 8, 3), network=NetworkSpec((grey,))),
    ):
        with pytest.raises(ValueError, match="do not belong together"):
            change()
    assert document.session is before
    assert document.undo_stack.count() == 0


def test_no_value_is_explained_by_kernels_for_other_channels():
    with pytest.raises(PlaygroundError, match="1 input channel, but the input has 3"):
        explain_output(noise(8, 8, 3).pixels, BlockSpec(starter_bank(1)), 0, 0, 0)


def test_an_edit_of_a_task_s_layers_brings_the_picture_in_the_task_s_channels(qtbot, tasks):
    bench = Workbench()
    document = bench.document
    document.change_picture("Open", noise(20, 24), document.conv)
    bench.training.making.made.emit(made_ready(tasks[0], document.picture))
    picture = noise(20, 24, 3)
    document.change_picture("RGB", picture, fitted(document.network.first_conv, picture))
    assert NetworkEdits(document, bench).refit()
    assert document.picture.channels == document.network.first_conv.channels == 1
    document.undo_stack.undo()
    assert document.picture is picture
    bench.close()
