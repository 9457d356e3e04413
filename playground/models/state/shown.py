"""What is shown: the one thing from which every reader takes its weights, and its words."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from playground.core.network.building import weights_of, with_weights
from playground.core.network.weight_edit import WeightEdit, all_applied
from playground.core.runs.frames import Frame
from playground.core.runs.run import EndKind, RunStep
from playground.core.session.ids import same_layout
from playground.core.session.session import Session
from playground.core.specs import FloatArray, NetworkSpec
from playground.models.state.training_run import TrainingRun


@dataclass(frozen=True, eq=False)
class Own:
    """The session's own weights: no run's, or a run's that were changed by hand."""

    session: Session

    @cached_property
    def network(self) -> NetworkSpec:
        """The session's network."""
        return self.session.network

    @property
    def step(self) -> None:
        """None: these weights are of no run's step."""
        return None


@dataclass(frozen=True, eq=False)
class _OfARun:
    """A frame of a run, in the outline and under the names of the session."""

    session: Session
    run: TrainingRun
    frame: Frame

    @property
    def place(self) -> RunStep:
        """The run's number and the frame's step."""
        return RunStep(self.run.number, self.frame.step)

    @property
    def step(self) -> int:
        """The frame's step."""
        return self.frame.step

    @cached_property
    def weights(self) -> list[FloatArray]:
        """The frame's weights, in the order and layout of `Network.weights`."""
        return self.run.unpacked(self.frame.moment.parameters)

    @cached_property
    def network(self) -> NetworkSpec:
        """The session's network with the frame's weights."""
        return with_weights(self.session.network, self.weights)

    @property
    def end(self) -> EndKind | None:
        """How the run came to rest at this frame; None where it goes on, or rested elsewhere."""
        return self.run.end(self.frame)


@dataclass(frozen=True, eq=False)
class Live(_OfARun):
    """The newest frame of the run that can go on, with changes by hand that are on their way."""

    pending: tuple[tuple[int, WeightEdit], ...] = field(default=())
    """Edits with their revisions; those that the frame has taken in are dropped."""

    @property
    def end(self) -> EndKind | None:
        """How the run came to rest; None, too, while edits are on their way to it."""
        return None if self.pending else super().end

    @cached_property
    def weights(self) -> list[FloatArray]:
        """The frame's weights under the edits that it has not taken in."""
        plain = self.run.unpacked(self.frame.moment.parameters)
        return all_applied((edit for _, edit in self.pending), plain)

    def under(self, after: Session, revision: int) -> Live | None:
        """The same frame under another session, what differs in weights being on its way to it.

        None where a run cannot take the difference in.
        """
        if after.place is None or after.task is not self.run.task:
            return None
        if not same_layout(self.network, after.network):
            return None
        edit = WeightEdit.between(weights_of(self.network), weights_of(after.network))
        pending = (*self.pending, (revision, edit)) if len(edit) else self.pending
        live = Live(after, self.run, self.frame, pending)
        # What it would put together, weight by weight, is there already.
        live.__dict__["network"] = after.network
        return live


@dataclass(frozen=True, eq=False)
class Replay(_OfARun):
    """An earlier frame of a run."""


Shown: TypeAlias = Own | Live | Replay


def shown_of(session: Session, run: TrainingRun | None) -> Shown:
    """What is shown of a session that is put back: the frame whose weights it has.

    `run` is the one that the session's place names, where it is still kept.
    """
    if run is None or session.place is None or run.task is not session.task:
        return Own(session)
    if run.known and run.goes_on_with(session) and run.is_at(run.newest, session.network):
        return Live(session, run, run.newest)
    frame = session.pinned or run.frame(session.place.step)
    if frame is not None and run.is_at(frame, session.network):
        return Replay(session, run, frame)
    return Own(session)
