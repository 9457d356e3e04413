"""One output value as a sum that the back row can add up: whole, or part by part."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from playground.core.explain.explain import OutputExplanation
from playground.core.explain.partial_sums import PartialSum
from playground.core.numbers.number_text import format_weight
from playground.core.specs import ACTIVATION_NAMES
from playground.models.guard import Guarded
from playground.models.maps.sum_steps import SumSteps
from playground.models.words.local_numbers import localised
from playground.models.workbench import Workbench
from playground.views.arithmetic.arithmetic_panel import equation_lines, pool_lines
from playground.views.kernel.channel_grids import channel_names
from playground.views.present.scale import em
from playground.views.present.sum_plan import SumPlan, plan_sum
from playground.views.theme.theme import text_on, value_look
from playground.views.theme.theming import Theming
from playground.views.widgets.cell_text import plain_style
from playground.views.widgets.small_widgets import bare, label

_NAMES = ("patch", "weights", "products")
_SIGNS = ("", "×", "=")
_PADDING = 10
"""Pixels beside the widest number of a cell."""

_LARGER = 1.5, 1.35, 1.2, 1.0
"""How much larger than ordinary text the digits may be; the last always."""

_APART = 18
"""Pixels between the grids and the result beside them."""


class SumGrids(Guarded, QWidget):
    """Paints one part of a sum: patch × weights = products."""

    def __init__(self, steps: SumSteps, theming: Theming, *, deep: bool = False) -> None:
        super().__init__()
        self._steps, self._theming = steps, theming
        self.deep = deep
        """Whether the input is maps: then it has signs and colours."""
        self.digits = self.font()
        self.plan: SumPlan | None = None
        """Where everything stands; None where nothing is explained."""
        self.setAccessibleName(self.tr("The sum under the kernel"))
        theming.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(em(self, 20), em(self, 6))

    def minimumSizeHint(self) -> QSize:
        return QSize(em(self, 10), em(self, 5))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.arrange()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._steps.move(1)

    def arrange(self) -> None:
        """Plan anew for the value that is explained now, with digits as large as fit."""
        explanation = self._steps.explanation
        self.plan = None
        if explanation is not None:
            rows, columns = explanation.inside.shape
            room = float(self.width()), float(self.height())
            plans = []
            for larger in _LARGER:
                font = QFont(self.font())
                font.setPointSizeF(larger * font.pointSizeF())
                cell = self.least_cell(explanation, font)
                plans.append((plan_sum((rows, columns), room, cell, em(self, 1.3)), font))
            whole = (each for each in plans if each[0].fits(rows, room))
            parts = (each for each in plans if each[0].fits(1, room))
            self.plan, self.digits = next(whole, next(parts, plans[-1]))
            self._steps.set_rows(self.plan.rows)
        self.update()

    def least_cell(self, explanation: OutputExplanation, font: QFont) -> tuple[float, float]:
        """(width, height) in pixels that every number of the value needs."""
        metrics = QFontMetricsF(font)
        texts = (self._texts(explanation, name).ravel() for name in _NAMES)
        widest = max(metrics.horizontalAdvance(text) for each in texts for text in each)
        return widest + _PADDING, 1.35 * metrics.height()

    def paintEvent(self, event: QPaintEvent) -> None:
        explanation, part, plan = self._steps.explanation, self._steps.shown, self.plan
        if explanation is None or part is None or plan is None:
            return
        painter = QPainter(self)
        painter.setFont(self.digits)
        for number, name in enumerate(_NAMES):
            extent = max(float(np.abs(getattr(explanation, name)).max()), 1e-9)
            if name == "patch" and not self.deep:
                extent = 0.0
            self._paint_grid(painter, plan, number, part, extent)
            painter.setPen(QColor(self._theming.theme.text))
            place = plan.sign_place(number)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, _SIGNS[number])

    def _paint_grid(
        self,
        painter: QPainter,
        plan: SumPlan,
        number: int,
        part: OutputExplanation,
        extent: float,
    ) -> None:
        """One grid (rows, kw, 1); an extent of 0 stands for grey from 0 to 1."""
        values = getattr(part, _NAMES[number])[..., 0]
        texts = self._texts(part, _NAMES[number])[..., 0]
        for row, column in np.ndindex(values.shape):
            value = float(values[row, column])
            box = plan.cell_at(number, row, column).adjusted(1.5, 1.5, -1.5, -1.5)
            if extent:
                fill, ink = value_look(self._theming.theme, value, extent)
            else:
                grey = round(255 * min(max(value, 0.0), 1.0))
                fill = QColor(grey, grey, grey)
                ink = text_on(fill)
            painter.setPen(QColor(self._theming.theme.border))
            painter.setBrush(fill)
            painter.drawRoundedRect(box, 4, 4)
            painter.setPen(ink)
            painter.drawText(QRectF(box), Qt.AlignmentFlag.AlignCenter, str(texts[row, column]))

    def _texts(self, explanation: OutputExplanation, name: str) -> np.ndarray:
        """The numbers of one grid as they are written; grey values without a sign."""
        values = getattr(explanation, name)
        plain = name == "patch" and not self.deep
        numbers = [float(value) + 0.0 for value in values.ravel()]
        style = plain_style(numbers if name == "weights" else [0.5])
        written = [style(number) for number in numbers]
        if plain:
            written = [text.lstrip("+") for text in written]
        return np.array(written, dtype=object).reshape(values.shape)


class SumPane(Guarded, QWidget):
    """Which value it is, the numbers, the subtotal where they are a part, and the result."""

    def __init__(self, bench: Workbench, theming: Theming) -> None:
        super().__init__()
        self._document = bench.document
        self.steps = SumSteps(bench.document, bench.explainer, self)
        self.title = label("", "title")
        self.title.setWordWrap(True)
        self.grids = SumGrids(self.steps, theming)
        self.subtotal = label("")
        self.subtotal.setWordWrap(True)
        self.result = label("", "result")
        self.result.setWordWrap(True)
        self.beside = label("", "result")
        """The result in lines, where there is room beside the grids."""
        row = QHBoxLayout()
        row.setSpacing(_APART)
        row.addWidget(self.grids, 1)
        row.addWidget(self.beside)
        column = bare(QVBoxLayout(self), 6)
        column.addWidget(self.title)
        column.addLayout(row, 1)
        column.addWidget(self.subtotal)
        column.addWidget(self.result)
        self.steps.changed.connect(self._show)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show()

    def _show(self) -> None:
        if not self.isVisible():
            return  # In Explore values are explained at every move of the pointer.
        explanation = self.steps.explanation
        if explanation is None:
            for each in (self.subtotal, self.result, self.beside):
                each.setVisible(False)
            self.title.setText(
                self.tr("Point at a feature map or at the picture: here stands its sum.")
            )
            self.grids.arrange()
            return
        title = self.tr("One output value: row {}, column {} of map {}")
        self.title.setText(title.format(explanation.row, explanation.column, explanation.kernel))
        self.grids.deep = bool(self._document.layers_before)
        lines = self._lines(explanation)
        lines = [line.replace("-", "−") for line in lines]
        self.beside.setText("\n".join(lines))
        self.result.setText(" ".join(lines))
        self.grids.arrange()
        self._place_result(explanation)
        parts = self.steps.parts
        if len(parts) > 1:
            self.subtotal.setText(self._words(parts, self.steps.index))
        self.subtotal.setVisible(len(parts) > 1)
        self.grids.update()

    def _place_result(self, explanation: OutputExplanation) -> None:
        """Beside whole grids where both fit, else below."""
        _, columns, channels = explanation.patch.shape
        grids = 3 * columns * self.grids.least_cell(explanation, self.grids.font())[0] + 2 * em(
            self, 1.3
        )
        room = self.width() - self.beside.sizeHint().width() - _APART
        beside = channels == 1 and grids <= room
        self.beside.setVisible(beside)
        self.result.setVisible(not beside)

    def _lines(self, explanation: OutputExplanation) -> list[str]:
        block = self._document.block
        kind = block.activation.name
        activation = "" if kind == "none" else ACTIVATION_NAMES[kind]
        lines = list(equation_lines(explanation, activation))
        if block.pool is not None:
            lines.append(pool_lines(explanation, block.pool.kind)[1])
        return lines

    def _words(self, parts: tuple[PartialSum, ...], index: int) -> str:
        """Which part it is, what it adds up to, and the sum so far."""
        part, names = parts[index], channel_names(self._document)
        rows = len([each for each in parts if each.channel == part.channel])
        where = []
        if len(parts) > rows:
            where.append(self.tr("channel {}").format(names[part.channel]))
        if rows > 1:
            one = part.last - part.first == 1
            text = self.tr("row {}") if one else self.tr("rows {} to {}")
            where.append(text.format(part.first + 1, part.last))
        before = part.running - part.subtotal
        sums = before, part.subtotal, part.running
        written = [localised(format_weight(each)).replace("-", "−") for each in sums]
        subtotal = self.tr("{} ({} of {}): {}").format(
            ", ".join(where), index + 1, len(parts), written[1]
        )
        running = self.tr("so far {} {} = {}").format(*written)
        return f"{subtotal}   ·   {running}"
