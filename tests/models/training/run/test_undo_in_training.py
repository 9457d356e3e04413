"""Undo restores what was, task, setup, freezing and all; it never decides anew."""

import random

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication

from playground.core.kernels import bank
from playground.core.pictures.picture import Picture
from playground.core.runs import run as runs
from playground.core.runs.frame_history import FrameHistory
from playground.models.network.network_edits import NetworkEdits
from playground.models.state import undo
from playground.models.state.shown import Live, Own
from playground.models.training.tasks.task_choices import preset_goal
from tests.models.made_tasks import chosen

SOBEL = preset_goal("sobel_x", 1)


def choose(qtbot, training, choice):
    with qtbot.waitSignal(training.task_changed):
        training.choose(choice)


def set_weight(bench, value):
    document = bench.document
    document.change_conv("Set weight", bank.set_weights(document.conv, {(1, 1, 0, 0): value}))


def other_picture(channels=1):
    pixels = np.random.default_rng(5).random((40, 50, channels), np.float32)
    return Picture(pixels, "other", (50, 40), colour="grey" if channels == 1 else "rgb")


@pytest.mark.parametrize("choice", [chosen("denoise"), chosen("deblur")])
def test_undo_gets_past_a_task_made_from_the_picture(qtbot, bench, training, choice):
    before = bench.document.session
    for _ in range(8):
        choose(qtbot, training, choice)
        bench.document.undo_stack.undo()
        assert bench.document.session is before
        QCoreApplication.processEvents()
        assert bench.document.session is before
        assert training.task is None
    assert bench.document.undo_stack.canRedo()


def test_undoing_a_picture_leaves_redo_alone(qtbot, bench, copying):
    task, stack = copying.task, bench.document.undo_stack
    with qtbot.waitSignal(copying.task_changed):
        assert copying.take_picture("Open", other_picture())
    assert bench.document.picture.name == "other"
    remade = copying.task
    stack.undo()
    QCoreApplication.processEvents()
    assert copying.task is task
    assert bench.document.picture.name == "noise"
    assert stack.canRedo()
    stack.redo()
    assert copying.task is remade
    assert bench.document.picture.name == "other"


def test_task_setup_freezing_and_transfer_come_back(qtbot, bench, training):
    stack, document = bench.document.undo_stack, bench.document
    choose(qtbot, training, chosen("lines"))
    training.change_setup(learning_rate=0.5, optimizer="sgd")
    training.freezing.set_kernel(0, 2, True)
    lines = document.session
    bench.transferring.keep_present(chosen("shapes"))
    qtbot.waitUntil(lambda: training.task.name == "Shapes")
    assert training.transfer is not None
    assert training.freezing.is_frozen(0)
    stack.undo()
    assert document.session is lines
    assert (training.task.name, training.setup.learning_rate) == ("Lines", 0.5)
    assert training.freezing.is_frozen(0, 2)
    assert not training.freezing.is_frozen(0)
    assert training.transfer is None
    stack.undo()
    assert not training.freezing.is_frozen(0, 2)
    stack.undo()
    assert training.setup.optimizer == "adam"
    stack.redo()
    assert training.setup.optimizer == "sgd"


def test_undo_during_training_pauses_and_takes_back_what_was_learned(qtbot, bench, copying):
    copying.change_setup(epochs=100_000, learning_rate=1e-5)
    before = bench.document.session
    copying.play()
    qtbot.waitUntil(lambda: copying.frame.step > 10)
    run = copying.run
    bench.document.undo_stack.undo()
    assert not copying.running
    assert bench.document.session is before
    assert bench.document.network == before.network
    for _ in range(20):
        QCoreApplication.processEvents()
    qtbot.waitUntil(lambda: run.known)
    assert bench.document.session is before
    assert bench.document.undo_stack.canRedo()
    bench.document.undo_stack.redo()
    # The stretch ends where the run did, which may be a step further than was seen.
    assert np.array_equal(bench.document.conv.kernel, run.learned().conv().kernel)
    assert copying.frame.step == run.steps


def test_each_stretch_between_two_acts_is_one_step(qtbot, bench, copying):
    copying.change_setup(epochs=100_000, learning_rate=1e-5)
    stack, first = bench.document.undo_stack, bench.document.undo_stack.count()
    copying.play()
    qtbot.waitUntil(lambda: copying.frame.step > 10)
    set_weight(bench, 3.0)
    assert copying.running
    seen = copying.frame.step
    qtbot.waitUntil(lambda: copying.frame.step > seen + 20)
    copying.freezing.set_kernel(0, 0, True)
    assert copying.running
    copying.pause()
    qtbot.waitUntil(lambda: not copying.running)
    names = [stack.text(place) for place in range(first, stack.count())]
    assert names[:2] == ["Training", "Set weight"]
    assert names.count("Training") in (2, 3)
    assert "Freeze kernel 0" in names


