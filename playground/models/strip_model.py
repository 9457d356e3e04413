"""The network as a row of layers, each with its exact shape."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from playground.core.errors import PlaygroundError
from playground.core.geometry import output_size
from playground.core.pooling import pooled_size
from playground.core.specs import ActivationSpec, Conv2DSpec, LayerSpec, NetworkSpec
from playground.models.document import Document, NetworkChange

Index = QModelIndex | QPersistentModelIndex
Shape = tuple[int, int, int]
"""(channels, height, width)."""

_ACTIVATIONS = {
    "none": "None",
    "relu": "ReLU",
    "leaky_relu": "LeakyReLU",
    "abs": "Abs",
    "sigmoid": "Sigmoid",
    "tanh": "Tanh",
}


class StripRole(IntEnum):
    """What a chip can be asked for beyond its title."""

    DETAIL = Qt.ItemDataRole.UserRole + 1
    LAYER = Qt.ItemDataRole.UserRole + 2
    """Index of the layer in the network; None for the input."""
    PROBLEM = Qt.ItemDataRole.UserRole + 3
    """Why this layer cannot be computed, or nothing."""


@dataclass(frozen=True)
class Chip:
    """One layer as it is named on screen."""

    title: str
    detail: str
    layer: int | None
    tip: str
    selectable: bool = False
    problem: str = ""


class StripModel(QAbstractListModel):
    """Input first, then one row per layer."""

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._chips = self._read()
        document.network_changed.connect(self._follow)
        document.picture_changed.connect(self._refresh)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._chips)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._chips):
            return None
        chip = self._chips[index.row()]
        answers: dict[int, Any] = {
            Qt.ItemDataRole.DisplayRole: chip.title,
            Qt.ItemDataRole.ToolTipRole: chip.problem or chip.tip,
            Qt.ItemDataRole.AccessibleTextRole: f"{chip.title}: {chip.problem or chip.detail}",
            StripRole.DETAIL: chip.problem or chip.detail,
            StripRole.LAYER: chip.layer,
            StripRole.PROBLEM: chip.problem,
        }
        return answers.get(role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flag = Qt.ItemFlag.ItemIsEnabled
        if index.isValid() and self._chips[index.row()].selectable:
            flag |= Qt.ItemFlag.ItemIsSelectable
        return flag

    def row_of(self, layer: int) -> int:
        """The row that shows layer `layer`."""
        return layer + 1

    def _follow(self, change: NetworkChange) -> None:
        # Weights alone change no name and no shape.
        if _outline(change.before) != _outline(change.after):
            self._refresh()

    def _refresh(self) -> None:
        chips = self._read()
        if len(chips) != len(self._chips):
            self.beginResetModel()
            self._chips = chips
            self.endResetModel()
        elif chips != self._chips:
            self._chips = chips
            self.dataChanged.emit(self.index(0), self.index(len(chips) - 1))

    def _read(self) -> list[Chip]:
        picture = self._document.picture
        shape = None if picture is None else (picture.channels, picture.height, picture.width)
        tip = self.tr("What the network is given: channels × height × width")
        detail = self.tr("no picture") if shape is None else _text(shape)
        chips = [Chip(self.tr("Input"), detail, None, tip)]
        problem = ""
        for number, layer in enumerate(self._document.network.layers):
            if shape is not None and not problem:
                try:
                    shape = _after(layer, shape)
                except PlaygroundError as error:
                    problem = str(error)
                    chips.append(self._chip(number, layer, None, problem))
                    continue
            chips.append(self._chip(number, layer, None if problem else shape, ""))
        return chips

    def _chip(self, number: int, layer: LayerSpec, shape: Shape | None, problem: str) -> Chip:
        size = "" if shape is None else _text(shape)
        if isinstance(layer, Conv2DSpec):
            kernel = ", ".join(map(str, layer.kernel.shape))
            detail = self.tr("kernel ({}) + {} bias").format(kernel, layer.filters)
            height, width, channels, filters = layer.kernel.shape
            tip = self.tr(
                "Its weights have the shape ({}): height, width, input channels, kernels.\n"
                "{} × {} × {} × {} = {:,} weights, and {} biases, one for each kernel.\n"
                "Its maps: {}, as many as kernels."
            ).format(kernel, height, width, channels, filters, layer.kernel.size, filters, size)
            return Chip("Conv2D", detail, number, tip, selectable=True, problem=problem)
        if isinstance(layer, ActivationSpec):
            tip = self.tr("The activation: applied to every value by itself, the size stays")
            return Chip(_ACTIVATIONS[layer.name], size, number, tip, problem=problem)
        kind = self.tr("MaxPool") if layer.kind == "max" else self.tr("AveragePool")
        tip = self.tr("Each {0} × {0} window becomes one value").format(layer.size)
        return Chip(f"{kind} {layer.size}", size, number, tip, problem=problem)


def _after(layer: LayerSpec, shape: Shape) -> Shape:
    channels, height, width = shape
    if isinstance(layer, Conv2DSpec):
        size = output_size(
            (height, width), layer.kernel_size, layer.stride, layer.padding, layer.dilation
        )
        return layer.filters, *size
    if isinstance(layer, ActivationSpec):
        return shape
    return channels, *pooled_size((height, width), layer.size)


def _outline(network: NetworkSpec) -> list[object]:
    return [
        (layer.kernel.shape, layer.settings) if isinstance(layer, Conv2DSpec) else layer
        for layer in network.layers
    ]


def _text(shape: Shape) -> str:
    return " × ".join(map(str, shape))
