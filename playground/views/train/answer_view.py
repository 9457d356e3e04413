"""What the network says of the picture that is shown, and the picture as the network sees it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from playground.core.claims import chance
from playground.core.explain.novelty import Novelty
from playground.core.tasks import ClassTask, Task
from playground.models.guard import Guarded
from playground.models.training.inspect.classes import Classes
from playground.models.training.inspect.guessing import Guess
from playground.models.words.claim_words import with_step
from playground.models.words.local_numbers import localised
from playground.views.theme.theming import Theming
from playground.views.train.pages.class_delegates import image_of, paint_chances
from playground.views.widgets.small_widgets import WatchingPage, bare, set_kind

_EXAMPLE = 56
"""Side of the picture as the network sees it, in pixels: 28 of its own, doubled."""


class AnswerTitle(Guarded, QLabel):
    """One line, whatever it says, so that the bars below it never move; its tip says it whole."""

    _LINES = 1

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "detail")
        self.setAlignment(Qt.AlignmentFlag.AlignTop)

    def heightForWidth(self, width: int) -> int:
        return self._LINES * self.fontMetrics().lineSpacing()


class AnswerView(WatchingPage):
    """Below the picture while a task has classes: what it is taken for, and how it is seen."""

    def __init__(self, classes: Classes, theming: Theming) -> None:
        super().__init__(classes.one)
        self._classes = classes
        self.title = AnswerTitle()
        self.example = ExampleView(classes)
        self.guess = GuessView(classes, theming)
        shown = bare(QHBoxLayout(), 8)
        shown.addWidget(self.example, 0, Qt.AlignmentFlag.AlignTop)
        shown.addWidget(self.guess, 1)
        column = bare(QVBoxLayout(self), 2)
        column.addWidget(self.title)
        column.addLayout(shown)
        classes.guessed.connect(self._say_guess)
        self._say_guess()

    def follow_task(self, task: Task | None) -> None:
        """Be there for tasks with classes only."""
        self.setVisible(isinstance(task, ClassTask))

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
        self.title.setText(self._classes.guess_problem or with_step(one.step, text))
        self.title.setToolTip(tip)
        set_kind(self.title, "error" if unlike else "detail")

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


class ExampleView(Guarded, QWidget):
    """The picture that is shown as the network gets it, each of its few pixels enlarged."""

    def __init__(self, classes: Classes) -> None:
        super().__init__()
        self._classes = classes
        self.set_side(_EXAMPLE)
        self.setAccessibleName(self.tr("The picture as the network gets it"))
        classes.guessed.connect(self._show)
        self._show(classes.guess)

    def set_side(self, side: int) -> None:
        """Be so many pixels large, and a frame."""
        self.setFixedSize(side + 2, side + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._classes.guess is not None:
            square = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter = QPainter(self)
            painter.drawImage(square, image_of(self._classes.guess.example.pixels))
            painter.setPen(self.palette().mid().color())
            painter.drawRect(square.adjusted(-1, -1, 0, 0))

    def _show(self, guess: Guess | None) -> None:
        # Before it has found its place, it would be shown as a window of its own.
        if guess is None or self.parentWidget() is not None:
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
        self.setFixedHeight(_EXAMPLE + 2)
        self.setAccessibleName(self.tr("Classes of the picture that is shown"))
        self.setToolTip(
            self.tr("What the network takes the input for; press Draw and write a digit")
        )
        classes.guessed.connect(self._show)
        theming.changed.connect(self.update)

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
