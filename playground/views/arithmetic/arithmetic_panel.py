"""One output value, taken apart into the sum that every number of a feature map is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from playground.core.explain.explain import OutputExplanation
from playground.core.numbers.number_text import format_weight
from playground.core.specs import ACTIVATION_NAMES
from playground.models.guard import Guarded
from playground.models.maps.explainer import Explainer
from playground.models.maps.player import Player
from playground.models.state.document import Document
from playground.models.words.local_numbers import decimal_comma, localised
from playground.views.arithmetic.equation_view import EquationView
from playground.views.arithmetic.play_controls import PlayControls
from playground.views.theme.theming import Theming
from playground.views.widgets.small_widgets import PanelHeader, label

_MARGIN, _SPACING = 14, 14
"""Pixels at the panel's sides, and between grids and result: as far as channels stand apart."""

_APART, _BELOW = 14, 1
"""Pixels between two labels beside each other, and below each other, where height is short."""


class _GridsRoom(Guarded, QScrollArea):
    """As wide as the grids are, or scrolled where there is less room."""

    def __init__(self, equation: EquationView) -> None:
        super().__init__()
        self._equation = equation
        self.setWidget(equation)
        # Queued: a layout that is just asking for the width would not notice the change.
        later = Qt.ConnectionType.QueuedConnection
        equation.wanted_width_changed.connect(self.updateGeometry, later)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("kind", "plain")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return self._equation.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())


class _ResultLine(Guarded, QWidget):
    """Labels beside each other at the height of the grids' middle, or below each other."""

    def __init__(self, labels: Sequence[QLabel]) -> None:
        super().__init__()
        self._labels = labels
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(_APART)
        for each in labels:
            self._row.addWidget(each, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)

    def line_width(self) -> int:
        """Pixels that all labels take in one line."""
        widths = [each.sizeHint().width() for each in self._labels if not each.isHidden()]
        return sum(widths) + _APART * (len(widths) - 1)

    def set_in_line(self, in_line: bool) -> None:
        """Stand in one line, or in a block."""
        direction = QBoxLayout.Direction
        wanted = direction.LeftToRight if in_line else direction.TopToBottom
        if wanted != self._row.direction():
            self._row.setDirection(wanted)
            self._row.setSpacing(_APART if in_line else _BELOW)
            for each in self._labels:
                each.setProperty("dense", not in_line)
                each.style().polish(each)


