"""What a run learns between two acts of the user, as one entry of undo: a stretch of the run."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QCoreApplication

from playground.core.network.building import with_weights
from playground.core.runs.frames import Frame
from playground.core.runs.run import RunStep
from playground.core.session.session import Session
from playground.core.specs import NetworkSpec
from playground.models.state.selection import Selection
from playground.models.state.shown import Live, Own, Shown
from playground.models.state.training_run import TrainingRun
from playground.models.state.undo import Entry, Focus, UndoStack


class Learner(Protocol):
    """What a document offers for the entries that its runs make in it."""

    undo_stack: UndoStack
    selection: Selection

    @property
    def session(self) -> Session: ...
    @property
    def shown(self) -> Shown: ...
    def lead_on(self, entry: Entry) -> None: ...
    def show(self, shown: Shown) -> None: ...
    def show_session(self) -> None: ...


class Stretches:
    """Makes entries of what the runs of a document have learned."""

    def __init__(self, document: Learner) -> None:
        self._document = document

    def settle(self) -> None:
        """Make an entry of what the run that is shown live has learned since the last one."""
        document, shown = self._document, self._document.shown
        before = document.session
        if isinstance(shown, Live) and shown.network != before.network:
            document.lead_on(self._entry(shown.run, before, shown.network, shown.frame))
            shown.run.reached = document.session

    def catch_up(self, run: TrainingRun) -> None:
        """Let the last stretch of a run that rests, but is not live any more, end where it did.

        An entry does not wait for the step that the run is in the middle of; what that step and
        those before it have changed, unseen, is put in behind the last entry that was seen.
        """
        document, last = self._document, run.reached
        if last is None or not run.known:
            return
        shown = document.shown
        if run.is_at(run.newest, last.network):
            # Redone before it was known to rest, the run was shown as a replay of where it stands.
            if document.session is last and (isinstance(shown, Own) or shown.frame is last.pinned):
                document.show_session()
            return
        network = with_weights(last.network, run.weights)
        entry = self._entry(run, last, network, run.newest)
        if document.session is not last:
            if document.undo_stack.note_earlier(entry):
                run.reached = entry.after
            return
        document.lead_on(entry)
        run.reached = entry.after
        if isinstance(shown, Own) or shown.frame is last.pinned:
            document.show_session()
        else:
            document.show(replace(shown, session=document.session))

    def _entry(
        self, run: TrainingRun, before: Session, network: NetworkSpec, frame: Frame
    ) -> Entry:
        selection = self._document.selection
        here = Focus(selection.layer, selection.kernel, False)
        gesture = "stretch", run.number, run.stretch
        place = RunStep(run.number, frame.step)
        setup = replace(before.setup, workers=run.setup.workers)
        after = replace(before, network=network, setup=setup, place=place, pinned=frame)
        text = QCoreApplication.translate("Document", "Training")
        return Entry(text, before, after, gesture, here, here)
