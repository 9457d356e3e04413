"""The window's end of training: runs begun and handed over, orders given, reports taken.

A report of another run than the one that is shown live changes nothing on screen, and a run that
is not shown live any more is stopped: what runs is what the window says.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from playground.core.errors import PlaygroundError
from playground.core.network.weight_edit import WeightEdit
from playground.core.runs.frames import Frame
from playground.core.runs.run import RunEnd
from playground.core.session.session import Session
from playground.core.training.training_setup import TrainingSetup
from playground.jobs.training_process.changes import Edit, Freeze, Tune
from playground.jobs.training_process.messages import Load
from playground.models.guard import Guarded
from playground.models.state.document import Document
from playground.models.state.shown import Live, Own, Replay, Shown
from playground.models.state.training_run import TrainingRun, frozen_masks
from playground.models.training.run.orders import Begin, Go, SetPace, Stop
from playground.models.training.run.reports import Pacing, Report
from playground.models.training.run.thread import TrainingThread


class RunClient(Guarded, QObject):
    """Owns the training thread, and knows which run it has."""

    run_changed = Signal()
    """Another run is shown, or none."""
    running_changed = Signal(bool)
    progressed = Signal(object)
    """The Frame that is shown live."""
    halted = Signal(str)
    """Why a run stopped by itself or cannot begin, or nothing."""

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.steps_per_second = 0.0
        self.pace: float | None = None
        """Steps a second that are wanted, or None for as many as there can be."""
        self._taken: TrainingRun | None = None
        """The run that the training side has."""
        self._known: dict[int, TrainingRun] = {}
        """It, and those whose last frame has not been reported yet."""
        self._shown_run: TrainingRun | None = None
        self._goes = 0
        self._going = 0
        """The number of the last Go that has not ended; 0 where nothing runs."""
        self._closed = False
        self._thread = TrainingThread(self)
        self._pacing = Pacing()
        self._thread.ready.connect(self._take)
        self._thread.stopped.connect(self._stop)
        self._thread.left.connect(self._leave)
        self._thread.told.connect(document.problem)
        document.shown_changed.connect(self._follow)
        document.edited.connect(self._edit)
        document.setup_changed.connect(self._tune)
        document.frozen_changed.connect(self._freeze)

    @property
    def running(self) -> bool:
        """Whether it trains by itself just now."""
        return self._going > 0

    @property
    def run(self) -> TrainingRun | None:
        """The run of which a frame is shown."""
        shown = self._document.shown
        return None if isinstance(shown, Own) else shown.run

    def go(self, step: int, pace: float | None) -> None:
        """Let the run that was made ready step until `step` steps are done."""
        assert self._taken is not None
        self._goes += 1
        self._taken.goal, self._taken.rest = step, None
        self._taken.going = self._taken.stretch = self._goes
        self._thread.give(Go(self._taken.number, step, pace, self._goes))
        self._set_going(self._goes)

    def pause(self) -> None:
        """Stop after the present step."""
        if self._going and self._taken is not None:
            self._thread.give(Stop(self._taken.number))

    def set_pace(self, pace: float | None) -> None:
        """Step so fast from now on."""
        self.pace = pace
        if self._going and self._taken is not None:
            self._thread.give(SetPace(self._taken.number, pace))

    def close(self) -> None:
        """End the thread; what it still had to say is not heard."""
        self._closed = True
        self._thread.close()

    def ready_to_go(self) -> TrainingRun | None:
        """The run that goes on from what is shown: the live one, or another; None if none can."""
        shown = self._document.shown
        if not isinstance(shown, Live):
            return self.begin()
        if shown.run is not self._taken:
            self._wake(shown)
        return shown.run

    def begin(self) -> TrainingRun | None:
        """Begin a run with what is shown; None where the network cannot learn the task."""
        document = self._document
        session, shown = document.session, document.shown
        if session.task is None:
            return None
        session = replace(session, network=shown.network)
        if isinstance(shown, Replay):
            session = replace(session, place=shown.place, pinned=shown.frame)
        try:
            run = TrainingRun(document.runs.next_number(), session, *self._origin(session))
        except PlaygroundError as error:
            self.halted.emit(str(error))
            return None
        self._hand_over(run)
        document.show(Live(document.session, run, run.newest))
        return run

    def _origin(self, session: Session) -> tuple[TrainingRun | None, Frame | None]:
        """The run and its frame that a new run goes on from; nothing where it begins at step 0."""
        shown, place = self._document.shown, session.place
        parent: TrainingRun
        frame: Frame | None
        if isinstance(shown, Replay):
            parent, frame = shown.run, shown.frame
        elif place is not None and (run := self._document.runs.get(place.run)) is not None:
            parent, frame = run, session.pinned or run.frame(place.step)
        else:
            return None, None
        exact = frame is not None and place is not None and frame.step == place.step
        return (parent, frame) if exact and parent.goes_on_with(session) else (None, None)

    def _hand_over(self, run: TrainingRun) -> None:
        """Give the training side another run in place of the one it has."""
        self._document.runs.add(run)
        self._taken = self._known[run.number] = run
        run.going = 0
        self._set_going(0)
        load = Load(run.number, run.task, run.network, run.setup)
        self._thread.give(Begin(run.handed_over(), load))

    def _wake(self, shown: Live) -> None:
        """Hand over a run that rested, and what was changed meanwhile."""
        self._hand_over(shown.run)
        for edit in shown.pending:
            self._edit(*edit)
        self._freeze()
        self._learn_by(shown.run, self._document.session.setup)

    def _learn_by(self, run: TrainingRun, setup: TrainingSetup) -> None:
        revision = self._document.next_revision()
        run.tune(revision, setup)
        self._thread.give(Tune(run.number, revision, setup))

    def _set_going(self, going: int) -> None:
        was, self._going = self.running, going
        if self.running != was:
            self.running_changed.emit(self.running)

    def _take(self) -> None:
        """Take what the training side reports; it is shown where its run is the live one."""
        report = self._thread.take()
        run = None if report is None else self._known.get(report.number)
        if report is None or run is None or self._closed:
            return
        run.take(report.frame)
        self._thread.frame = self._pacing.interval(elsewhere=self._thread.elsewhere)
        shown = self._document.shown
        if isinstance(shown, Live) and shown.run is run:
            self.steps_per_second = report.steps_per_second
            pending = tuple(each for each in shown.pending if each[0] > report.frame.revision)
            self._document.show(Live(self._document.session, run, report.frame, pending))
            self.progressed.emit(report.frame)
        else:
            self._document.stretches.catch_up(run)

    def _stop(self, go: int, end: RunEnd) -> None:
        if self._closed:
            return
        self._take()
        run = self._taken
        if run is not None and run.going == go:
            run.going, run.rest = 0, end
            if self._live() is None:
                self._document.stretches.catch_up(run)
        if go == self._going:
            self._set_going(0)
            self._document.settle()
        if end.reason:
            self.halted.emit(end.reason)

    def _leave(self, report: Report) -> None:
        """Keep the last frame of a run that the training side has left, and no more of it."""
        run, document = self._known.get(report.number), self._document
        if run is None or run is self._taken or self._closed:
            return
        del self._known[run.number]
        run.take(report.frame)
        run.going = 0
        if run.rest is None and run.steps > run.log.start:
            run.rest = RunEnd("interrupted", report.frame.step, report.frame.revision)
        run.let_go()
        document.stretches.catch_up(run)
        if isinstance(document.shown, Live) and document.shown.run is run:
            document.show_session()

    def _follow(self, _shown: Shown) -> None:
        """Stop a run that is not shown live any more: what runs is what the window says."""
        if self._going and self._live() is None and self._taken is not None:
            self._thread.give(Stop(self._taken.number))
            self._set_going(0)
        if self.run is not self._shown_run:
            self._shown_run = self.run
            self.run_changed.emit()

    def _live(self) -> TrainingRun | None:
        """The run that the training side has, where it is the one that is shown live."""
        shown = self._document.shown
        return self._taken if isinstance(shown, Live) and shown.run is self._taken else None

    def _edit(self, revision: int, edit: WeightEdit) -> None:
        if (run := self._live()) is not None:
            run.edits.append(revision)
            self._thread.give(Edit(run.number, revision, (edit,)))

    def _freeze(self) -> None:
        if (run := self._live()) is not None:
            revision = self._document.next_revision()
            session = self._document.session
            masks = frozen_masks(session.network, session.frozen)
            self._thread.give(Freeze(run.number, revision, masks))

    def _tune(self, setup: TrainingSetup) -> None:
        """Let the live run go on with another setup, or begin another run where it cannot."""
        shown = self._document.shown
        if not isinstance(shown, Live):
            return
        run = shown.run
        if not run.goes_on_with(self._document.session):
            was_running = self.running
            if (other := self.begin()) is not None and was_running:
                self.go(other.setup_goal, self.pace)
            return
        first_pass = run.goal == run.setup_goal
        if run is self._taken:
            self._learn_by(run, setup)
        else:
            self._wake(shown)
        if self.running and first_pass and run.goal != run.setup_goal:
            self.go(max(run.setup_goal, run.steps + 1), self.pace)
