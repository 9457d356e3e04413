"""Whatever is done at whatever instant of a run: no exception, no deadlock, nothing left over."""

import random

import numpy as np
from PySide6.QtCore import QCoreApplication

from playground.core.pictures.picture import Picture
from playground.core.specs import ActivationSpec, BlockSpec
from playground.models.training.tasks.task_choices import preset_goal
from tests.models.made_tasks import chosen

INTERRUPTIONS = 500


class Meddler:
    """Does at random what a learner may do while training runs."""

    def __init__(self, bench, seed):
        self.bench, self.random = bench, random.Random(seed)
        training = bench.training
        self.actions = [
            training.play,
            training.play,
            training.pause,
            training.toggle,
            training.step_once,
            training.epoch_once,
            training.reset,
            self.reseed,
            self.change_image,
            self.change_task,
            self.edit_network,
            self.edit_weight,
            self.change_setup,
            self.change_pace,
            self.look_back,
            bench.timeline.continue_from_here,
            bench.document.undo_stack.undo,
            bench.document.undo_stack.redo,
            self.freeze,
        ]

    def act(self):
        self.random.choice(self.actions)()

    def reseed(self):
        self.bench.training.reset(new_seed=True)

    def change_image(self):
        size = self.random.randrange(30, 50)
        pixels = np.random.default_rng(size).random((size, size, 1), np.float32)
        document = self.bench.document
        document.change_picture(
            "Image", Picture(pixels, "noise", (size, size)), document.network.conv()
        )

    def change_task(self):
        goal = preset_goal(self.random.choice(["sobel_x", "sharpen", "box_blur"]), 1)
        choices = [chosen("copy", goal=goal), chosen("denoise", kernels=2)]
        self.bench.training.choose(self.random.choice(choices))

    def edit_network(self):
        block = self.bench.document.block
        name = self.random.choice(["none", "relu", "tanh"])
        self.bench.document.change_block(name, BlockSpec(block.conv, ActivationSpec(name)))

    def edit_weight(self):
        document = self.bench.document
        kernel = document.conv.kernel.copy()
        kernel.flat[0] += 0.1
        document.change_conv(
            "Weight", type(document.conv)(kernel, document.conv.bias, document.conv.names)
        )

    def change_setup(self):
        changes = [
            {"learning_rate": 10 ** self.random.uniform(-6, 1)},
            {"batch_size": self.random.choice([1, 8, 64])},
            {"optimizer": self.random.choice(["sgd", "adam", "rmsprop"])},
            {"epochs": self.random.choice([1, 3, 20])},
        ]
        self.bench.training.change_setup(**self.random.choice(changes))

    def change_pace(self):
        self.bench.training.set_pace(self.random.choice([None, 5.0, 500.0]))

    def look_back(self):
        self.bench.timeline.show(self.random.randrange(50))

    def freeze(self):
        self.bench.training.freezing.set_kernel(0, 0, self.random.random() < 0.5)


def test_five_hundred_interruptions_leave_a_consistent_document(qtbot, bench, copying):
    meddler = Meddler(bench, seed=3)
    for _ in range(INTERRUPTIONS):
        meddler.act()
        if meddler.random.random() < 0.5:
            QCoreApplication.processEvents()
    bench.training.pause()
    qtbot.waitUntil(lambda: not bench.training.running, timeout=10_000)
    network = bench.document.network
    assert all(np.isfinite(network.conv(index).kernel).all() for index in network.convs)
    assert bench.document.selection.layer in network.convs
    run = bench.training.run
    if run is not None and bench.timeline.step is None:
        qtbot.waitUntil(lambda: np.array_equal(run.weights[0], network.conv().kernel))


def test_closing_at_any_instant_ends_the_thread(qtbot, bench, copying):
    meddler = Meddler(bench, seed=4)
    for _ in range(20):
        meddler.act()
    bench.close()
    assert not bench.training._thread.isRunning()
