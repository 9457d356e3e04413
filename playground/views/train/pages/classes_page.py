"""What the classifier thinks: who is taken for whom, examples, and the picture that is shown."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QListView,
    QTableView,
    QVBoxLayout,
)

from playground.models.training.inspect.class_models import ClassRole, ConfusionModel, ExamplesModel
from playground.models.training.inspect.classes import Classes
from playground.models.words.claim_words import with_step
from playground.views.theme.theming import Theming
from playground.views.train.pages.class_delegates import (
    ConfusionDelegate,
    ExampleDelegate,
)
from playground.views.train.pages.names_header import NamesHeader
from playground.views.widgets.small_widgets import WatchingPage, bare, button, label

_PADDING = 24
"""Pixels beside the longest name of a row: what style and header keep free on both sides."""


class ClassesPage(WatchingPage):
    """The matrix on the left, examples on the right."""

    cell = 23
    """Pixels of a cell's side: two digits that can be read from the second row."""

    def __init__(self, classes: Classes, theming: Theming) -> None:
        super().__init__(classes)
        self._classes = classes
        self.confusion = ConfusionModel(classes, self)
        self.examples = ExamplesModel(classes, self)
        self.matrix = self._make_matrix(theming)
        self.list = self._make_list(theming)
        self.mistaken = button(
            self.tr("Mistaken"),
            checkable=True,
            what=self.tr("only examples that are taken for another class"),
        )
        self.problem = label("", "detail")
        self.at = label("", "detail")
        self._is, self._said = self.tr("↓ what it is"), self.tr("→ what it said")
        self.axes = label("", "detail")
        self.axes.setParent(self)  # It finds its place with the names.
        self.problem.setWordWrap(True)
        self._compose()
        self.mistaken.toggled.connect(self.examples.set_mistaken)
        self.list.clicked.connect(self._make_input)
        classes.reported.connect(self._say_problem)
        classes.renamed.connect(self._make_room)
        self._say_problem()

    def _make_matrix(self, theming: Theming) -> QTableView:
        view = QTableView()
        view.setTabKeyNavigation(False)  # Tab goes on to the next control; arrows go in the table.
        view.setModel(self.confusion)
        view.setItemDelegate(ConfusionDelegate(theming, view))
        view.setShowGrid(False)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        view.setAccessibleName(self.tr("Confusion matrix: rows are right, columns are predicted"))
        view.setToolTip(self.tr("Rows: what it is. Columns: what the network takes it for"))
        self.names = NamesHeader(theming, view)
        view.setHorizontalHeader(self.names)
        for header in (self.names, view.verticalHeader()):
            header.setMinimumSectionSize(12 if header is view.verticalHeader() else 6)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        view.setMinimumWidth(150)
        theming.changed.connect(view.viewport().update)
        return view

    def _make_list(self, theming: Theming) -> QListView:
        view = QListView()
        view.setModel(self.examples)
        view.setItemDelegate(ExampleDelegate(theming, view))
        view.setViewMode(QListView.ViewMode.ListMode)
        view.setUniformItemSizes(True)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setAccessibleName(self.tr("Examples with the network's chances"))
        view.setMinimumWidth(120)
        theming.changed.connect(view.viewport().update)
        return view

    def _compose(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.mistaken)
        top.addWidget(self.at, 1)
        middle = QVBoxLayout()
        middle.setSpacing(2)
        middle.addLayout(top)
        middle.addWidget(self.list, 1)
        row = bare(QHBoxLayout(self), 8)
        row.addWidget(self.problem, 12)
        self._left = QVBoxLayout()
        self._left.setSpacing(2)
        self._left.addWidget(self.matrix, 1)
        self._place_axes(0)  # Before there are names, so that nothing moves when they come.
        row.addLayout(self._left, 14)
        row.addLayout(middle, 8)

    def _say_problem(self, _answer: object = None) -> None:
        """Say why there is no matrix in its place, and which step it is of."""
        report, problem = self._classes.report, self._classes.problem
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        known = not problem or (report is not None and bool(report.confusion.any()))
        for part in (self.matrix, self.axes):
            part.setVisible(known)
        if known:
            self._make_room()
        self.at.setText("" if report is None else with_step(self._classes.all.step))

    def _make_room(self, _task: object = None) -> None:
        """Cells wide enough for their numbers, and names above them, before the first answer."""
        columns, cell = self.confusion.columnCount(), self.cell
        names = self._classes.names
        self.names.set_names(names, cell)
        metrics = self.matrix.verticalHeader().fontMetrics()
        words = (*names, self._said) if self.names.upright else names
        beside = max(map(metrics.horizontalAdvance, words), default=0) + _PADDING
        self.matrix.verticalHeader().setFixedWidth(beside)
        self.matrix.setMinimumWidth(beside + cell * columns + 2)
        self._place_axes(beside)

    def _place_axes(self, beside: int) -> None:
        """In the corner that upright names leave free, `beside` pixels wide; else below."""
        if self.names.upright:
            self._left.removeWidget(self.axes)
            self.axes.setParent(self.matrix)
            self.axes.setText(f"{self._said}\n{self._is}")
            self.axes.setGeometry(2, 0, beside, self.names.sizeHint().height())
            self.axes.show()
        elif self._left.indexOf(self.axes) < 0:
            self.axes.setText(f"{self._is} · {self._said}")
            self._left.addWidget(self.axes)

    def _make_input(self, index: QModelIndex) -> None:
        self._classes.make_input(index.data(ClassRole.NUMBER))
