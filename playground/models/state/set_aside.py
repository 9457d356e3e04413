"""The whole document put aside, and taken up again: for a question or a lesson in between."""

from __future__ import annotations

from dataclasses import dataclass, replace

from playground.core.session.session import Session
from playground.models.state.document import Document
from playground.models.state.selection import Pointed
from playground.models.state.shown import Live, Own, Shown
from playground.models.state.training_run import Kept
from playground.models.state.undo import Entry, Focus


@dataclass(frozen=True)
class SetAside:
    """Everything that there was: session, what of it was shown and pointed at, undo and runs."""

    session: Session
    shown: Shown
    pointed: Pointed
    entries: tuple[Entry, ...]
    index: int
    runs: Kept


def set_aside(document: Document) -> SetAside:
    """Put everything aside. The document begins anew with the same parts, no past and no run.

    A run under way is stopped; where it ended is known when it is taken up, or soon after.
    """
    document.settle()
    stack, session, shown = document.undo_stack, document.session, document.shown
    aside = SetAside(
        session, shown, document.selection.pointed, stack.entries, stack.index(), document.runs.kept
    )
    stack.clear()
    begun = replace(session, network=shown.network, place=None)
    _put(document, begun, Own(begun), aside.pointed)
    document.runs.hold(Kept())
    return aside


def take_up(document: Document, aside: SetAside) -> None:
    """Bring back everything that was put aside; what came in between is forgotten."""
    document.runs.hold(aside.runs)
    document.undo_stack.hold(aside.entries, aside.index)
    session, shown = aside.session, aside.shown
    if isinstance(shown, Live):
        run = shown.run
        same = run.known and run.is_at(run.newest, session.network)
        shown = Live(session, run, run.newest) if same else document.shown_of(session)
    _put(document, session, shown, aside.pointed)
    for run in aside.runs.runs:
        document.stretches.catch_up(run)


def _put(document: Document, session: Session, shown: Shown, pointed: Pointed) -> None:
    document.put(session, shown, Focus(pointed.layer, pointed.kernel, True))
    document.selection.point(pointed)