class ArithmeticPanel(Guarded, QWidget):
    """Read from left to right: the grids, their sum, the bias, the activation, the value."""

    def __init__(
        self, document: Document, explainer: Explainer, player: Player, theming: Theming
    ) -> None:
        super().__init__()
        self._document = document
        self.setProperty("kind", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.header = PanelHeader(self.tr("One output value"))
        self.header.detail.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.controls = PlayControls(player)
        self.equation = EquationView(theming)
        self.sum = label("", "number")
        self.bias = label("", "number")
        self.value = label("", "result")
        self.pooled = label("", "detail")
        self._pool_words = ("", "")
        self.hint = label(
            self.tr(
                "Point at a feature map or at the picture: the sum that makes this one pixel "
                "appears here. The arrow keys move it, Play slides the kernel over the picture."
            ),
            "detail",
        )
        self.hint.setWordWrap(True)
        self._compose()
        explainer.explained.connect(self._show)
        self.equation.weight_pointed.connect(self._point)
        document.selection.weight_changed.connect(self._mark)
        self._show(explainer.explanation)

    def _compose(self) -> None:
        self._scroll = _GridsRoom(self.equation)
        self._result = _ResultLine((self.sum, self.bias, self.value, self.pooled))
        top = QHBoxLayout()
        top.addWidget(self.header, 1)
        top.addWidget(self.controls)
        body = QHBoxLayout()
        body.setSpacing(_SPACING)
        body.addWidget(self.hint, 100)
        body.addWidget(self._scroll)
        body.addWidget(self._result, 0, Qt.AlignmentFlag.AlignVCenter)
        # The room that is left goes behind the value, so that the equation has no gap.
        body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 6, _MARGIN, 8)
        column.setSpacing(6)
        column.addLayout(top)
        column.addLayout(body, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """The result goes on in the grids' line where both fit, else it stands in a block."""
        room = self.contentsRect().width() - 2 * _MARGIN
        left = room - self.equation.needed_width() - _SPACING
        listed, short = self._pool_words
        self.pooled.setText(listed)
        in_line = self._result.line_width() <= left
        if not in_line and self.pooled.sizeHint().width() > left:
            self.pooled.setText(short)
        self._result.set_in_line(in_line)

    def _show(self, explanation: OutputExplanation | None) -> None:
        self.hint.setVisible(explanation is None)
        self._scroll.setVisible(explanation is not None)
        self._result.setVisible(explanation is not None)
        self.equation.show_explanation(explanation, deep=bool(self._document.layers_before))
        self._mark(self._document.selection.weight)
        if explanation is None:
            self.header.detail.clear()
            self.equation.setAccessibleDescription("")
            return
        name = self._document.conv.names[explanation.kernel]
        self.header.detail.setText(
            self.tr("row {}, column {} of map {} · {}").format(
                explanation.row, explanation.column, explanation.kernel, name
            )
        )
        block = self._document.block
        kind = block.activation.name
        activation = "" if kind == "none" else ACTIVATION_NAMES[kind]
        lines = equation_lines(explanation, activation)
        pooled = ("", "") if block.pool is None else pool_lines(explanation, block.pool.kind)
        for each, text in zip((self.sum, self.bias, self.value), lines, strict=True):
            each.setText(text)
        self._pool_words = pooled
        self.pooled.setToolTip(pooled[0])
        self.pooled.setVisible(block.pool is not None)
        self._arrange()
        self.equation.setAccessibleDescription(" ".join((*lines, pooled[0])).rstrip())

    def _point(self, tap: tuple[int, int] | None) -> None:
        """Point at the weight that is applied at a tap."""
        self._document.selection.set_weight(self._opposite(tap))

    def _mark(self, weight: tuple[int, int] | None) -> None:
        """Mark the tap at which a weight is applied."""
        self.equation.set_hot(self._opposite(weight))

    def _opposite(self, place: tuple[int, int] | None) -> tuple[int, int] | None:
        """A weight's tap and a tap's weight: the place turned by half a turn where kernels are.

        None where the kernels have become smaller since the arithmetic was shown.
        """
        rows, columns = self._document.conv.kernel_size
        if place is None or place[0] >= rows or place[1] >= columns:
            return None
        if not self._document.conv.flip:
            return place
        return rows - 1 - place[0], columns - 1 - place[1]


def equation_lines(explanation: OutputExplanation, activation: str) -> tuple[str, str, str]:
    """The sum, the bias and the value, as they follow each other."""
    total = f"Σ = {_written(explanation.sum)}"
    bias = f"+ bias {_written(explanation.bias)}"
    if not activation:
        return total, bias, f"= {_written(explanation.activated)}"
    bias += f" = {_written(explanation.pre_activation)}"
    return total, bias, f"→ {activation} → {_written(explanation.activated)}"


def _written(value: float) -> str:
    return localised(format_weight(value))


def pool_lines(explanation: OutputExplanation, kind: str) -> tuple[str, str]:
    """What pooling makes of the values in its window; then in less room, without them."""
    values = [_written(c.value) for c in explanation.candidates]
    apart = "; " if decimal_comma() else ", "
    listed = apart.join(values if len(values) <= 4 else [*values[:3], "…"])
    name = "max" if kind == "max" else "mean"
    what, result = f"{name} of {len(values)}", _written(explanation.value)
    return f"{what} ({listed}) = {result}", f"{what} = {result}"
