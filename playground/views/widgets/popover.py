"""Small cards that open at a control and act while they are open; one of them asks for numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QFrame,
    QGridLayout,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from playground.core.presets import Parameter
from playground.models.guard import Guarded
from playground.models.kernels.bank_changes import Gesture
from playground.models.kernels.kernel_edits import KernelEdits
from playground.views.widgets.number_field import NumberField
from playground.views.widgets.small_widgets import label

Apply = Callable[[dict[str, float], Gesture], object]

_LARGEST_FACTOR = 10.0
"""A weight ten times as large dwarfs the others: more would be typed, not tried out."""


class Card(Guarded, QFrame):
    """Opens at a control; a click beside it or Esc closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._opener = parent
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("kind", "card")
        self.content = QVBoxLayout(self)
        self.content.setContentsMargins(12, 10, 12, 10)
        self.content.setSpacing(8)

    def open_below(self, opener: QWidget) -> None:
        """Show below a control, or above it where there is no room."""
        self.open_at(QRect(opener.mapToGlobal(QPoint(0, 0)), opener.size()))

    def open_at(self, place: QRect) -> None:
        """Show below `place`, in global coordinates, or above it where there is no room."""
        self.adjustSize()
        room = self._opener.screen().availableGeometry()
        left = max(room.left(), min(place.left(), room.right() - self.width()))
        top = place.bottom() + 4
        if top + self.height() > room.bottom():
            top = max(room.top(), place.top() - self.height() - 4)
        self.move(QPoint(left, top))
        self.show()
        self.focusNextChild()


class Popover(Card):
    """Enter closes it, too; Esc takes back what it did, which is one gesture."""

    def __init__(self, edits: KernelEdits, parent: QWidget) -> None:
        super().__init__(parent)
        self._edits = edits
        self._gesture = edits.new_gesture()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._edits.cancel(self._gesture)
            self.close()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close()
        else:
            super().keyPressEvent(event)


class ParameterRow(Guarded, QObject):
    """One number: its name, a slider over its range and a field to type it in."""

    changed = Signal()

    def __init__(self, parameter: Parameter, value: float, parent: QWidget) -> None:
        super().__init__(parent)
        self.parameter = parameter
        self._notch = {"odd": 2.0, "int": 1.0, "angle": 5.0}.get(parameter.kind, 0.05)
        self.name = label(parameter.label)
        self.field = self._field()
        self.slider = QSlider(Qt.Orientation.Horizontal)
        span = parameter.maximum - parameter.minimum
        self.slider.setRange(0, round(span / self._notch))
        self.slider.setMinimumWidth(110)
        for control in (self.field, self.slider):
            control.setAccessibleName(parameter.label)
            control.setToolTip(
                self.tr("{}: drag or type, and watch the feature map").format(parameter.label)
            )
        self.set_value(value)
        self.slider.valueChanged.connect(self._slid)
        self.field.valueChanged.connect(self._typed)

    @property
    def value(self) -> float:
        """The number now."""
        return float(self.field.value())

    def set_value(self, value: float) -> None:
        """Show `value`."""
        self.field.setValue(value)
        self._place_slider()

    def _field(self) -> NumberField:
        parameter = self.parameter
        made = NumberField({"odd": 0, "int": 0, "angle": 1}.get(parameter.kind, 3))
        made.setRange(parameter.minimum, parameter.maximum)
        made.setSingleStep(self._notch)
        made.setWrapping(parameter.kind == "angle")
        made.setSuffix(parameter.unit)
        made.setStepType(QAbstractSpinBox.StepType.DefaultStepType)
        return made

    def _slid(self, position: int) -> None:
        self.set_value(self.parameter.minimum + position * self._notch)

    def _typed(self) -> None:
        if self.parameter.kind == "odd" and int(self.value) % 2 == 0:
            self.field.setValue(int(self.value) + 1)
            return
        self._place_slider()
        self.changed.emit()

    def _place_slider(self) -> None:
        self.slider.blockSignals(True)
        self.slider.setValue(round((self.value - self.parameter.minimum) / self._notch))
        self.slider.blockSignals(False)


class ParameterPopover(Popover):
    """Applies its numbers from the moment it opens; all of it is undone together."""

    def __init__(
        self,
        title: str,
        parameters: Sequence[Parameter],
        apply: Apply,
        edits: KernelEdits,
        parent: QWidget,
    ) -> None:
        super().__init__(edits, parent)
        self._apply = apply
        self.content.addWidget(label(title, "title"))
        self.rows = {p.key: ParameterRow(p, p.default, self) for p in parameters}
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        for number, row in enumerate(self.rows.values()):
            for column, widget in enumerate((row.name, row.slider, row.field)):
                grid.addWidget(widget, number, column)
            row.changed.connect(self._act)
        self.content.addLayout(grid)

    def open_at(self, place: QRect) -> None:
        self._act()
        super().open_at(place)

    def _act(self) -> None:
        values = {key: row.value for key, row in self.rows.items()}
        self._apply(values, self._gesture)


def scale_popover(
    title: str, scale: Callable[[float, Gesture], object], edits: KernelEdits, parent: QWidget
) -> ParameterPopover:
    """A card that calls `scale` with a factor to try out, at first 1, which changes nothing."""

    def apply(values: dict[str, float], gesture: Gesture) -> None:
        scale(values["factor"], gesture)

    label = parent.tr("Factor")
    factor = Parameter("factor", label, "float", 1.0, -_LARGEST_FACTOR, _LARGEST_FACTOR)
    return ParameterPopover(title, [factor], apply, edits, parent)
