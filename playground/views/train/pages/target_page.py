"""What the network is to make of the task's picture, what it makes, the difference, the kernels."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from playground.core.pair_fit import PairFit
from playground.core.specs import FloatArray
from playground.core.tasks.comparison import Comparison
from playground.models.training.inspect.target import Target, TargetReport
from playground.models.words.claim_words import claim_text, with_step
from playground.models.words.local_numbers import Local
from playground.views.pictures.value_picture import ValuePicture
from playground.views.theme.theming import Theming
from playground.views.widgets.quiet_label import QuietLabel
from playground.views.widgets.small_widgets import WatchingPage, bare

_SMALLEST = 0.0001
"""The least difference of kernels that four decimals can show."""

_LEAST_LINES, _MOST_LINES = 2, 5
"""How many lines the verdict has, by the height of the page."""


class TargetPage(WatchingPage):
    """For the tasks that are learned from one picture."""

    def __init__(self, target: Target, theming: Theming) -> None:
        super().__init__(target)
        self._target = target
        self.target = ValuePicture(self.tr("target"), theming)
        self.prediction = ValuePicture(self.tr("prediction"), theming)
        self.error = ValuePicture(self.tr("error"), theming)
        self.goal = ValuePicture(self.tr("hidden kernel"), theming)
        self.learner = ValuePicture(self.tr("learner"), theming)
        for kernels in (self.goal, self.learner):
            kernels.setToolTip(
                self.tr(
                    "A row for each kernel, a column for each channel; in a picture of colours "
                    "these are red, green and blue"
                )
            )
        self.verdict = QuietLabel(theming, lines=_LEAST_LINES)
        row = QHBoxLayout()
        row.setSpacing(8)
        for picture in (self.target, self.prediction, self.error, self.goal, self.learner):
            row.addWidget(picture, 1)
        column = bare(QVBoxLayout(self), 4)
        column.addLayout(row, 1)
        column.addWidget(self.verdict)
        target.changed.connect(self._show)
        self._show(target.answer)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_height()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._share_height()

    def _share_height(self) -> None:
        """Give the verdict a third; what does not fit is shortened, and whole under the pointer."""
        line = self.fontMetrics().lineSpacing()
        self.verdict.setMinimumHeight(_LEAST_LINES * line)
        self.verdict.set_lines(max(_LEAST_LINES, min(self.height() // 3 // line, _MOST_LINES)))

    def _show(self, report: TargetReport | None) -> None:
        task, asked = self._target.task, self._target
        self.goal.setVisible(task is not None and task.hidden is not None)
        self.learner.setVisible(task is not None and not task.restores)
        if report is None:
            for picture in (self.target, self.prediction, self.error, self.goal, self.learner):
                picture.show_values(None)
            self.verdict.setText(asked.problem)
            return
        found = report.comparison
        finite = found.rms is not None and bool(np.isfinite(found.rms))
        level = max(_largest(found.target), 1e-6)
        self.target.show_values(_maps(found.target), level)
        self.prediction.show_values(_maps(found.made) if finite else None, level)
        self.error.show_values(_maps(found.error) if finite else None)
        level = max(_largest(found.hidden), _largest(found.learner))
        for picture, kernels in ((self.goal, found.hidden), (self.learner, found.learner)):
            whole = kernels is not None and bool(np.isfinite(kernels).all())
            picture.show_values(_kernels(kernels) if whole else None, level)
        self.verdict.setText(with_step(asked.step, self._words(report, finite)))

    def _words(self, report: TargetReport, finite: bool) -> str:
        found = report.comparison
        if found.made is None:
            return self._why_not(report)
        if not finite:
            return self.tr("Some of the network's outputs are not finite numbers.")
        fit = report.task.best
        if fit is not None:
            text = self._judgement(found, fit)
        elif found.rms_before is not None:
            text = self._better_or_worse(found, found.rms_before)
        else:
            text = self._kernels_apart(found)
        if found.whole:
            return text
        rows, columns = found.target.shape[:2]
        return f"{text} {self.tr('(In the middle {} × {} pixels.)').format(rows, columns)}"

    def _why_not(self, report: TargetReport) -> str:
        found = report.comparison
        text = self.tr("The network makes {} of the picture, but the target is {}.")
        text = text.format(_by(found.made_shape), _by(found.target_shape))
        if found.hidden is None:
            return text
        how = self.tr("The target was made by a kernel of {}.")
        return f"{how.format(_by(found.hidden.shape[:2]))} {text}"

    def _kernels_apart(self, found: Comparison) -> str:
        if found.distance is not None:
            text = self.tr("Largest difference between the two kernels: {}")
            small = 0 < found.distance < _SMALLEST
            return text.format(f"< {Local(_SMALLEST)}" if small else f"{Local(found.distance):.4f}")
        assert found.hidden is not None
        assert found.learner is not None
        assert found.rms is not None
        text = self.tr(
            "The hidden kernel is {}, the kernels of the first layer are {}: only the outputs can "
            "be compared, and differ by {:.4f} (root mean square)."
        )
        return text.format(_by(found.hidden.shape), _by(found.learner.shape), Local(found.rms))

    def _better_or_worse(self, found: Comparison, rms_before: float) -> str:
        assert found.rms is not None
        before, after = (f"{Local(255 * error):.2f}" for error in (rms_before, found.rms))
        if before == after:
            words = self.tr("no better and no worse.")
        elif found.rms < rms_before:
            words = self.tr("better.")
        else:
            words = self.tr("worse than before.")
        text = self.tr("Error of the spoiled picture {}, of the restored one {} grey levels:")
        return f"{text.format(before, after)} {words}"

    def _judgement(self, found: Comparison, fit: PairFit) -> str:
        """What remains, what the best kernel leaves of the same pixels, and what that means."""
        assert found.rms is not None
        assert found.rms_fitted is not None
        text = self.tr("Remaining error {:.2f} grey levels, of the fitted kernel {:.2f}. ")
        text = text.format(Local(255 * found.rms), Local(255 * found.rms_fitted))
        return text + " ".join(map(claim_text, fit.claims))


def _by(shape: tuple[int, ...]) -> str:
    return " × ".join(map(str, shape))


def _largest(values: FloatArray | None) -> float:
    finite = None if values is None else values[np.isfinite(values)]
    return 0.0 if finite is None or not finite.size else float(np.abs(finite).max())


def _maps(values: FloatArray | None) -> FloatArray | None:
    """(H, W, C) as tiles side by side, one for each channel."""
    return None if values is None else values.transpose(2, 0, 1)[np.newaxis]


def _kernels(values: FloatArray | None) -> FloatArray | None:
    """(kh, kw, C_in, C_out) as tiles: a row for each kernel, a column for each channel."""
    return None if values is None else values.transpose(3, 2, 0, 1)
