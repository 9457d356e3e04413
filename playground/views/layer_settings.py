"""The settings of the layer: how the kernel moves, what it meets outside, what follows it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from playground.core.errors import PlaygroundError
from playground.core.geometry import output_formula, output_size
from playground.core.pooling import pooled_size
from playground.core.specs import ACTIVATION_NAMES, ACTIVATIONS, EDGE_MODES, BlockSpec, Padding
from playground.models.document import Document
from playground.models.layer_edits import (
    LARGEST_DILATION,
    LARGEST_PADDING,
    LARGEST_POOL,
    LARGEST_STRIDE,
    LayerEdits,
)
from playground.views.flow_layout import FlowLayout
from playground.views.parts import label


class LayerSettings(QWidget):
    """One control per setting; all follow undo and redo."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._edits = LayerEdits(document, self)
        self._gestures: dict[QWidget, int] = {}
        self._make_geometry()
        self._make_functions()
        self.formula = label("", "detail")
        self.formula.setWordWrap(True)
        self.formula.setToolTip(
            self.tr("Output size = ⌊(input + padding − kernel span) / stride⌋ + 1, height × width")
        )
        flow = FlowLayout(spacing=6)
        for name, control in self._rows:
            flow.addWidget(_named(name, control))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addLayout(flow)
        column.addWidget(self.formula)
        self._connect()
        self._show()

    def _make_geometry(self) -> None:
        self.stride = _spin(1, LARGEST_STRIDE)
        self.dilation = _spin(1, LARGEST_DILATION)
        self.padding = _combo({"same": self.tr("same"), "valid": self.tr("valid")})
        self.padding.addItem(self.tr("custom"), "custom")
        self.sides = QLineEdit()
        self.sides.setMaximumWidth(90)
        self.edge = _combo({edge: self.tr(edge) for edge in EDGE_MODES})
        self.flip = _combo(
            {False: self.tr("cross-correlation"), True: self.tr("convolution (flipped)")}
        )
        tips = {
            self.stride: self.tr("Stride: the kernel moves this many pixels from output to output"),
            self.dilation: self.tr("Dilation: the kernel's taps are this many pixels apart"),
            self.padding: self.tr("Padding: how far the kernel may reach beyond the image"),
            self.sides: self.tr("Padding in pixels: one number, or top, bottom, left, right"),
            self.edge: self.tr("Edge mode: what the kernel finds outside the image"),
            self.flip: self.tr(
                "Cross-correlation lays the kernel down as it stands, as networks do; "
                "convolution turns it by half a turn first"
            ),
        }
        _tell(tips)

    def _make_functions(self) -> None:
        self.activation = _combo({name: self.tr(ACTIVATION_NAMES[name]) for name in ACTIVATIONS})
        self.slope = QDoubleSpinBox()
        self.slope.setRange(0.0, 1.0)
        self.slope.setSingleStep(0.05)
        self.pool = _combo(
            {None: self.tr("none"), "max": self.tr("max"), "average": self.tr("average")}
        )
        self.pool_size = _spin(1, LARGEST_POOL)
        self.pool_size.setValue(2)
        tips = {
            self.activation: self.tr("Activation: what happens to every sum before it is shown"),
            self.slope: self.tr("Slope: what is left of negative values"),
            self.pool: self.tr("Pooling: each window of the map becomes one value"),
            self.pool_size: self.tr("Pooling size: the window's height and width"),
        }
        _tell(tips)
        self._rows = [
            (self.tr("stride"), self.stride),
            (self.tr("dilation"), self.dilation),
            (self.tr("padding"), self.padding),
            ("", self.sides),
            (self.tr("edge"), self.edge),
            ("", self.flip),
            ("→", self.activation),
            (self.tr("slope"), self.slope),
            (self.tr("pool"), self.pool),
            ("", self.pool_size),
        ]

    def _connect(self) -> None:
        self.stride.valueChanged.connect(self._set_stride)
        self.dilation.valueChanged.connect(self._set_dilation)
        self.padding.activated.connect(self._set_padding)
        self.sides.editingFinished.connect(self._set_sides)
        self.edge.activated.connect(self._set_edge)
        self.flip.activated.connect(self._set_flip)
        self.activation.activated.connect(self._set_activation)
        self.slope.valueChanged.connect(self._set_slope)
        self.pool.activated.connect(self._set_pool)
        self.pool_size.valueChanged.connect(self._set_pool_size)
        self._document.network_changed.connect(self._follow)
        self._document.picture_changed.connect(self._show_formula)
        self._document.selection.layer_changed.connect(self._show)

    def _set_stride(self, value: int) -> None:
        self._edits.set_stride(value, self._gesture(self.stride))

    def _set_dilation(self, value: int) -> None:
        self._edits.set_dilation(value, self._gesture(self.dilation))

    def _set_padding(self) -> None:
        choice = self.padding.currentData()
        if choice == "custom":
            self._show_sides(visible=True)
            self.sides.setFocus()
        else:
            self._edits.set_padding(choice)

    def _set_sides(self) -> None:
        if self.sides.text() == _sides_text(self._document.conv.padding):
            return
        try:
            self._edits.set_padding(_sides(self.sides.text()))
        except PlaygroundError as error:
            self._document.problem.emit(str(error))
            self._show()

    def _set_edge(self) -> None:
        self._edits.set_edge(self.edge.currentData())

    def _set_flip(self) -> None:
        self._edits.set_flip(self.flip.currentData())

    def _set_activation(self) -> None:
        self._edits.set_activation(self.activation.currentData())

    def _set_slope(self, value: float) -> None:
        self._edits.set_leaky_slope(value, self._gesture(self.slope))

    def _set_pool(self) -> None:
        self._edits.set_pool(self.pool.currentData(), self.pool_size.value())

    def _set_pool_size(self, value: int) -> None:
        if self.pool.currentData() is not None:
            gesture = self._gesture(self.pool_size)
            self._edits.set_pool(self.pool.currentData(), value, gesture)

    def _gesture(self, control: QWidget) -> int:
        """One undo step for as long as the same control is turned."""
        if control not in self._gestures:
            self._gestures = {control: self._document.new_gesture()}
        return self._gestures[control]

    def _follow(self) -> None:
        self._show()

    def _show(self) -> None:
        """Make every control say what the document says."""
        block = self._document.block
        conv = block.conv
        custom = conv.padding not in ("same", "valid")
        _choose(self.padding, "custom" if custom else conv.padding)
        _choose(self.edge, conv.edge)
        _choose(self.flip, conv.flip)
        _choose(self.activation, block.activation.name)
        _choose(self.pool, None if block.pool is None else block.pool.kind)
        _set(self.stride, conv.stride)
        _set(self.dilation, conv.dilation)
        _set(self.slope, block.activation.slope)
        if block.pool is not None:
            _set(self.pool_size, block.pool.size)
        self._show_sides(visible=custom)
        if not self.sides.hasFocus():
            self.sides.setText(_sides_text(conv.padding))
        _show_row(self.slope, visible=block.activation.name == "leaky_relu")
        _show_row(self.pool_size, visible=block.pool is not None)
        self._show_formula()

    def _show_sides(self, *, visible: bool) -> None:
        _show_row(self.sides, visible=visible)

    def _show_formula(self) -> None:
        picture = self._document.picture
        if picture is None:
            return
        try:
            text, kind = formula((picture.height, picture.width), self._document.block), "detail"
        except PlaygroundError as error:
            text, kind = str(error), "error"
        if self.formula.property("kind") != kind:
            self.formula.setProperty("kind", kind)
            self.formula.style().polish(self.formula)
        if self.formula.text() != text:
            self.formula.setText(text)


