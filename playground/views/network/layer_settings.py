"""The settings of a layer, and what each does in a learner's words.

How the kernel moves, what it meets outside the image, and what follows the sum.
"""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from playground.core.specs import ACTIVATION_NAMES, EDGE_MODES, BlockSpec, Padding, PoolKind
from playground.models.guard import Guarded
from playground.models.network.layer_edits import (
    LARGEST_DILATION,
    LARGEST_POOL,
    LARGEST_STRIDE,
    SMALLEST_POOL,
    LayerEdits,
    write_padding,
)
from playground.models.state.document import Document, NetworkChange
from playground.views.widgets.chips import ChipCombo, ChipNumber, ChipText
from playground.views.widgets.flow_layout import ChipRows
from playground.views.widgets.small_widgets import bare, label

Choices = dict[object, tuple[str, str]]
"""The text and the explanation of each value."""

_CUSTOM = "custom"
"""The choice that stands for every padding in pixels."""


class LayerSettings(Guarded, QWidget):
    """One chip per setting, and the output's size below; all follow undo and redo."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self._edits = LayerEdits(document, self)
        self._turn = document.new_gesture()
        self._make_geometry()
        self._make_functions()
        self.formula = label("", "detail")
        self.formula.setWordWrap(True)
        self.formula.setAccessibleName(self.tr("Size of the output"))
        self._describe()
        self._compose()
        self._connect()
        self._show()

    def _make_geometry(self) -> None:
        self.stride = ChipNumber(self.tr("stride"), 1, LARGEST_STRIDE)
        self.dilation = ChipNumber(self.tr("dilation"), 1, LARGEST_DILATION)
        self.padding = ChipCombo(self.tr("padding"), paddings())
        self.sides = ChipText("10, 10, 10, 10")
        self.edge = ChipCombo(self.tr("edge"), edges())
        self.flip = ChipCombo("", flips())

    def _make_functions(self) -> None:
        self.activation = ChipCombo(self.tr("activation"), activations())
        self.slope = ChipNumber(self.tr("slope"), 0, 1, decimals=2)
        self.pool = ChipCombo(self.tr("pool"), pools())
        self.pool_size = ChipNumber(self.tr("size"), SMALLEST_POOL, LARGEST_POOL)

    def _describe(self) -> None:
        self._tell(self.stride, "stride", self.tr("Stride"))
        self._tell(self.dilation, "dilation", self.tr("Dilation"))
        self._tell(self.padding, "padding", self.tr("Padding"))
        self._tell(self.sides, "sides", self.tr("Padding in pixels"))
        self._tell(self.edge, "edge", self.tr("Edge mode"))
        self._tell(self.flip, "flip", self.tr("Correlation or convolution"))
        self._tell(self.activation, "activation", self.tr("Activation"))
        self._tell(self.slope, "slope", self.tr("Slope of leaky ReLU"))
        self._tell(self.pool, "pool", self.tr("Pooling"))
        self._tell(self.pool_size, "pool_size", self.tr("Pooling size"))
        self.formula.setToolTip(explanations()["formula"])

    def _tell(self, control: QWidget, key: str, name: str) -> None:
        control.setAccessibleName(name)
        control.setToolTip(explanations()[key])

    def _compose(self) -> None:
        geometry = (self.stride, self.dilation, self.padding, self.sides, self.edge, self.flip)
        functions = (self.activation, self.slope, self.pool, self.pool_size)
        column = bare(QVBoxLayout(self), 4)
        column.addWidget(ChipRows((*geometry, *functions)))
        column.addWidget(self.formula)

    def _connect(self) -> None:
        self.stride.valueChanged.connect(self._set_stride)
        self.dilation.valueChanged.connect(self._set_dilation)
        self.padding.chosen.connect(self._set_padding)
        self.sides.editingFinished.connect(self._set_sides)
        self.edge.chosen.connect(self._edits.set_edge)
        self.flip.chosen.connect(self._edits.set_flip)
        self.activation.chosen.connect(self._edits.set_activation)
        self.slope.valueChanged.connect(self._set_slope)
        self.pool.chosen.connect(self._set_pool)
        self.pool_size.valueChanged.connect(self._set_pool_size)
        for number in (self.stride, self.dilation, self.slope, self.pool_size):
            number.left.connect(self._end_gesture)
        self._document.network_changed.connect(self._follow)
        self._document.picture_changed.connect(self._show_formula)
        self._document.selection.layer_changed.connect(self._show)

    def _set_stride(self, value: float) -> None:
        self._edits.set_stride(int(value), self._gesture("stride"))

    def _set_dilation(self, value: float) -> None:
        self._edits.set_dilation(int(value), self._gesture("dilation"))

    def _set_padding(self, choice: Padding) -> None:
        if choice != _CUSTOM:
            self._edits.set_padding(choice)
            return
        self._edits.spell_out_padding()
        self.sides.setFocus()
        self.sides.selectAll()

    def _set_sides(self) -> None:
        if self.sides.isModified():
            self.sides.setModified(False)
            self._edits.enter_padding(self.sides.text())
            self._show()

    def _set_slope(self, value: float) -> None:
        self._edits.set_leaky_slope(value, self._gesture("slope"))

    def _set_pool(self, kind: PoolKind | None) -> None:
        self._edits.set_pool(kind, int(self.pool_size.value()))

    def _set_pool_size(self, value: float) -> None:
        kind = self.pool.currentData()
        if kind is not None:
            self._edits.set_pool(kind, int(value), self._gesture("pool size"))

    def _gesture(self, control: str) -> Hashable:
        """Names the changes of one control until it is left, so that they are undone together."""
        return control, self._turn

    def _end_gesture(self) -> None:
        self._turn = self._document.new_gesture()

    def _follow(self, change: NetworkChange) -> None:
        layer = self._document.selection.layer
        before, after = change.blocks(layer)
        if before is None or _settings(before) != _settings(after):
            self._show()
        elif layer != self._document.network.convs[0] and not change.same_input(layer):
            self._show_formula()

    def _show(self) -> None:
        """Make every chip say what the document says."""
        block = self._document.block
        conv = block.conv
        custom = conv.padding not in ("same", "valid")
        self.padding.choose(_CUSTOM if custom else conv.padding)
        self.edge.choose(conv.edge)
        self.flip.choose(conv.flip)
        self.activation.choose(block.activation.name)
        self.pool.choose(None if block.pool is None else block.pool.kind)
        self.stride.show_value(conv.stride)
        self.dilation.show_value(conv.dilation)
        self.slope.show_value(block.activation.slope)
        if block.pool is not None:
            self.pool_size.show_value(block.pool.size)
        self.sides.setText(write_padding(conv.padding) if custom else "")
        self.sides.setVisible(custom)
        self.slope.setVisible(block.activation.name == "leaky_relu")
        self.pool_size.setVisible(block.pool is not None)
        self._show_formula()

    def _show_formula(self) -> None:
        """Say how large the output is and why, or why there is none."""
        size, problem = self._edits.output_size()
        text, kind = (problem, "error") if problem else (size, "detail")
        if self.formula.property("kind") != kind:
            self.formula.setProperty("kind", kind)
            self.formula.style().polish(self.formula)
        if self.formula.text() != text:
            self.formula.setText(text)


def _settings(block: BlockSpec) -> tuple[object, ...]:
    """All of a block that is shown here: everything but its weights."""
    return block.conv.settings, block.conv.kernel_size, block.activation, block.pool


def _tr(text: str) -> str:
    return QCoreApplication.translate("LayerChoices", text)


def paddings() -> Choices:
    """How far the kernel may reach beyond the image."""
    return {
        "same": (
            _tr("same"),
            _tr(
                "As many pixels around it that the map has the image's size,\n"
                "divided by the stride and rounded up"
            ),
        ),
        "valid": (
            _tr("valid"),
            _tr("None: the kernel stays inside, and the larger it is, the smaller is the map"),
        ),
        _CUSTOM: (_tr("custom"), _tr("So many pixels as you say")),
    }


def edges() -> Choices:
    """What the kernel finds outside the image."""
    tips = {
        "zero": (_tr("zero"), _tr("Zeros, as black: what networks do")),
        "replicate": (_tr("replicate"), _tr("The pixel at the edge, again and again")),
        "reflect": (_tr("reflect"), _tr("The image in a mirror on its last pixel")),
        "symmetric": (
            _tr("symmetric"),
            _tr("The image in a mirror behind its last pixel, as SciPy and scikit-image do"),
        ),
        "wrap": (_tr("wrap"), _tr("The opposite side of the image")),
    }
    return {edge: tips[edge] for edge in EDGE_MODES}


def flips() -> Choices:
    """Whether the kernel is turned before it is laid down."""
    return {
        False: (_tr("correlation"), _tr("The kernel lies as you see it: what networks do")),
        True: (_tr("convolution"), _tr("The kernel is turned by half a turn first, as in maths")),
    }


def activations() -> Choices:
    """What happens to every sum."""
    tips = {
        "none": _tr("The sum stays as it is"),
        "relu": _tr("Negative sums become 0: max(0, x)"),
        "leaky_relu": _tr("Negative sums are made small, not 0: slope · x"),
        "abs": _tr("The sign is dropped: |x|"),
        "sigmoid": _tr("Squeezed between 0 and 1: 1 / (1 + e⁻ˣ)"),
        "tanh": _tr("Squeezed between −1 and 1"),
    }
    return {key: (name, tips[key]) for key, name in ACTIVATION_NAMES.items()}


def pools() -> Choices:
    """What each window of a map becomes."""
    return {
        None: (_tr("none"), _tr("Every value stays as it is")),
        "max": (_tr("max"), _tr("Each window becomes its largest value")),
        "average": (_tr("average"), _tr("Each window becomes its mean")),
    }


def explanations() -> dict[str, str]:
    """What each control is for."""
    return {
        "stride": _tr(
            "Stride: how many pixels the kernel moves from one output to the next.\n"
            "With 2 the map is about half as high and half as wide"
        ),
        "dilation": _tr(
            "Dilation: how many pixels lie from one weight's place to the next.\n"
            "With 2 the same weights look at a wider area, with gaps"
        ),
        "padding": _tr("Padding: how far the kernel may reach beyond the image"),
        "sides": _tr(
            "Padding in pixels: one number for all sides, or four: top, bottom, left, right.\n"
            "Enter keeps it"
        ),
        "edge": _tr("Edge mode: what the kernel finds where it reaches beyond the image"),
        "flip": _tr(
            "Correlation lays the kernel down as you see it, as networks do.\n"
            "Convolution turns it by half a turn first"
        ),
        "activation": _tr("Activation: what happens to every sum before it becomes the output"),
        "slope": _tr("Slope: what leaky ReLU multiplies negative sums with"),
        "pool": _tr("Pooling: each window of the map becomes one value, so the map gets smaller"),
        "pool_size": _tr("Pooling size: the height and the width of the windows"),
        "formula": _tr(
            "The output's height ↕ and width ↔:\n"
            "⌊(input + padding − pixels the kernel spans) / stride⌋ + 1, then pooling"
        ),
    }
