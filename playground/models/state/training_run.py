"""One training run as the window knows it: what it was begun with, and its log."""

from __future__ import annotations

from dataclasses import replace
from threading import Lock
from typing import Any

from numpy.typing import NDArray

from playground.core.building import turned, with_weights
from playground.core.frames import Frame
from playground.core.run import Curves, EndKind, Run, RunEnd, RunLog
from playground.core.session.ids import Marks, masks
from playground.core.session.session import Session
from playground.core.specs import FloatArray, NetworkSpec
from playground.core.tasks import Task
from playground.core.training_setup import TrainingSetup


def frozen_masks(network: NetworkSpec, marks: Marks) -> tuple[NDArray[Any], ...] | None:
    """What `marks` freeze, as `Network.freeze` needs it; None where they freeze nothing."""
    return tuple(turned(network, masks(network, marks))) if marks else None


class TrainingRun:
    """Begun from a session; grows while the training side steps it, and can be taken up again.

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
        self.setup: TrainingSetup = session.setup
        self.transfer = session.transfer
        self.network: NetworkSpec = session.network
        """As the run was begun with it."""
        held = masks(session.network, session.frozen) if session.frozen else None
        trainer = self.task.trainer(session.network, session.setup, held)
        if start is not None:
            weights = trainer.network.parameters.copy()
            trainer.return_to(start.moment)
            trainer.network.parameters[...] = weights
        self.log: RunLog = RunLog(
            number,
            Lock(),
            parent=None if parent is None or start is None else parent.log,
            start=0 if start is None else start.step,
        )
        self._seed = session.setup.seed
        self._layout = self.task.built(session.network)
        self._run: Run | None = Run(trainer, self.task.validation, self.log, self.task.finder)
        self.newest = Frame(trainer.moment(), None, trainer.optimizer.rate, trainer.network.mask())
        """The last frame that is known; the training side reports it."""
        self.goal = self.setup_goal
        """The step that it goes to, or went to last."""
        self.rest: RunEnd | None = None
        """How it came to rest; None before its first step, and while it goes."""

    @property
    def steps(self) -> int:
        """Steps done."""
        return self.log.steps

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

    def end(self, frame: Frame) -> EndKind | None:
        """How the run came to rest at `frame`; None where it goes on, or rested elsewhere."""
        rest = self.rest
        if rest is None or (rest.step, rest.revision) != (frame.step, frame.revision):
            return None
        if rest.kind in ("diverged", "stopped"):
            return rest.kind
        if self.task.finds(self.unpacked(frame.moment.parameters)):
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
        """A vector like the parameters, in the order and layout of `Network.weights`."""
        return self._layout.unpacked(vector)

    @property
    def weights(self) -> list[FloatArray]:
        """The newest that are known, in the order and layout of `Network.weights`."""
        return self.unpacked(self.newest.moment.parameters)

    def learned(self) -> NetworkSpec:
        """The run's network with its newest weights."""
        return with_weights(self.network, self.weights)

    def handed_over(self) -> Run:
        """The run with its trainer, for the training side alone; after a rest, a new one.

        A step follows from the weights, what the optimizer remembers, the seed and the step's
        number: the run goes on as if it had never rested.
        """
        if self._run is None:
            trainer = self.task.trainer(self.network, replace(self.setup, seed=self._seed))
            trainer.return_to(self.newest.moment)
            if self.newest.learns is not None:
                trainer.network.freeze(self.unpacked(~self.newest.learns))
            self._run = Run(trainer, self.task.validation, self.log, self.task.finder)
            self._run.revision = self.newest.revision
        return self._run

    def let_go(self) -> None:
        """Give back what only the training side needs: the run rests."""
        self._run = None
