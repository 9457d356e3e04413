"""What the classifier thinks: who is taken for whom, examples, and the picture that is shown."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRectF, QSize
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QListView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from playground.models.guard import Guarded
from playground.models.training.class_models import ClassRole, ConfusionModel, ExamplesModel
from playground.models.training.classes import Classes, Guess
from playground.views.parts import button, label
from playground.views.theming import Theming
from playground.views.train.class_delegates import (
    ConfusionDelegate,
    ExampleDelegate,
    paint_chances,
)
from playground.views.train.step_words import with_step


class ClassesPage(Guarded, QWidget):
    """The matrix on the left, examples in the middle, the shown picture's classes on the right."""

    def __init__(self, classes: Classes, theming: Theming, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._classes = classes
        self.confusion = ConfusionModel(classes, self)
        self.examples = ExamplesModel(classes, self)
        self.matrix = self._make_matrix(theming)
        self.list = self._make_list(theming)
        self.mistaken = button(
            self.tr("Mistaken only"),
            self.tr("Mistaken: only examples that are taken for another class"),
            checkable=True,
        )
        self.guess = GuessView(classes, theming)
        self.guess_title = label("", "detail")
        self.problem = label("", "detail")
        self.at = label("", "detail")
        for text in (self.guess_title, self.problem):
            text.setWordWrap(True)
        self._compose()
        self.mistaken.toggled.connect(self.examples.set_mistaken)
        self.list.clicked.connect(self._make_input)
        classes.reported.connect(self._say_problem)
        classes.guessed.connect(self._say_problem)
        self._say_problem()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._classes.set_watched(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._classes.set_watched(False)

    def _make_matrix(self, theming: Theming) -> QTableView:
        view = QTableView()
        view.setModel(self.confusion)
        view.setItemDelegate(ConfusionDelegate(theming, view))
        view.setShowGrid(False)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        view.setAccessibleName(self.tr("Confusion matrix: rows are right, columns are predicted"))
        view.setToolTip(self.tr("Rows: what it is. Columns: what the network takes it for"))
        for header in (view.horizontalHeader(), view.verticalHeader()):
            header.setMinimumSectionSize(12)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        view.horizontalHeader().hide()
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
        view.setMinimumWidth(170)
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
        right = QVBoxLayout()
        right.setSpacing(2)
        right.addWidget(self.guess_title)
        right.addWidget(self.guess, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.problem, 4)
        row.addWidget(self.matrix, 4)
        row.addLayout(middle, 4)
        row.addLayout(right, 3)

    def _say_problem(self, _answer: object = None) -> None:
        """Say why there is no matrix in its place, and why no guess above where it would be."""
        classes, report = self._classes, self._classes.report
        self.problem.setText(classes.problem)
        self.problem.setVisible(bool(classes.problem))
        self.matrix.setVisible(not classes.problem)
        self.at.setText("" if report is None else with_step(classes.all.step))
        title = with_step(classes.one.step, self.tr("this picture"))
        self.guess_title.setText(classes.guess_problem or title)

    def _make_input(self, index: QModelIndex) -> None:
        self._classes.make_input(index.data(ClassRole.NUMBER))


class GuessView(Guarded, QWidget):
    """The chances of the picture that is shown: draw on the pad and watch them."""

    def __init__(self, classes: Classes, theming: Theming, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theming = theming
        self.guess: Guess | None = classes.guess
        self.setAccessibleName(self.tr("Classes of the picture that is shown"))
        self.setToolTip(
            self.tr("What the network takes the input for; press Draw and write a digit")
        )
        classes.guessed.connect(self._show)
        theming.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(110, 120)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.guess is not None:
            theme = self._theming.theme
            painter = QPainter(self)
            paint_chances(painter, QRectF(self.rect()), self.guess, theme.text, theme.accent)

    def _show(self, guess: Guess | None) -> None:
        self.guess = guess
        likely = () if guess is None else guess[:3]
        self.setAccessibleDescription(", ".join(f"{name} {c:.0%}" for name, c in likely))
        self.update()
