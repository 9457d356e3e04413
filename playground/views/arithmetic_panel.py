"""One output value, taken apart: what every number in a feature map is made of."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from playground.core.explain import OutputExplanation
from playground.core.number_text import format_weight
from playground.core.specs import ACTIVATION_NAMES
from playground.models.document import Document
from playground.models.explainer import Explainer
from playground.models.player import Player
from playground.views.equation_view import EquationView
from playground.views.parts import PanelHeader, label
from playground.views.play_controls import PlayControls
from playground.views.theming import Theming


class ArithmeticPanel(QWidget):
    """Grids on the left, the sum, the bias, the activation and the value on the right."""

    def __init__(
        self,
        document: Document,
        explainer: Explainer,
        player: Player,
        theming: Theming,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
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
        self._scroll = QScrollArea()
        self._scroll.setWidget(self.equation)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setProperty("kind", "plain")
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setMinimumHeight(84)
        self._result = QWidget()
        block = QVBoxLayout(self._result)
        block.setContentsMargins(0, 0, 0, 0)
        block.setSpacing(1)
        for each in (self.sum, self.bias, self.value, self.pooled):
            block.addWidget(each)
        block.addStretch(1)
        top = QHBoxLayout()
        top.addWidget(self.header, 1)
        top.addWidget(self.controls)
        body = QHBoxLayout()
        body.setSpacing(18)
        body.addWidget(self.hint, 1)
        body.addWidget(self._scroll, 1)
        body.addWidget(self._result)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 6, 14, 8)
        column.setSpacing(6)
        column.addLayout(top)
        column.addLayout(body, 1)

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
        pooled = "" if block.pool is None else pool_line(explanation, block.pool.kind)
        for each, text in zip((self.sum, self.bias, self.value), lines, strict=True):
            each.setText(text)
        self.pooled.setText(pooled)
        self.pooled.setVisible(block.pool is not None)
        self.equation.setAccessibleDescription(" ".join((*lines, pooled)).rstrip())

    def _point(self, tap: tuple[int, int] | None) -> None:
        """Point at the weight that is applied at a tap."""
        self._document.selection.set_weight(self._opposite(tap))

    def _mark(self, weight: tuple[int, int] | None) -> None:
        """Mark the tap at which a weight is applied."""
        self.equation.set_hot(self._opposite(weight))

    def _opposite(self, place: tuple[int, int] | None) -> tuple[int, int] | None:
        """A weight's tap and a tap's weight: the place turned by half a turn where kernels are."""
        if place is None or not self._document.conv.flip:
            return place
        rows, columns = self._document.conv.kernel_size
        return rows - 1 - place[0], columns - 1 - place[1]


def equation_lines(explanation: OutputExplanation, activation: str) -> tuple[str, str, str]:
    """The sum, the bias and the value, as they stand below each other."""
    shown = format_weight
    total = f"Σ = {shown(explanation.sum)}"
    bias = f"+ bias {shown(explanation.bias)} = {shown(explanation.pre_activation)}"
    arrow = f"→ {activation} → " if activation else "= "
    return total, bias, f"{arrow}{shown(explanation.activated)}"


def pool_line(explanation: OutputExplanation, kind: str) -> str:
    """What pooling makes of the values in its window."""
    values = [format_weight(c.value) for c in explanation.candidates]
    listed = ", ".join(values) if len(values) <= 4 else f"{', '.join(values[:3])}, …"
    name = "max" if kind == "max" else "mean"
    return f"{name} of {len(values)} ({listed}) = {format_weight(explanation.value)}"
