"""What learning is looked at by, for the back row: the curve, the classes, why a weight moves."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from playground.models.workbench import Workbench
from playground.views.present.scale import em
from playground.views.theme.theming import Theming
from playground.views.train.answer_view import ExampleView, GuessView
from playground.views.train.curve_plot import CurvePlot
from playground.views.train.pages.classes_page import ClassesPage
from playground.views.train.pages.why_page import WhyPage
from playground.views.widgets.small_widgets import bare, label

_WIDE = 1.3
"""Width in heights from which two parts stand beside each other."""

_LOW = 24
"""Lines of text in the height of a view below which nothing finds room below its pictures."""


def curve_pane(bench: Workbench, theming: Theming) -> CurvePlot:
    """Loss or accuracy; its few switches stay, for a class asks for them."""
    return CurvePlot(bench.training, bench.runs, bench.timeline, theming)


class WhyPane(WhyPage):
    """The pictures above the numbers, or beside them; which example it is stays as it was."""

    def _compose(self) -> None:
        self._body = QWidget()
        tools = QWidget(self)
        hidden = bare(QVBoxLayout(tools), 0)
        for each in (self.back, self.forward, self.bias, self.check):
            hidden.addWidget(each)
        tools.hide()
        pictures = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        pictures.setSpacing(8)
        self._signs: list[QLabel] = []
        for picture, sign in ((self.errors, "×"), (self.inputs, "="), (self.products, "")):
            pictures.addWidget(picture, 1)
            if sign:
                between = label(sign, "title")
                self._signs.append(between)
                pictures.addWidget(between, 0, Qt.AlignmentFlag.AlignTop)
        numbers = bare(QVBoxLayout(), 4)
        for text in (self.sums, self.rule, self.checked):
            numbers.addWidget(text)
        numbers.addStretch(1)
        self._halves = QBoxLayout(QBoxLayout.Direction.TopToBottom, self._body)
        self._halves.setContentsMargins(0, 0, 0, 0)
        self._halves.setSpacing(14)
        left = bare(QVBoxLayout(), 4)
        left.addLayout(pictures, 1)
        left.addWidget(self.where)
        self._halves.addLayout(left, 3)
        self._halves.addLayout(numbers, 0)
        whole = bare(QVBoxLayout(self), 6)
        whole.addWidget(label(self.tr("Why this weight moves"), "title"))
        whole.addWidget(self.example)
        whole.addWidget(self.hint)
        whole.addWidget(self._body, 1)

    def _arrange(self) -> None:
        low = self.height() < em(self, _LOW)
        direction = QBoxLayout.Direction
        self._halves.setDirection(direction.LeftToRight if low else direction.TopToBottom)
        self._halves.setStretch(1, 3 if low else 0)
        for each in self._signs:
            each.setContentsMargins(0, em(self, 4), 0, 0)


class ClassesPane(ClassesPage):
    """Who is taken for whom, and what the network says of the picture that is shown."""

    def __init__(self, bench: Workbench, theming: Theming) -> None:
        self._bench = bench
        self.example = ExampleView(bench.classes)
        self.guess = GuessView(bench.classes, theming)
        super().__init__(bench.classes, theming)

    def _compose(self) -> None:
        tools = QWidget(self)
        hidden = bare(QVBoxLayout(tools), 0)
        for each in (self.mistaken, self.list):
            hidden.addWidget(each)
        tools.hide()
        matrix = bare(QVBoxLayout(), 4)
        matrix.addWidget(self.problem)
        matrix.addWidget(self.matrix, 1)
        self._answer = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._answer.setSpacing(14)
        self._answer.addWidget(self.example)
        self._answer.addWidget(self.guess, 1)
        self._answer.addStretch(0)
        self._halves = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._halves.setSpacing(14)
        self._halves.addLayout(matrix, 3)
        self._halves.addLayout(self._answer, 1)
        top = bare(QHBoxLayout(), 14)
        for text in (label(self.tr("Classes"), "title"), self.at, self.axes):
            top.addWidget(text)
        top.addStretch(1)
        whole = bare(QVBoxLayout(self), 6)
        whole.addLayout(top)
        whole.addLayout(self._halves, 1)

    def _place_axes(self, beside: int) -> None:
        """Beside the title."""
        self.axes.setText(f"{self._is} · {self._said}")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._bench.classes.one.set_watched(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._bench.classes.one.set_watched(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() > _WIDE * self.height()
        direction = QBoxLayout.Direction
        self._halves.setDirection(direction.LeftToRight if wide else direction.TopToBottom)
        self._answer.setDirection(direction.TopToBottom if wide else direction.LeftToRight)
        self.example.set_side(em(self, 9 if wide else 5.6))
        self.guess.setFixedHeight(em(self, 5.6))
        self._answer.setStretch(2, 1 if wide else 0)
        self.cell = em(self, 1.7)
        self._make_room()
