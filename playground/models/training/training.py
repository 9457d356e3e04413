"""Training as the window works it: the task, the setup, the run, and the document that follows.

The run has the numbers; after each frame the document is given them, so that grid and maps follow
as they follow a hand. All steps between a Play and the next change by hand are one
undo step. A weight changed by hand goes into the run between two steps.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from threading import Lock
from typing import Any

from PySide6.QtCore import QObject, Signal

from playground.core.building import initialized, same_outline, weights_of, with_weights
from playground.core.errors import PlaygroundError
from playground.core.number_text import parse_number
from playground.core.run import Curves, Run
from playground.core.specs import NetworkSpec
from playground.core.tasks import Task
from playground.core.trainer import Moment
from playground.core.training_setup import TrainingSetup
from playground.core.weight_history import WeightHistory
from playground.models.document import Document, NetworkChange
from playground.models.guard import Guarded
from playground.models.training.curves import grow
from playground.models.training.freezing import Freezing
from playground.models.training.pacing import Pacing
from playground.models.training.retune import retune
from playground.models.training.snapshot import Snapshot
from playground.models.training.stage import Stage
from playground.models.training.task_choice import TaskChoice
from playground.models.training.task_making import Made, TaskMaking
from playground.models.training.thread import TrainingThread
from playground.models.training.transfer import Transfer
from playground.models.training.wire import Load


class Training(Guarded, QObject):
    """What is learned, how, and how far it has come."""

    task_changed = Signal(object)
    """The Task that is ready, or None."""
    setup_changed = Signal(object)
    """The TrainingSetup."""
    run_changed = Signal()
    """A new run has begun: its curves are empty."""
    run_ended = Signal()
    """The run is about to be left behind for another."""
    running_changed = Signal(bool)
    progressed = Signal(object)
    """A Snapshot."""
    halted = Signal(str)
    """Why the run stopped by itself, or nothing."""

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.stage = Stage(document)
        self.task: Task | None = None
        self.choice: TaskChoice | None = None
        self.transfer: Transfer | None = None
        """Whose kernels the present run has begun with, where they were not random."""
        self.setup = TrainingSetup()
        self.snapshot: Snapshot | None = None
        self.curves = Curves()
        self.replaying = False
        """Whether older weights than the newest are shown (see Timeline)."""
        self.freezing = Freezing(document, self.stage, self)
        self._run: Run | None = None
        self._number = 0
        self._running = self._closed = False
        self._gesture: Hashable = None
        self.making = TaskMaking(self)
        self.making.made.connect(self._take_task)
        self.making.failed.connect(document.problem)
        self._thread = TrainingThread(self)
        self._pacing = Pacing()
        self._thread.ready.connect(self._take)
        self._thread.stopped.connect(self._stop)
        self._thread.told.connect(document.problem)
        document.network_changed.connect(self._follow_network)
        document.picture_changed.connect(self._follow_picture)
        self.freezing.changed.connect(self._freeze)

    @property
    def running(self) -> bool:
        """Whether it trains by itself just now."""
        return self._running

    @property
    def run(self) -> Run | None:
        """The run under way; its history may be read at any time."""
        return self._run

    @property
    def network(self) -> NetworkSpec:
        """The document's."""
        return self._document.network

    @property
    def goal(self) -> int:
        """The step at which all epochs are done; 0 without a task."""
        if self.task is None:
            return 0
        return self.setup.epochs * self.task.steps_per_epoch(self.setup.batch_size)

    def choose(self, choice: TaskChoice) -> None:
        """Make a task ready; the document gets its network."""
        self.pause()
        self.choice = choice
        self.making.submit(choice, self._document.picture)

    def play(self) -> None:
        """Train until all epochs are done; a finished run goes on for as many again."""
        if (run := self._begun()) is not None:
            goal = self.goal if run.steps < self.goal else run.steps + self.goal
            self._go(goal, self.setup.steps_per_second)

    def pause(self) -> None:
        """Stop after the present step."""
        if self._running:
            self._thread.pause()

    def toggle(self) -> None:
        """Play or pause."""
        if self._running:
            self.pause()
        else:
            self.play()

    def step_once(self) -> None:
        """Learn from one batch."""
        if (run := self._begun()) is not None:
            self._go(run.steps + 1, None)

    def epoch_once(self) -> None:
        """Learn until every example was seen once more."""
        if (run := self._begun()) is not None and self.task is not None:
            each = self.task.steps_per_epoch(self.setup.batch_size)
            self._go((run.steps // each + 1) * each, self.setup.steps_per_second)

    def reset(self, *, new_seed: bool = False, at_random: bool = False) -> None:
        """Start again from fresh weights: the same ones, or those of the next seed.

        Kept kernels are put back as they came; `at_random` draws them too, and lets all learn.
        """
        if self.task is None:
            return
        self.pause()
        if new_seed:
            self.change_setup(seed=self.setup.seed + 1)
        setup, shape = self.setup, self.task.inputs.shape[1:]
        try:
            fresh = initialized(self._document.network, setup.initializer, setup.seed, shape)
        except PlaygroundError as error:
            self.halted.emit(str(error))
            return
        self._abandon()
        if at_random:
            self.transfer = None
            self.freezing.clear()
        fresh = fresh if self.transfer is None else self.transfer.put_back(fresh)
        self.stage.show_fresh(setup.seed, fresh, self.task)
        self._begun()

    def change_setup(self, **changes: Any) -> None:
        """Change some of the setup; what can be changed at once goes into the run."""
        try:
            self.setup = replace(self.setup, **changes)
        except PlaygroundError as error:
            self._document.problem.emit(str(error))
            return
        setup = self.setup
        if self._run is not None:
            if changes.keys() & {"batch_size", "optimizer", "shift", "mirror"}:
                self._refit()
            else:
                self._thread.change(lambda run: retune(run, setup))
            if self._running and changes.keys() & {"steps_per_second", "epochs"}:
                self._go(max(self.goal, self._run.steps + 1), setup.steps_per_second)
        self.setup_changed.emit(setup)

    def type_rate(self, text: str) -> None:
        """Take a learning rate as it was typed."""
        try:
            self.change_setup(learning_rate=parse_number(text))
        except PlaygroundError as error:
            self._document.problem.emit(str(error))

    def return_to(self, moment: Moment) -> None:
        """Let the run go on from an earlier moment, forgetting what came after it."""
        self._thread.change(lambda run: run.return_to(moment))

    def close(self) -> None:
        """End both threads; what they still had to say is not heard."""
        self._closed, self._run = True, None
        self.making.close()
        self._thread.close()

    def _go(self, step: int, pace: float | None) -> None:
        self.replaying = False
        if not self._running:
            self._gesture = ("training", self._document.new_gesture())
        self._set_running(True)
        self._thread.go_to(step, pace)

    def _begun(self) -> Run | None:
        """The run, begun where there is none yet; None where there can be none."""
        if self.task is None or self._run is not None:
            return self._run
        try:
            trainer = self.task.trainer(self._document.network, self.setup)
        except PlaygroundError as error:
            self.halted.emit(str(error))
            return None
        self._run = Run(trainer, self.task.validation, WeightHistory(lock=Lock()))
        self.freezing.marks.apply(trainer.network)
        self._number += 1
        self.curves, self.snapshot = Curves(), None
        network, number = self._document.network, self._number
        self._thread.begin(self._run, number, Load(number, self.task, network, self.setup))
        self.run_changed.emit()
        return self._run

    def _refit(self) -> None:
        """Go on with another batch size or optimizer: a new trainer from the present weights."""
        was_running = self._running
        self._abandon()
        if was_running:
            self.play()

    def _abandon(self) -> None:
        """Let go of the run; the next Play begins another."""
        self.pause()
        self._set_running(False)
        if self._run is not None:
            self.run_ended.emit()
        self._run = None
        self._number += 1
        self.replaying = False

    def _take_task(self, made: Made) -> None:
        if self._closed:
            return
        task = made.task
        self._abandon()
        self.task, self.setup, self.transfer = task, task.setup, made.transfer
        frozen = made.transfer is not None and made.transfer.frozen
        self.freezing.set_layers(task.network.convs if frozen else ())
        self.stage.show_task(task)
        self.task_changed.emit(task)
        self.setup_changed.emit(self.setup)
        self._begun()
        if made.remark:
            self._document.problem.emit(made.remark)

    def _take(self) -> None:
        snapshot = self._thread.take()
        if snapshot is None or snapshot.run != self._number or self._run is None:
            return
        self.snapshot = snapshot
        self._thread.frame = self._pacing.interval(helped=self._thread.helped)
        grow(self.curves, snapshot.tail)
        if not self.replaying:
            network = with_weights(self._document.network, snapshot.weights)
            self.stage.show_network(self.tr("Training"), network, self._gesture)
        self.progressed.emit(snapshot)

    def _stop(self, went: int, reason: str) -> None:
        if self._closed:
            return
        self._take()
        # What ends may be an earlier press of Play than the one that goes on.
        if went == self._thread.goes:
            self._set_running(False)
        if reason:
            self.halted.emit(reason)

    def _set_running(self, running: bool) -> None:
        if running != self._running:
            self._running = running
            self.running_changed.emit(running)

    def _follow_network(self, change: NetworkChange) -> None:
        if self.stage.busy or self._run is None:
            return
        if not same_outline(change.before, change.after):
            self._abandon()
            return
        weights = weights_of(change.after)
        self._gesture = ("training", self._document.new_gesture())
        self._thread.change(lambda run: run.trainer.network.set_weights(weights))

    def _follow_picture(self, _picture: object) -> None:
        if self.choice is not None and self.choice.needs_picture and not self.stage.busy:
            self.choose(self.choice)

    def _freeze(self) -> None:
        marks = self.freezing.marks
        self._thread.change(lambda run: marks.apply(run.trainer.network))
