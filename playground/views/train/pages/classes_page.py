"""What the classifier thinks: who is taken for whom, examples, and the picture that is shown."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QListView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from playground.core.claims import chance
from playground.core.explain.novelty import Novelty
from playground.models.guard import Guarded
from playground.models.training.inspect.class_models import ClassRole, ConfusionModel, ExamplesModel
from playground.models.training.inspect.classes import Classes
from playground.models.training.inspect.guessing import Guess
from playground.models.words.claim_words import with_step
from playground.models.words.local_numbers import localised
from playground.views.theme.theming import Theming
from playground.views.train.pages.class_delegates import (
    ConfusionDelegate,
    ExampleDelegate,
    image_of,
    paint_chances,
)
from playground.views.widgets.small_widgets import WatchingPage, bare, button, label, set_kind

_CELL = 23
"""Pixels of a cell's side: two digits that can be read from the second row."""
_EXAMPLE = 44
"""Side of the picture beside the guess, in pixels."""


class GuessTitle(Guarded, QLabel):
    """As high as its longest sentence needs, so that the bars below it never move."""

    _LINES = 3

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "detail")
        self.setAlignment(Qt.AlignmentFlag.AlignTop)

    def heightForWidth(self, width: int) -> int:
        return self._LINES * self.fontMetrics().lineSpacing()


class ClassesPage(WatchingPage):
    """The matrix on the left, examples in the middle, the shown picture's classes on the right."""

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
        self.guess = GuessView(classes, theming)
        self.example = ExampleView(classes)
        self.guess_title = GuessTitle()
        self.problem = label("", "detail")
        self.at = label("", "detail")
        self.axes = label(self.tr("↓ what it is · → what it said"), "detail")
        for text in (self.guess_title, self.problem):
            text.setWordWrap(True)
        self._compose()
        self.mistaken.toggled.connect(self.examples.set_mistaken)
        self.list.clicked.connect(self._make_input)
        classes.reported.connect(self._say_problem)
        classes.guessed.connect(self._say_guess)
        self._say_problem()
        self._say_guess()

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
        for header in (view.horizontalHeader(), view.verticalHeader()):
            header.setMinimumSectionSize(12 if header is view.verticalHeader() else 6)
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
        right = QVBoxLayout()
        right.setSpacing(2)
        right.addWidget(self.guess_title)
        shown = QHBoxLayout()
        shown.setSpacing(6)
        shown.addWidget(self.example, 0, Qt.AlignmentFlag.AlignTop)
        shown.addWidget(self.guess, 1)
        right.addLayout(shown, 1)
        row = bare(QHBoxLayout(self), 8)
        row.addWidget(self.problem, 12)
        left = QVBoxLayout()
        left.setSpacing(2)
        left.addWidget(self.matrix, 1)
        left.addWidget(self.axes)
        row.addLayout(left, 14)
        row.addLayout(middle, 8)
        row.addLayout(right, 7)

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

    def _make_room(self) -> None:
        """Cells wide enough for their numbers, and names above them where these fit."""
        columns, above = self.confusion.columnCount(), self.matrix.horizontalHeader()
        names = self.matrix.verticalHeader().sizeHint().width()
        self.matrix.setMinimumWidth(names + _CELL * columns + 2)
        across = Qt.Orientation.Horizontal
        words = (str(self.confusion.headerData(at, across)) for at in range(columns))
        wide = max(map(above.fontMetrics().horizontalAdvance, words), default=0)
        above.setVisible(wide + 4 <= _CELL)

    def _say_guess(self, _answer: object = None) -> None:
        """Say what the guess is about, and before it is believed: why it should not be."""
        one, guess = self._classes.one, self._classes.guess
        unlike = guess is not None and guess.novelty.unlike
        text, tip = self.tr("this picture"), ""
        if guess is not None and unlike:
            text, tip = self._unlike_words(guess.novelty)
        if guess is not None and guess.example.inverted:
            text = self.tr("{}, inverted").format(text)
            tip = " ".join((self._inverted_words(), tip)).strip()
        self.guess_title.setText(self._classes.guess_problem or with_step(one.step, text))
        self.guess_title.setToolTip(tip)
        set_kind(self.guess_title, "error" if unlike else "detail")

    def _inverted_words(self) -> str:
        return self.tr(
            "Black and white are exchanged: the examples are white on black, and this picture has "
            "a bright border."
        )

    def _unlike_words(self, novelty: Novelty) -> tuple[str, str]:
        """That the chances mean little, for the picture is none of those that were learned."""
        counts = str(novelty.nearer), str(novelty.compared)
        text = self.tr("unlike the training pictures")
        tip = self.tr(
            "Reduced to about 16 × 16 values and compared by brightness and by shape, {} of {} "
            "other examples are nearer to a training picture. The network names one of its "
            "classes whatever it is shown."
        ).format(*counts)
        return text, tip

    def _make_input(self, index: QModelIndex) -> None:
        self._classes.make_input(index.data(ClassRole.NUMBER))


class ExampleView(Guarded, QWidget):
    """The picture that is shown as the network gets it, each of its few pixels enlarged."""

    def __init__(self, classes: Classes) -> None:
        super().__init__()
        self._classes = classes
        self.setFixedSize(_EXAMPLE + 2, _EXAMPLE + 2)
        self.setAccessibleName(self.tr("The picture as the network gets it"))
        classes.guessed.connect(self._show)
        self._show(classes.guess)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._classes.guess is not None:
            square = QRectF(1, 1, _EXAMPLE, _EXAMPLE)
            painter = QPainter(self)
            painter.drawImage(square, image_of(self._classes.guess.example.pixels))
            painter.setPen(self.palette().mid().color())
            painter.drawRect(square.adjusted(-1, -1, 0, 0))

    def _show(self, guess: Guess | None) -> None:
        self.setVisible(guess is not None)
        if guess is not None:
            height, width, channels = guess.example.pixels.shape
            colour = self.tr("in colour") if channels == 3 else self.tr("grey")
            words = self.tr("The middle of the picture as the network gets it: {} × {} pixels, {}")
            self.setToolTip(words.format(width, height, colour))
        self.update()


class GuessView(Guarded, QWidget):
    """The chances of the picture that is shown: draw on the pad and watch them."""

    def __init__(self, classes: Classes, theming: Theming) -> None:
        super().__init__()
        self._theming = theming
        self.guess: Guess | None = classes.guess
        self.setMinimumWidth(64)
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
            paint_chances(
                painter, QRectF(self.rect()), self.guess.chances, theme.text, theme.accent
            )

    def _show(self, guess: Guess | None) -> None:
        self.guess = guess
        likely = () if guess is None else guess.chances[:3]
        self.setAccessibleDescription(
            ", ".join(f"{name} {localised(chance(c))}" for name, c in likely)
        )
        self.update()
