"""What one kernel is to find: the target, the prediction, their difference, and both kernels."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from playground.core.convolution import conv2d
from playground.core.errors import PlaygroundError
from playground.core.layer_input import layer_input
from playground.core.specs import FloatArray
from playground.core.tasks import Task
from playground.models.guard import Guarded
from playground.models.training.fit_words import fit_text
from playground.models.training.training import Training
from playground.views.parts import label
from playground.views.theming import Theming
from playground.views.value_picture import ValuePicture

_REDRAW_MS = 120
_SIDE = 256
"""Pixels of the picture's middle that are compared."""


class TargetPage(Guarded, QWidget):
    """For the tasks that are learned from one picture."""

    def __init__(self, training: Training, theming: Theming, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._training = training
        self.target = ValuePicture(self.tr("target"), theming)
        self.prediction = ValuePicture(self.tr("prediction"), theming)
        self.error = ValuePicture(self.tr("error"), theming)
        self.goal = ValuePicture(self.tr("hidden kernel"), theming)
        self.learner = ValuePicture(self.tr("learner"), theming)
        self.verdict = label("", "detail")
        self.verdict.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(8)
        for picture in (self.target, self.prediction, self.error, self.goal, self.learner):
            row.addWidget(picture, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row, 1)
        column.addWidget(self.verdict)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_REDRAW_MS)
        self._timer.timeout.connect(self.redraw)
        training.shown_changed.connect(self._plan)
        training.task_changed.connect(self._follow_task)
        self._follow_task(training.task)

    def redraw(self) -> None:
        """Compare as things are now."""
        task = self._training.task
        if task is None or task.before is None or task.after is None:
            return
        if task.kind == "denoise":
            self._compare_restored(task)
        else:
            self._compare_kernels(task)

    def _compare_kernels(self, task: Task) -> None:
        conv = self._training.network.first_conv
        assert task.before is not None
        assert task.after is not None
        size = _size_between(task.before, task.after)
        if conv.kernel.shape[:3] != (*size, task.before.shape[2]):
            text = self.tr(
                "The target was made by a kernel of {} × {}: give the first layer's kernel this "
                "size to compare."
            )
            self._leave_empty(text.format(*size))
            return
        kernel = conv.kernel[::-1, ::-1] if conv.flip else conv.kernel
        after = _middle(task.after, _SIDE)
        height, width = conv.kernel_size
        rows, columns = task.after.shape[:2]
        top, left = (rows - after.shape[0]) // 2, (columns - after.shape[1]) // 2
        patch = task.before[
            top : top + after.shape[0] + height - 1, left : left + after.shape[1] + width - 1
        ]
        kernels = after.shape[2]
        made = conv2d(patch, kernel[..., :kernels], conv.bias[:kernels], padding="valid")
        self._show(after[:, :, 0], made[0])
        shown = kernel[:, :, :, 0].mean(axis=2)
        if task.goal is not None:
            wanted = task.goal.kernel[:, :, :, 0].mean(axis=2)
            level = float(max(np.abs(wanted).max(), np.abs(shown).max()))
            self.goal.show_values(wanted, level)
            self.learner.show_values(shown, level)
            distance = float(np.abs(task.goal.kernel - kernel[..., :1]).max())
            self.verdict.setText(
                self.tr("Largest difference between the two kernels: {:.4f}").format(distance)
            )
        else:
            self.learner.show_values(shown)
            self.verdict.setText(self._judgement(task, patch, after, made))

    def _compare_restored(self, task: Task) -> None:
        network = self._training.network
        assert task.before is not None
        assert task.after is not None
        values = _middle(task.before, _SIDE)
        try:
            values = layer_input(np.ascontiguousarray(values), network.layers)
        except PlaygroundError as error:
            self._leave_empty(str(error))
            return
        wanted = _middle(task.after, _SIDE)[:, :, 0]
        if values.shape[:2] != wanted.shape:
            self._leave_empty(self.tr("The network's output is not as large as its input."))
            return
        self._show(wanted, values[:, :, 0])
        before = float(np.sqrt(np.mean((_middle(task.before, _SIDE)[:, :, 0] - wanted) ** 2)))
        after = float(np.sqrt(np.mean((values[:, :, 0] - wanted) ** 2)))
        self.verdict.setText(
            self.tr(
                "Error of the spoiled picture {:.2f}, of the restored one {:.2f} grey levels"
            ).format(255 * before, 255 * after)
        )

    def _leave_empty(self, why: str) -> None:
        """Show no comparison, and say why there is none."""
        for picture in (self.prediction, self.error, self.learner):
            picture.show_values(None)
        self.verdict.setText(why)

    def _show(self, wanted: FloatArray, made: FloatArray) -> None:
        level = float(max(np.abs(wanted).max(), 1e-6))
        self.target.show_values(wanted, level)
        self.prediction.show_values(made, level)
        self.error.show_values(made - wanted)

    def _judgement(self, task: Task, patch: FloatArray, after: FloatArray, made: FloatArray) -> str:
        """What remains, what the best kernel leaves of the same pixels, and what that means."""
        fit = task.fit
        if fit is None or made.shape[0] != after.shape[2]:
            return ""
        best = conv2d(patch, fit.kernel, fit.bias, padding="valid")
        values = (after > 0) & (after < 1)
        remains, least = (
            255 * float(np.sqrt(np.mean((after - out.transpose(1, 2, 0))[values] ** 2)))
            if values.any()
            else 0.0
            for out in (made, best)
        )
        text = self.tr("Remaining error {:.2f} grey levels, of the fitted kernel {:.2f}. ")
        return text.format(remains, least) + fit_text(fit)

    def _plan(self, _news: object = None) -> None:
        if self.isVisible() and not self._timer.isActive():
            self._timer.start()

    def _follow_task(self, task: Task | None) -> None:
        self.goal.setVisible(task is not None and task.goal is not None)
        self.learner.setVisible(task is not None and task.kind != "denoise")
        self._timer.start()


def _size_between(before: FloatArray, after: FloatArray) -> tuple[int, int]:
    """(rows, columns) of the kernel that leads from `before` to `after`, both (H, W, C)."""
    return before.shape[0] - after.shape[0] + 1, before.shape[1] - after.shape[1] + 1


def _middle(values: FloatArray, side: int) -> FloatArray:
    """The middle of a picture (H, W, C), at most side × side."""
    height, width = values.shape[:2]
    top, left = max(0, (height - side) // 2), max(0, (width - side) // 2)
    return values[top : top + side, left : left + side]
