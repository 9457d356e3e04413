"""Training runs as the window knows them: what each was begun with, its log, and which are kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from playground.core.explain.update_rule import next_change
from playground.core.network.building import turned, weights_of, with_weights
from playground.core.runs.frames import Frame
from playground.core.runs.run import Curves, EndKind, Run, RunEnd, RunLog
from playground.core.session.ids import Marks, masks
from playground.core.session.session import Session
from playground.core.specs import FloatArray, NetworkSpec
from playground.core.tasks import Task
from playground.core.training.training_setup import TrainingSetup
from playground.jobs.parallel.workers import usable_cores, workers_for
from playground.models.guard import Guarded

MOST = 13
"""Runs that are kept: a dozen to compare with the one that is shown."""
MEMORY_LIMIT = 128 << 20
"""Bytes that the frames of all runs may take together: half of what undo may hold."""


def frozen_masks(network: NetworkSpec, marks: Marks) -> tuple[NDArray[Any], ...] | None:
    """What `marks` freeze, as `Network.freeze` needs it; None where they freeze nothing."""
    return tuple(turned(network, masks(network, marks))) if marks else None


class TrainingRun:
    """A run: begun from a session, it grows while training steps it, and can be taken up again.

    Everything a reader may ask of a run is its own: the task, the setup and the names it had.
    """

    def __init__(
        self,
        number: int,
        session: Session,
        parent: TrainingRun | None = None,
        start: Frame | None = None,
    ) -> None:
        """From the session's weights, at step 0; with `start`, at that frame of `parent`.

        Raises PlaygroundError where the network cannot learn the task.
        """
        assert session.task is not None
        self.number = number
        self.parent = session.place
        """The frame that the first weights come from, or went out from."""
        self.task: Task = session.task
        self.transfer = session.transfer
        self.network: NetworkSpec = session.network
        """As the run was begun with it."""
        held = masks(session.network, session.frozen) if session.frozen else None
        trainer = self.task.trainer(session.network, session.setup, held)
        workers = workers_for(trainer.network, trainer.batch_size, usable_cores())
        if parent is not None and start is not None:
            workers = parent.setup.workers  # It goes on with it, bit for bit.
        trainer.share_out(map, workers)
        self._setups = [(0, replace(session.setup, workers=workers))]
        """Each setup with the revision from which it held."""
        self._changed: list[range] = []
        """Steps at which weights were changed by hand, as narrowly as that is known."""
        if start is not None:
            weights = trainer.network.parameters.copy()
            trainer.return_to(start.moment)
            if (weights != trainer.network.parameters).any():
                self._changed.append(range(start.step, start.step + 1))
            trainer.network.parameters[...] = weights
        self.log: RunLog = RunLog(
            number,
            Lock(),
            parent=None if parent is None or start is None else parent.log,
            start=0 if start is None else start.step,
        )
        self._earlier = parent if start is not None else None
        self._layout = self.task.built(session.network)
        self._run: Run | None = Run(trainer, self.task.validation, self.log, self.task.finder)
        self.newest = Frame(trainer.moment(), None, trainer.optimizer.rate, trainer.network.mask())
        """The last frame that is known; the training side reports it."""
        self.goal = self.setup_goal
        """The step that it goes to, or went to last."""
        self.going = 0
        """The number of the order by which it steps; 0 where it is known to rest."""
        self.stretch = 0
        """The number of the last such order."""
        self.edits: list[int] = []
        """The revisions of the edits that it was given, and that `newest` has not taken in."""
        self.reached: Session | None = None
        """The last session that it was live under, or led to."""
        self.rest: RunEnd | None = None
        """How it came to rest; None before its first step, and while it goes."""

    @property
    def steps(self) -> int:
        """Steps done."""
        return self.log.steps

    @property
    def setup(self) -> TrainingSetup:
        """How it learns now."""
        return self._setups[-1][1]

    def tune(self, revision: int, setup: TrainingSetup) -> None:
        """From `revision` on learn as `setup` says; seed and workers stay the run's own."""
        mine = self.setup
        setup = replace(setup, seed=mine.seed, workers=mine.workers)
        self._setups.append((revision, setup))

    def setup_at(self, frame: Frame) -> TrainingSetup:
        """The setup with which the step behind one of its frames is taken, or was."""
        if self._earlier is not None and frame.step < self.log.start:
            return self._earlier.setup_at(frame)
        return next(s for since, s in reversed(self._setups) if since <= frame.revision)

    def next_change(
        self, frame: Frame, places: NDArray[np.intp] | None = None
    ) -> FloatArray | None:
        """What the step behind a frame adds to the weights, or to some; None if not known."""
        setup = self.setup_at(frame)
        each = self.task.steps_per_epoch(setup.batch_size)
        return next_change(frame, setup.make_optimizer(each), places)

    @property
    def curves(self) -> Curves:
        """Loss and accuracy so far."""
        return self.log.curves

    @property
    def setup_goal(self) -> int:
        """The step at which all epochs of the setup are done."""
        return self.setup.epochs * self.task.steps_per_epoch(self.setup.batch_size)

    def frame(self, step: int) -> Frame | None:
        """The frame kept at or before `step`, the newest included; it says its step."""
        return self.newest if step >= self.newest.step else self.log.frame(step)

    def after(self, step: int) -> int:
        """The first step behind `step` of which a frame is kept; the newest one, at the most."""
        kept = self.log.after(step)
        return self.newest.step if kept is None else min(kept, self.newest.step)

    @property
    def known(self) -> bool:
        """Whether `newest` is where the run stands: it rests, and no edit is on its way to it."""
        return not (self.going or self.edits)

    def take(self, frame: Frame) -> None:
        """Take in the newest frame, and at which steps it may have been changed by hand."""
        edits = [revision for revision in self.edits if revision > frame.revision]
        if len(edits) < len(self.edits):
            self._changed.append(range(self.newest.step, frame.step + 1))
        self.edits, self.newest = edits, frame

    def changed_at(self, step: int) -> bool:
        """Whether weights may have been changed by hand after a step, and before the next one."""
        if self._earlier is not None and step < self.log.start:
            return self._earlier.changed_at(step)
        return any(step in steps for steps in self._changed)

    def end(self, frame: Frame) -> EndKind | None:
        """How the run came to rest at `frame`; None where it goes on, or rested elsewhere."""
        rest = self.rest
        if rest is None or (rest.step, rest.revision) != (frame.step, frame.revision):
            return None
        if rest.kind in ("diverged", "stopped"):
            return rest.kind
        finds = self.task.finder
        if finds is not None and finds(self.unpacked(frame.moment.parameters)):
            return "found"
        return "finished" if frame.step >= self.setup_goal else rest.kind

    def goes_on_with(self, session: Session) -> bool:
        """Whether it is the same run under the task and setup of `session`: other rates may be."""
        mine, its = self.setup, session.setup
        return session.task is self.task and all(
            getattr(mine, name) == getattr(its, name)
            for name in ("optimizer", "batch_size", "shift", "mirror")
        )

    def unpacked(self, vector: NDArray[Any]) -> list[FloatArray]:
        """A vector like the parameters, in the order and layout of `Network.weights`, read-only."""
        arrays = self._layout.unpacked(vector)
        for array in arrays:
            # A network takes them as they are, without another copy.
            array.flags.writeable = False
        return arrays

    def places(self, number: int) -> NDArray[np.intp]:
        """Where in such a vector the array `number` of `unpacked` has its values, in its shape."""
        return self._layout.places(number)

    @property
    def weights(self) -> list[FloatArray]:
        """The newest that are known, in the order and layout of `Network.weights`."""
        return self.unpacked(self.newest.moment.parameters)

    def is_at(self, frame: Frame, network: NetworkSpec) -> bool:
        """Whether the weights of `network` are those of `frame`, to the last bit."""
        mine, its = weights_of(network), self.unpacked(frame.moment.parameters)
        return [a.shape for a in mine] == [b.shape for b in its] and all(
            (a == b).all() for a, b in zip(mine, its, strict=True)
        )

    def learned(self) -> NetworkSpec:
        """The run's network with its newest weights."""
        return with_weights(self.network, self.weights)

    def handed_over(self) -> Run:
        """The run with its trainer, for the training side alone; after a rest, a new one.

        A step follows from the weights, what the optimizer remembers, the seed and the step's
        number: the run goes on as if it had never rested.
        """
        if self._run is None:
            trainer = self.task.trainer_at(self.learned(), self.setup, self.newest)
            self._run = Run(trainer, self.task.validation, self.log, self.task.finder)
            self._run.revision = self.newest.revision
        return self._run

    def let_go(self) -> None:
        """Give back what only the training side needs: the run rests."""
        self._run = None


