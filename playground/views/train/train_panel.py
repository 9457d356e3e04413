"""Learning: the task, the curves and the pages, and the bar that runs and replays a run."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from playground.core.explain.slow_motion import Phase
from playground.core.tasks import ClassTask
from playground.models.guard import Guarded
from playground.models.training.run.training import Training
from playground.models.training.tasks.task_making import Progress
from playground.models.words.local_numbers import Local
from playground.models.workbench import Workbench
from playground.views.theme.theming import Theming
from playground.views.train.answer_view import AnswerView
from playground.views.train.controls.run_controls import RunBar, RunControls
from playground.views.train.controls.setup_controls import SetupControls
from playground.views.train.controls.task_menu import TaskMenu
from playground.views.train.controls.timeline_bar import TimelineBar
from playground.views.train.controls.transfer_menu import TransferMenu
from playground.views.train.curve_plot import CurvePlot
from playground.views.train.news import NewsLine, phase_text, status
from playground.views.train.pages.page_panel import PagePanel
from playground.views.widgets.floating import FloatingLabel
from playground.views.widgets.quiet_label import QuietLabel
from playground.views.widgets.small_widgets import (
    bare,
    button,
    keep_room,
    label,
    menu_button,
)

_STATUS_MS = 200
"""Five times a second: numbers that change faster cannot be read."""


class TrainPanel(Guarded, QWidget):
    """What Train adds to the window; `beside` and `bar` find their places in it."""

    def __init__(self, bench: Workbench, theming: Theming) -> None:
        super().__init__()
        self._bench = bench
        self._training: Training = bench.training
        self.detail = QuietLabel(theming, lines=2)
        self.task_menu = TaskMenu(bench, self)
        self._no_task, self._preparing = self.tr("Choose a task"), ""
        self._drawing = False
        self.task_button = menu_button(
            self._no_task, self.task_menu, self.tr("Task: what is to be learned")
        )
        self.transfer_menu = TransferMenu(bench, self)
        self.transfer_button = menu_button(
            self.tr("Transfer"),
            self.transfer_menu,
            self.tr("Transfer: begin another task with kernels that were learned before"),
        )
        self.compare = button(
            self.tr("Compare"),
            self.tr("Start from random to compare"),
            bench.transferring.compare_with_random,
            what=self.tr(
                "the same network and setup, but random kernels; this run stays as a grey curve"
            ),
        )
        self.own = button(
            self.tr("My own kernels"),
            on_click=bench.own_kernels.bring_back,
            what=self.tr("end the task, and bring back the kernels and layers from before it"),
        )
        self.compare.hide()
        self.run_controls = RunControls(bench.training, bench.slow, bench.task_fit)
        self.setup_controls = SetupControls(bench.training)
        self.note = QuietLabel(theming, lines=2)
        """What the task has done to the picture above."""
        self.answer = AnswerView(bench.classes, theming)
        self.beside = QWidget()
        """What stands below the picture: what the network says of it, and how it learns."""
        self.curves = CurvePlot(bench.training, bench.runs, bench.timeline, theming)
        self.pages = PagePanel(bench, theming)
        self.timeline = TimelineBar(bench.training, bench.timeline)
        self.bar = RunBar(self.run_controls, self.timeline)
        self.hint = label(
            self.tr("Choose a task: what the network is to learn. Then press ▶, or the space bar."),
            "detail",
        )
        self.phase, self.ending = label("", "value"), label("", "value")
        self.remark = FloatingLabel(self.curves.plot, self)
        # One in place of the other, so that no row moves when a run ends.
        self._line = NewsLine(self.detail)
        for text in (self.hint, self.phase, self.ending):
            text.setMinimumWidth(1)
            text.setWordWrap(True)
            text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._status = QTimer(self, singleShot=True, interval=_STATUS_MS)
        self._status.timeout.connect(self._show_status)
        self.own.setVisible(bench.own_kernels.there)
        keep_room(self.own)
        self._compose()
        self._connect()
        self._show_task(bench.training.task)

    def take_focus(self) -> None:
        """Where training begins: at ▶, or before there is a task at the list of tasks."""
        ready = self._training.task is not None
        (self.run_controls.play if ready else self.task_button).setFocus()

    def set_drawing(self, drawing: bool) -> None:
        """Leave the room to the pad, and to what the network says of the drawing."""
        self._drawing = drawing
        self._show_note()
        self.setup_controls.setVisible(not drawing)
        # At once, or the pad would be seen small for a moment.
        below = self.beside.layout()
        if below is not None:
            below.activate()

    def _compose(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.task_button)
        top.addWidget(self.transfer_button)
        top.addWidget(self.own)
        top.addWidget(self.compare)
        top.addStretch(1)
        self.curves.set_news(self._line)
        for text in (self.hint, self.ending, self.phase):
            self._line.addWidget(text)
        body = self.rows = QSplitter(Qt.Orientation.Vertical)
        body.setChildrenCollapsible(False)
        body.addWidget(self.curves)
        body.addWidget(self.pages)
        body.setStretchFactor(1, 1)
        body.setSizes([184, 326])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(14, 8, 14, 2)
        whole.setSpacing(4)
        whole.addLayout(top)
        whole.addWidget(body, 1)
        self.setup_room = bare(QVBoxLayout(self.beside), 8)
        for part in (self.note, self.answer, self.setup_controls):
            self.setup_room.addWidget(part)

    def _connect(self) -> None:
        training = self._training
        training.task_changed.connect(self._show_task)
        self._bench.own_kernels.changed.connect(self.own.setVisible)
        self._bench.note.changed.connect(self._show_note)
        self._bench.transferring.compared.connect(self._show_both_runs)
        self._bench.layers.changed.connect(self._show_remark)
        self._bench.task_fit.changed.connect(self._show_remark)
        self._bench.slow.changed.connect(self._show_phase)
        training.making.busy_changed.connect(self._show_preparing)
        training.making.progressed.connect(self._show_progress)
        for signal in (training.shown_changed, training.setup_changed, training.running_changed):
            signal.connect(self._plan)

    def _show_both_runs(self) -> None:
        self.pages.show_page(self.pages.runs)
        self.pages.runs.select_newest()

    def _show_remark(self, _change: object = None) -> None:
        """What keeps the network from learning; else what looks wrong with the run."""
        report, training = self._bench.layers.answer, self._training
        text = self._bench.task_fit.problem or training.fault
        if not text and training.goes_on and report is not None:
            text = report.problem
        self.remark.say(text)

    def _show_phase(self, phase: Phase | None) -> None:
        network, update = self._training.network, self._bench.slow.update
        text = "" if phase is None else phase_text(phase, network, update)
        self.phase.setText(text)
        # The rate has no room beside the rest: the row would grow, and all below it would move.
        rate = self.tr("{}; learning rate {:.3g}")
        last = phase is not None and phase.kind == "update"
        tip = rate.format(text, Local(phase.value)) if phase is not None and last else text
        self.phase.setToolTip(tip)
        self._choose_line()

    def _choose_line(self) -> None:
        """What is being made ready, then the news; without any, how far the run is."""
        line: QWidget = self.hint if self._training.task is None else self.detail
        for text in (self.ending, self.phase):
            line = text if text.text() else line
        self._line.setCurrentWidget(self.detail if self._preparing else line)

    def _show_task(self, _task: object) -> None:
        task = self._training.task
        self.answer.follow_task(task)
        self._show_note()
        self.task_button.setText(self._no_task if task is None else task.name)
        if self.task_button.hasFocus():
            self.take_focus()
        self._show_status()

    def _show_note(self, _text: object = None) -> None:
        """Always as high while a task stays; what is drawn needs no words, but room."""
        self.note.set_lines(1 if isinstance(self._training.task, ClassTask) else 2)
        self.note.setText(self._bench.note.text, self._bench.note.shorter)
        self.note.setVisible(self._training.task is not None and not self._drawing)

    def _show_preparing(self, preparing: bool) -> None:
        self._preparing = self.tr("Getting the examples ready…") if preparing else ""
        self._show_status()

    def _show_progress(self, progress: Progress) -> None:
        words = self.tr("Reading pictures: {} of {}")
        self._preparing = words.format(progress.done, progress.total)
        self._show_status()

    def _plan(self, _change: object = None) -> None:
        if not self._status.isActive():
            self._status.start()

    def _show_status(self) -> None:
        self.compare.setVisible(self._training.transfer is not None)
        self.compare.setEnabled(self._bench.transferring.can_compare)
        said = self._preparing or status(self._training)
        parts = said.split(" · ")
        self.detail.setText(said, *(" · ".join(parts[from_:]) for from_ in range(1, len(parts))))
        self.ending.setText(self._training.ending)
        self.ending.setToolTip(self._training.ending)
        self._choose_line()
        self._show_remark()