def test_undone_to_before_the_run_nothing_is_said_of_it(qtbot, bench, copying, steps):
    start = bench.document.session
    first = bench.document.undo_stack.index()
    steps(copying, 5)
    bench.document.undo_stack.setIndex(first)
    assert bench.document.session is start
    assert isinstance(bench.document.shown, Own)
    assert copying.run is None
    assert copying.frame is None
    assert len(copying.curves.loss) == 0
    assert (bench.timeline.step, bench.timeline.last) == (None, 0)


def test_a_mark_stays_with_its_kernel_through_undo_and_other_tasks(qtbot, bench, training):
    choose(qtbot, training, chosen("lines"))
    training.freezing.set_kernel(0, 1, True)
    edits = NetworkEdits(bench.document)
    edits.add_layer("relu", -1)
    assert training.freezing.is_frozen(1, 1)
    bench.document.undo_stack.undo()
    assert training.freezing.is_frozen(0, 1)
    choose(qtbot, training, chosen("shapes"))
    assert not training.freezing.is_frozen(0, 1)
    bench.document.undo_stack.undo()
    assert training.freezing.is_frozen(0, 1)


class Walk:
    """Whatever a learner may do, at random."""

    def __init__(self, qtbot, bench, seed):
        self.qtbot, self.bench, self.random = qtbot, bench, random.Random(seed)

    def act(self):
        bench, training = self.bench, self.bench.training
        deeds = [
            training.play,
            training.pause,
            training.step_once,
            training.reset,
            lambda: training.reset(new_seed=True),
            lambda: set_weight(bench, self.random.uniform(-1, 1)),
            lambda: training.change_setup(learning_rate=self.random.uniform(0, 0.1)),
            lambda: training.change_setup(optimizer=self.random.choice(["sgd", "adam"])),
            lambda: training.freezing.set_kernel(0, 0, self.random.random() < 0.5),
            lambda: bench.timeline.show(self.random.randrange(30)),
            bench.timeline.continue_from_here,
            lambda: training.choose(chosen("denoise", kernels=2)),
            lambda: training.choose(chosen("copy", goal=SOBEL)),
            lambda: training.choose(chosen("lines")),
            lambda: NetworkEdits(bench.document).add_layer("relu", 0),
            lambda: bench.classes.make_input(0),
            self.open_picture,
        ]
        self.random.choice(deeds)()

    def open_picture(self):
        picture, document = other_picture(self.random.choice([1, 3])), self.bench.document
        if not self.bench.training.take_picture("Open", picture):
            channels = picture.channels
            kernel = np.repeat(document.network.first_conv.kernel[:, :, :1], channels, axis=2)
            from dataclasses import replace

            conv = replace(document.network.first_conv, kernel=kernel)
            document.change_picture("Open", picture, conv)


def shows_the_frame_that_is_named(document):
    """Unless the weights were changed by hand since, or the run has been let go of."""
    session, shown = document.session, document.shown
    run = None if session.place is None else document.runs.get(session.place.run)
    if run is None or run.task is not session.task:
        return True
    if not run.is_at(session.pinned, session.network):
        return isinstance(shown, Own | Live)
    return shown.run is run and shown.network == session.network


@pytest.mark.parametrize("seed", range(3))
def test_undoing_everything_gives_the_first_session_from_any_walk(
    qtbot, monkeypatch, bench, seed, part_of
):
    monkeypatch.setattr(runs, "FrameHistory", lambda lock: FrameHistory(most=4, lock=lock))
    monkeypatch.setattr(undo, "MEMORY_LIMIT", 1 << 40)  # no step of a long walk is let go
    monkeypatch.setattr(undo, "UNDO_LIMIT", 1 << 40)
    first, walk = bench.document.session, Walk(qtbot, bench, seed)
    training, stack, making = bench.training, bench.document.undo_stack, [False]
    training.making.busy_changed.connect(making.append)
    for _ in range(part_of(3_000)):
        walk.act()
        if walk.random.random() < 0.4:
            QCoreApplication.processEvents()
    # A task that was chosen comes as soon as it is ready: then it is a step like any other.
    qtbot.waitUntil(lambda: not making[-1])
    training.pause()
    qtbot.waitUntil(lambda: not training.running)
    # A stretch that was undone in the middle of a step ends when that step does.
    qtbot.waitUntil(lambda: all(run.known for run in bench.document.runs.newest_first))
    last, count = bench.document.session, stack.index()
    while stack.canUndo():
        stack.undo()
        assert shows_the_frame_that_is_named(bench.document)
        if walk.random.random() < 0.2:
            QCoreApplication.processEvents()
    assert bench.document.session is first
    stack.setIndex(count)
    assert bench.document.session is last
    assert bench.document.network == last.network
