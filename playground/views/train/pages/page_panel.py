"""The pages of Train: a row of buttons, and below it the page that is chosen.

Any of them can be moved into a window of its own; a note then stands in its place.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from playground.core.tasks import ClassTask, PictureTask, Task
from playground.models.guard import Guarded
from playground.models.workbench import Workbench
from playground.views.theme.theming import Theming
from playground.views.train.pages.before_after_page import BeforeAfterPage
from playground.views.train.pages.classes_page import ClassesPage
from playground.views.train.pages.layers_page import LayersPage
from playground.views.train.pages.page_window import AwayNote, PageWindow
from playground.views.train.pages.patches_page import PatchesPage
from playground.views.train.pages.runs_page import RunsPage
from playground.views.train.pages.target_page import TargetPage
from playground.views.train.pages.why_page import WhyPage
from playground.views.widgets.flow_layout import FlowLayout
from playground.views.widgets.small_widgets import bare, button

_OUT = "↗"
"""A sign, because words would leave too little room for the names of the pages."""


class PagePanel(Guarded, QWidget):
    """Shows one page at a time, beside those that are in windows of their own."""

    def __init__(self, bench: Workbench, theming: Theming) -> None:
        super().__init__()
        self._theming = theming
        self._group = QButtonGroup(self)
        self._pages: list[QWidget] = []
        """By the numbers of their buttons, and of their places."""
        self._away: dict[QWidget, PageWindow] = {}
        # In large letters they wrap, or they would take the room of the kernels beside them.
        row = FlowLayout(spacing=3)
        self._stack = QStackedWidget()
        self.target = TargetPage(bench.target, theming)
        self.classes = ClassesPage(bench.classes, theming)
        self.change = BeforeAfterPage(bench, theming)
        self.why = WhyPage(bench.why, theming)
        self.patches = PatchesPage(bench.patches, bench.document, theming)
        self.layers = LayersPage(bench.layers, theming)
        self.runs = RunsPage(bench.runs, bench.training, theming)
        for text, what, page in (
            (self.tr("Target"), self.tr("what is to come out, and what does"), self.target),
            (self.tr("Classes"), self.tr("who is taken for whom"), self.classes),
            (
                self.tr("Before/after"),
                self.tr("what the run began with, and what has become of it"),
                self.change,
            ),
            (self.tr("Why"), self.tr("what moves the weight you click"), self.why),
            (
                self.tr("Patches"),
                self.tr("where the examples excite the selected kernel most"),
                self.patches,
            ),
            (self.tr("Layers"), self.tr("how weights and outputs are spread"), self.layers),
            (self.tr("Runs"), self.tr("compare with earlier ones"), self.runs),
        ):
            made = button(text, what=what, checkable=True)
            made.setProperty("kind", "page")
            self._group.addButton(made, self._stack.count())
            row.addWidget(made)
            self._pages.append(page)
            self._stack.addWidget(page)
        self.own_window = button(
            _OUT,
            self.tr("Own window"),
            checkable=True,
            what=self.tr("shows this page in a window of its own, on a second screen if you like"),
        )
        self.own_window.setProperty("kind", "page")
        row.addWidget(self.own_window)
        column = bare(QVBoxLayout(self), 4)
        column.addLayout(row)
        column.addWidget(self._stack, 1)
        self._group.idClicked.connect(self._stack.setCurrentIndex)
        self._stack.currentChanged.connect(self._show_where)
        self.own_window.clicked.connect(self._move)
        bench.training.task_changed.connect(self._follow_task)
        self._follow_task(bench.training.task)

    def show_page(self, page: QWidget) -> None:
        """Bring `page` to the front, here or in its own window."""
        number = self._pages.index(page)
        self._group.button(number).setChecked(True)
        self._stack.setCurrentIndex(number)
        if page in self._away:
            self._away[page].raise_()

    def button_of(self, page: QWidget) -> QAbstractButton:
        """The button that brings `page` to the front."""
        return self._group.button(self._pages.index(page))

    def move_out(self, page: QWidget) -> None:
        """Show `page` in a window of its own."""
        if page in self._away:
            return
        number = self._pages.index(page)
        name = self._group.button(number).text()
        self._put(number, AwayNote(name, partial(self.bring_back, page)))
        opened = PageWindow(page, name, self.window(), self._theming)
        opened.closed.connect(partial(self._take_back, page))
        self._away[page] = opened
        opened.show()
        self._show_where()

    def bring_back(self, page: QWidget) -> None:
        """Close the page's own window, if it has one."""
        if page in self._away:
            self._away[page].close()

    def bring_all_back(self) -> None:
        """Close all windows of pages."""
        for page in tuple(self._away):
            self.bring_back(page)

    def _take_back(self, page: QWidget) -> None:
        """Have the page of a window that is about to close in its place again."""
        if self._away.pop(page, None) is not None:
            self._put(self._pages.index(page), page).deleteLater()
            self._show_where()

    def _put(self, number: int, widget: QWidget) -> QWidget:
        """Have `widget` in that place, in front if what was there is; that is handed back.

        At no time another page comes to the front: it would begin to work.
        """
        was = self._stack.widget(number)
        assert was is not None
        front = self._stack.currentWidget() is was
        self._stack.insertWidget(number, widget)
        if front:
            self._stack.setCurrentWidget(widget)
        self._stack.removeWidget(was)
        return was

    def _move(self) -> None:
        """Move the page that is chosen out, or back."""
        page = self._pages[self._stack.currentIndex()]
        if page in self._away:
            self.bring_back(page)
        else:
            self.move_out(page)

    def _show_where(self, _number: int = 0) -> None:
        self.own_window.setChecked(isinstance(self._stack.currentWidget(), AwayNote))

    def _follow_task(self, task: Task | None) -> None:
        """Each task begins with the page that says most about it."""
        one_picture = isinstance(task, PictureTask)
        self.button_of(self.target).setVisible(one_picture)
        has_classes = isinstance(task, ClassTask)
        self.button_of(self.classes).setVisible(has_classes)
        first = self.target if one_picture else self.classes if has_classes else self.why
        self.show_page(first)
