"""The newest snapshot on its way to the window, which takes it when it has the time."""

from __future__ import annotations

from threading import Condition

from playground.core.run import Curves, Run
from playground.core.trainer import Moment
from playground.models.training.snapshot import Snapshot, snapshot_of, tail_of


class Outgoing:
    """Belongs to the training thread but for `take`; `wake` guards it and is notified of that."""

    def __init__(self, wake: Condition) -> None:
        self._wake = wake
        self._snapshot: Snapshot | None = None
        self._sent = (0, 0)

    @property
    def taken(self) -> bool:
        """Whether the window has taken the last one."""
        return self._snapshot is None

    def take(self) -> Snapshot | None:
        """The newest snapshot, once; called by the window."""
        with self._wake:
            snapshot, self._snapshot = self._snapshot, None
            self._wake.notify()
        return snapshot

    def restart(self) -> None:
        """Send the whole curves of another run."""
        self._sent = (0, 0)

    def cut(self, curves: Curves) -> None:
        """Curves that have become shorter are sent again from their new end."""
        sent, validated = self._sent
        self._sent = min(sent, len(curves.loss)), min(validated, len(curves.validation_step))

    def put(
        self, run: Run, number: int, before: Moment | None, speed: float, running: bool
    ) -> None:
        """Make a snapshot of `run`, called `number`, in place of one that was not taken."""
        start, validated = self._sent
        with self._wake:
            if self._snapshot is not None and self._snapshot.run == number:
                # The window has not taken the last one: its news go into this one.
                start = min(start, self._snapshot.tail.start)
                validated = min(validated, self._snapshot.tail.validation_start)
        curves = run.curves
        tail = tail_of(curves, start, validated)
        snapshot = snapshot_of(run, number, tail, before, speed, running)
        self._sent = len(curves.loss), len(curves.validation_step)
        with self._wake:
            self._snapshot = snapshot
