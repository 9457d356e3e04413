"""Settings as chips: the name and the value in one flat control, "padding same ▾"."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPaintEvent, QPolygon
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionSpinBox,
    QStylePainter,
)

from playground.models.guard import Guarded
from playground.views.widgets.number_field import NumberField

_LEFT = 7
"""Pixels before the name: the style sheet's border and padding, and one more."""
_ARROW_ROOM = 16
"""Pixels for the arrow, as wide as the style sheet makes the part to click."""


class ChipCombo(Guarded, QComboBox):
    """One of several choices; as wide as its name and the choice that is made."""

    chosen = Signal(object)
    """The value that the user has chosen."""

    def __init__(self, name: str, choices: Mapping[object, tuple[str, str]]) -> None:
        """`choices` maps each value to its text and the tooltip that explains it."""
        super().__init__()
        self._name = name
        self.setProperty("kind", "chip")
        for value, (text, tip) in choices.items():
            self.addItem(text, value)
            self.setItemData(self.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        self.currentIndexChanged.connect(self.updateGeometry)
        self.activated.connect(self._tell)

    def choose(self, value: object) -> None:
        """Show the choice that stands for `value`, without telling anyone."""
        for index in range(self.count()):
            if self.itemData(index) == value and index != self.currentIndex():
                self.setCurrentIndex(index)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(self._words()) + _LEFT + _ARROW_ROOM + 4
        return QSize(width, metrics.height() + 8)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = ""
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        palette, box = self.palette(), self.rect().adjusted(_LEFT, 0, -_ARROW_ROOM, 0)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        if self._name:
            painter.setPen(palette.placeholderText().color())
            painter.drawText(box, middle, self._name)
            box.setLeft(box.left() + self.fontMetrics().horizontalAdvance(f"{self._name} "))
        painter.setPen(palette.text().color())
        painter.drawText(box, middle, self.currentText())
        right = QPoint(self.width() - _ARROW_ROOM // 2 - 2, self.height() // 2)
        _paint_arrow(painter, right, 1, palette.placeholderText().color())

    def _tell(self, index: int) -> None:
        self.chosen.emit(self.itemData(index))

    def _words(self) -> str:
        return f"{self._name} {self.currentText()}" if self._name else self.currentText()


class ChipText(Guarded, QLineEdit):
    """Something to type; as wide as the longest that is usual."""

    def __init__(self, longest: str) -> None:
        super().__init__()
        self._longest = longest
        self.setProperty("kind", "chip")

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(self._longest) + 2 * _LEFT + 4
        return QSize(width, metrics.height() + 8)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class ChipNumber(NumberField):
    """A number, whole or with decimals; as wide as its longest."""

    left = Signal()
    """The pointer or the focus has gone: what comes next is undone by itself."""

    def __init__(
        self,
        name: str,
        low: float,
        high: float,
        *,
        decimals: int = 0,
    ) -> None:
        super().__init__(decimals)
        self._name = name
        self.setProperty("kind", "chip")
        self.setSingleStep(0.05 if decimals else 1)
        self.setRange(low, high)
        self._fit()

    def show_value(self, value: float) -> None:
        """Show `value` without telling anyone."""
        if self.value() != value:
            was_blocked = self.blockSignals(True)
            self.setValue(value)
            self.blockSignals(was_blocked)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        longest = f"{self._name} {self.maximum():.{self.decimals()}f}"
        width = metrics.horizontalAdvance(longest) + _LEFT + _ARROW_ROOM + 8
        return QSize(width, metrics.height() + 8)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.left.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        option = QStyleOptionSpinBox()
        self.initStyleOption(option)
        painter, palette = QPainter(self), self.palette()
        painter.setPen(palette.placeholderText().color())
        painter.drawText(
            self.rect().adjusted(_LEFT, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._name
        )
        flag, control = QAbstractSpinBox.StepEnabledFlag, QStyle.ComplexControl.CC_SpinBox
        for part, direction, enabled in (
            (QStyle.SubControl.SC_SpinBoxUp, -1, flag.StepUpEnabled),
            (QStyle.SubControl.SC_SpinBoxDown, 1, flag.StepDownEnabled),
        ):
            box = self.style().subControlRect(control, option, part, self)
            colour = palette.placeholderText() if self.stepEnabled() & enabled else palette.mid()
            _paint_arrow(painter, box.center(), direction, colour.color())

    def _fit(self) -> None:
        """Leave room for the name, which is painted below the field."""
        name = self.fontMetrics().horizontalAdvance(f"{self._name} ")
        self.lineEdit().setTextMargins(_LEFT - 1 + name, 0, 0, 0)
        self.updateGeometry()


def _paint_arrow(painter: QPainter, middle: QPoint, direction: int, colour: QColor) -> None:
    """A small triangle that points down (1) or up (-1)."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    x, y = middle.x(), middle.y()
    tip, base = y + 2 * direction, y - 2 * direction
    painter.drawPolygon(QPolygon([QPoint(x - 4, base), QPoint(x + 4, base), QPoint(x, tip)]))