def formula(size: tuple[int, int], block: BlockSpec) -> str:
    """The output's height and width with the numbers they come from."""
    rows, columns = output_formula(size, block.conv)
    conv = block.conv
    text = f"↕ {rows}\n↔ {columns}"
    if block.pool is not None:
        plain = output_size(size, conv.kernel_size, conv.stride, conv.padding, conv.dilation)
        pooled = pooled_size(plain, block.pool.size)
        text += f"\n⌊{plain[0]} / {block.pool.size}⌋ × ⌊{plain[1]} / {block.pool.size}⌋"
        text += f" = {pooled[0]} × {pooled[1]}"
    return text


def _sides(text: str) -> Padding:
    parts = text.replace(",", " ").split()
    if not all(part.isdigit() and int(part) <= LARGEST_PADDING for part in parts) or len(
        parts
    ) not in (1, 4):
        raise PlaygroundError(
            f"Padding is one whole number from 0 to {LARGEST_PADDING}, or four: "
            f"top, bottom, left, right."
        )
    numbers = [int(part) for part in parts]
    return numbers[0] if len(numbers) == 1 else tuple(numbers)  # type: ignore[return-value]


def _sides_text(padding: Padding) -> str:
    if isinstance(padding, str):
        return "1"
    return str(padding) if isinstance(padding, int) else ", ".join(map(str, padding))


def _named(name: str, control: QWidget) -> QWidget:
    """A control with its name in front of it, to be placed as one."""
    pair = QWidget()
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    if name:
        row.addWidget(label(name, "detail"))
    row.addWidget(control)
    return pair


def _tell(tips: dict[QWidget, str]) -> None:
    for control, tip in tips.items():
        control.setToolTip(tip)
        control.setAccessibleName(tip.split(":")[0])


def _spin(low: int, high: int) -> QSpinBox:
    spin = QSpinBox()
    spin.setRange(low, high)
    spin.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return spin


def _combo(names: dict) -> QComboBox:
    combo = QComboBox()
    for value, name in names.items():
        combo.addItem(name, value)
    return combo


def _choose(combo: QComboBox, value: object) -> None:
    for index in range(combo.count()):
        if combo.itemData(index) == value:
            combo.setCurrentIndex(index)


def _set(spin: QSpinBox | QDoubleSpinBox, value: float) -> None:
    if spin.value() != value:
        spin.blockSignals(True)
        spin.setValue(value)  # type: ignore[arg-type]
        spin.blockSignals(False)


def _show_row(control: QWidget, *, visible: bool) -> None:
    pair = control.parentWidget()
    if pair is not None:
        pair.setVisible(visible)
