"""Looking back over a run: its curves, the weights of any earlier step, training on from there."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from playground.core.runs.run import Curves
from playground.core.specs import FloatArray
from playground.core.tasks import ClassTask, Task
from playground.models.guard import Announcing
from playground.models.state.document import Document
from playground.models.state.shown import Live, Replay, Shown
from playground.models.training.run.step_scale import StepScale
from playground.models.training.run.training import Training

_MOST_POINTS = 2000

Points: TypeAlias = tuple[NDArray[Any], FloatArray]
"""(steps, values), without those that are no number."""


class Timeline(Announcing):
    """Which step of the run is shown, and on which scale the steps stand."""

    changed = Signal(object)
    """The step whose weights are shown, or None for the newest."""
    log_changed = Signal(bool)

    def __init__(
        self, document: Document, training: Training, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document, self._training = document, training
        self._told: int | None = None
        self.log = False
        """Whether early steps have as much room as late ones: there most is learned."""
        self._early = False
        """Whether the task is one of which nearly all is learned in its first steps."""
        document.shown_changed.connect(self._follow)
        document.task_changed.connect(self._follow_task)

    @property
    def step(self) -> int | None:
        """The step whose weights are shown; None for the newest, and where there is no run."""
        shown = self._document.shown
        return shown.frame.step if isinstance(shown, Replay) else None

    @property
    def last(self) -> int:
        """The newest step there is."""
        run = self._training.run
        return 0 if run is None else run.newest.step

    @property
    def scale(self) -> StepScale:
        """Where the steps of the run stand."""
        return StepScale(self.last, self.log)

    def set_log(self, log: bool) -> None:
        """Have a logarithmic scale of steps, or an even one."""
        self.announce("log", log)

    @property
    def seldom(self) -> bool:
        """Whether the network is so large that only pauses and ends of epochs can be shown."""
        run = self._training.run
        return run is not None and run.log.history.seldom

    def show(self, step: int) -> None:
        """Show the weights that were kept at or before `step`; training pauses."""
        document, run = self._document, self._training.run
        if run is None:
            return
        document.settle()
        frame, session = run.frame(step), document.session
        if frame is None:
            return
        newest = frame.step >= run.newest.step and run.goes_on_with(session)
        if newest and isinstance(document.shown, Live):
            return  # with the edits that are on their way to it
        document.show((Live if newest else Replay)(session, run, frame))

    def after(self, step: int) -> int:
        """The next step that can be shown; the newest one, at the most."""
        run = self._training.run
        return 0 if run is None else run.after(step)

    def continue_from_here(self) -> None:
        """Train on from the step that is shown, in a new run; the old one stays as it is."""
        if self.step is not None:
            self._training.play()

    def _follow_task(self, task: Task | None) -> None:
        """Each kind of task begins with the scale that fits it; one of a kind keeps what was set.

        What one filter does is found in a few hundred steps, classes are learned to the last.
        """
        early = task is not None and not isinstance(task, ClassTask)
        if early != self._early:
            self._early = early
            self.set_log(early)

    def _follow(self, _shown: Shown) -> None:
        if self.step != self._told:
            self._told = self.step
            self.changed.emit(self.step)


def training_points(curves: Curves, accuracy: bool, window: int, log: bool = False) -> Points:
    """Of the training curve, smoothed, and thinned to what a screen can show.

    For a logarithmic scale of steps, later ones are thinned more.
    """
    steps, values = (curves.accuracy if accuracy else curves.loss).points()
    together = int(steps[0]) if len(steps) else 1
    steps, values = _finite(steps, values)
    values = smoothed(values, max(1, window // together))
    if len(values) <= _MOST_POINTS:
        return steps, values
    if log:
        places = np.unique(np.geomspace(1, len(values), _MOST_POINTS).astype(np.intp)) - 1
        return steps[places], values[places]
    every = len(values) // _MOST_POINTS
    return steps[::every], values[::every]


def validation_points(curves: Curves, accuracy: bool) -> Points:
    """Of the validation curve."""
    return _finite(*curves.validations(accuracy=accuracy))


def value_at(points: Points, step: int) -> FloatArray | None:
    """(1,) what a curve shows at `step`, between its points and beyond its ends; None without."""
    steps, values = points
    return np.interp([step], steps, values) if len(steps) else None


def _finite(steps: NDArray[Any], values: FloatArray) -> Points:
    finite = np.isfinite(values)
    return steps[finite], values[finite]


def smoothed(values: FloatArray, window: int) -> FloatArray:
    """The mean of each value and the up to `window` − 1 before it; same length."""
    if window <= 1 or len(values) == 0:
        return values
    sums = np.cumsum(values, dtype=np.float64)
    means = np.empty_like(sums)
    window = min(window, len(values))
    means[:window] = sums[:window] / np.arange(1, window + 1)
    means[window:] = (sums[window:] - sums[:-window]) / window
    return means.astype(values.dtype)
