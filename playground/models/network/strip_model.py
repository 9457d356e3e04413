"""The network as a row of layers: what each is called, and the exact shape that it makes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QCoreApplication, QMimeData, QObject, Qt

from playground.core.errors import PlaygroundError
from playground.core.layers import kind_of
from playground.core.network.building import shape_behind
from playground.core.specs import LayerSpec, NetworkSpec
from playground.models.network.network_edits import NetworkEdits, translated
from playground.models.state.document import Document, NetworkChange
from playground.models.state.movable_rows import Index, MovableRows, common_ends
from playground.models.words.local_numbers import localised

Shape = tuple[int, ...]
"""(channels, height, width), or (units,)."""

_UNKNOWN = "–"
"""Stands for the shape behind a layer that cannot be computed."""


class StripRole(IntEnum):
    """What a chip can be asked for beyond its title."""

    DETAIL = Qt.ItemDataRole.UserRole + 1
    """Its shape, or why it cannot be computed."""
    LAYER = Qt.ItemDataRole.UserRole + 2
    """Index of the layer in the network; None for the input."""
    BLOCK = Qt.ItemDataRole.UserRole + 3
    """Index of the convolution that the layer belongs to; None for the input."""
    PROBLEM = Qt.ItemDataRole.UserRole + 4
    """Why this layer cannot be computed, or nothing."""
    FROZEN = Qt.ItemDataRole.UserRole + 5
    """Whether training leaves the whole layer as it is."""


@dataclass(frozen=True)
class Chip:
    """One layer as it is named on screen."""

    title: str
    detail: str
    tip: str
    layer: int | None = None
    """Its index in the network; None for the input."""
    block: int | None = None
    """Index of the convolution it belongs to; clicking the chip shows that one's kernels."""
    problem: str = ""
    """Why it cannot be computed, or nothing."""
    frozen: bool = False
    """Whether training leaves the whole layer as it is."""


class StripModel(MovableRows[Chip]):
    """Input first, then one row per layer; a layer that is dropped elsewhere moves there."""

    MIME = "application/x-filter-playground-layer"

    def __init__(
        self, document: Document, edits: NetworkEdits | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(_chips(document), parent)
        self._document = document
        self._edits = edits
        document.network_changed.connect(self._follow)
        document.picture_changed.connect(self._refresh)
        document.frozen_changed.connect(self._refresh)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        chip = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return chip.title
            case Qt.ItemDataRole.ToolTipRole:
                return f"{chip.problem}\n\n{chip.tip}" if chip.problem else chip.tip
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{chip.title}: {chip.problem or chip.detail}"
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return chip.tip
            case StripRole.DETAIL:
                return chip.problem or chip.detail
            case StripRole.LAYER:
                return chip.layer
            case StripRole.BLOCK:
                return chip.block
            case StripRole.PROBLEM:
                return chip.problem
            case StripRole.FROZEN:
                return chip.frozen
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        flag = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        if self._rows[index.row()].layer is not None:
            flag |= Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
        return flag

    def _dragged(self, data: QMimeData) -> list[int]:
        """One layer is dragged at a time, and never the input."""
        rows = super()._dragged(data)
        return rows if len(rows) == 1 and rows[0] > 0 else []

    def _drop(self, rows: list[int], before: int) -> bool:
        if self._edits is None:
            return False
        # Before the input there is no place; row 1 is layer 0.
        layer, place = rows[0] - 1, max(before - 1, 0)
        return self._edits.move_layer(layer, place - (layer < place))

    def row_of(self, layer: int) -> int:
        """The row that shows layer `layer`."""
        return layer + 1

    def blocks(self) -> list[int]:
        """The rows of all convolutions."""
        chips = enumerate(self._rows)
        return [row for row, chip in chips if chip.layer is not None and chip.layer == chip.block]

    def _follow(self, change: NetworkChange) -> None:
        # Weights alone change no name and no shape.
        if _outline(change.before) != _outline(change.after):
            self._refresh()

    def _refresh(self) -> None:
        before, after = self._rows, _chips(self._document)
        fewer = min(len(before), len(after))
        head, tail = common_ends(fewer, lambda row: before[row].title == after[row].title)
        self._remove(head, len(before) - head - tail)
        self._insert(head, after[head : len(after) - tail])
        changed = [row for row, chip in enumerate(self._rows) if chip != after[row]]
        self._rows = tuple(after)
        if changed:
            self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))


def _chips(document: Document) -> list[Chip]:
    picture, network = document.picture, document.network
    if network.input_shape is not None:
        height, width, channels = network.input_shape
        shape: Shape | None = (channels, height, width)
    else:
        shape = None if picture is None else (picture.channels, picture.height, picture.width)
    chips = layer_chips(network, shape)
    marks = document.session.frozen
    for at, layer in enumerate(network.layers, start=1):
        if (layer.layer_id,) in marks:
            tip = f"{chips[at].tip}\n{_tr('Frozen: training leaves its weights as they are.')}"
            chips[at] = replace(chips[at], frozen=True, tip=tip)
    return chips


def _outline(network: NetworkSpec) -> list[object]:
    """All of a network that its chips show."""
    return [network.input_shape, *(layer.outline for layer in network.layers)]


def layer_chips(network: NetworkSpec, shape: Shape | None) -> list[Chip]:
    """The input of `shape`, or of none yet, and every layer behind it.

    A layer that cannot be computed says why; those behind it have no shape.
    """
    given = _tr("no picture") if shape is None else _text(shape)
    tip = _tr("What the network is given: channels × height × width")
    chips = [Chip(_tr("Input"), given, tip)]
    block: int | None = None
    for number, layer in enumerate(network.layers):
        problem = ""
        if number in network.convs:
            block = number
        if shape is not None:
            try:
                shape = _after(layer, shape)
            except PlaygroundError as error:
                shape, problem = None, str(error)
        chip = _chip(layer, shape)
        chips.append(replace(chip, layer=number, block=block, problem=problem))
    return chips


def _chip(layer: LayerSpec, shape: Shape | None) -> Chip:
    kind = kind_of(layer)
    filled = {
        "layer": layer,
        "made": _UNKNOWN if shape is None else _text(shape),
        "words": {name: localised(text) for name, text in kind.words(layer).items()},
    }
    tip = translated(kind.about).format(**filled)
    if shape is not None and kind.about_maps:
        tip += "\n" + translated(kind.about_maps).format(**filled, maps=_text(shape[1:]))
    title, detail = (translated(text).format(**filled) for text in (kind.title, kind.detail))
    return Chip(title or translated(kind.name), detail, tip)


def _after(layer: LayerSpec, shape: Shape) -> Shape:
    """The shape behind `layer`; raises PlaygroundError where there is none."""
    after = shape_behind(layer, shape if len(shape) == 1 else (*shape[1:], shape[0]))
    return after if len(after) == 1 else (after[2], *after[:2])


def _text(shape: Shape) -> str:
    return " × ".join(map(str, shape))


def _tr(text: str) -> str:
    return QCoreApplication.translate("LayerChips", text)