@dataclass(frozen=True)
class Kept:
    """Runs, newest first, and the numbers of those that are compared with the shown one."""

    runs: tuple[TrainingRun, ...] = ()
    compared: frozenset[int] = frozenset()


class Runs(Guarded, QObject):
    """The runs of a window, newest first, while there is room. A number is given only once."""

    changed = Signal()
    """The runs that are kept are others now."""

    def __init__(self, named: Callable[[], set[int]], parent: QObject | None = None) -> None:
        """`named` gives the numbers of the runs that a session names."""
        super().__init__(parent)
        self._named = named
        self._runs: list[TrainingRun] = []
        self._number = 0
        self.compared: set[int] = set()
        """The numbers of the runs that are compared with the shown one."""

    @property
    def newest_first(self) -> tuple[TrainingRun, ...]:
        """All that are kept."""
        return tuple(self._runs)

    @property
    def kept(self) -> Kept:
        """What `hold` would put back."""
        return Kept(tuple(self._runs), frozenset(self.compared))

    def hold(self, kept: Kept) -> None:
        """Keep these in place of all others."""
        self._runs, self.compared = list(kept.runs), set(kept.compared)
        self.changed.emit()

    def next_number(self) -> int:
        """A number that no run has had."""
        self._number += 1
        return self._number

    def get(self, number: int) -> TrainingRun | None:
        """The run of this number, if it is still kept."""
        return next((run for run in self._runs if run.number == number), None)

    def add(self, run: TrainingRun) -> None:
        """Keep `run`, as the newest.

        Where they are too many, or keep too much, the oldest go that no session, comparison or
        other run names; where all are named, the oldest of those.
        """
        # A run that never made a step has nothing to be looked at.
        self._runs = [run, *(each for each in self._runs if each is not run and each.steps)]
        named = self._named() | self.compared
        named |= {each.parent.run for each in self._runs if each.parent is not None}
        wanted = sorted(self._runs, key=lambda each: each is not run and each.number not in named)
        kept = 0
        for place, each in enumerate(wanted):
            kept += each.log.history.room
            if place and (place >= MOST or kept > MEMORY_LIMIT):
                each.log.history.let_go()
        self._runs = [each for each in self._runs if each in wanted[:MOST]]
