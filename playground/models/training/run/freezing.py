"""Which weights, kernels and whole layers stay as they are: what the document's marks say."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from playground.core.kernels.bank import Cell
from playground.core.session.ids import Mark, Marks, masks, same_layout, weight_id
from playground.core.specs import Conv2DSpec, NetworkSpec
from playground.models.guard import Guarded
from playground.models.state.document import Document


class Freezing(Guarded, QObject):
    """Asks and changes the document's marks by layer, kernel and cell as they are counted now.

    A mark goes with what it names wherever that is moved. When kernels are resized, the weight at
    the centre stays the centre: a marked weight that is still there stays marked, one that is cut
    off loses its mark, and undo brings both back. A copy of a kernel learns.
    """

    changed = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._looked_up: _LookedUp | None = None
        document.frozen_changed.connect(self.changed)

    def is_frozen(self, layer: int, kernel: int | None = None) -> bool:
        """Whether a layer, or one of its kernels as a whole, keeps its weights."""
        marks = self._document.session.frozen
        return self._mark(layer) in marks or (
            kernel is not None and self._mark(layer, kernel) in marks
        )

    def holds(self, layer: int, cell: Cell) -> bool:
        """Whether the weight (row, column, channel, kernel) stays, by itself or with others."""
        held = self.held(layer)
        return held is not None and all(map(int.__lt__, cell, held.shape)) and bool(held[cell])

    def held(self, layer: int) -> NDArray[np.bool_] | None:
        """Which weights (kh, kw, C_in, C_out) of a convolution stay; None where all learn."""
        marks, network = self._document.session.frozen, self._document.network
        if not marks or layer not in network.convs:
            return None
        known = self._looked_up
        if known is None or not known.is_of(marks, network, layer):
            known = self._looked_up = _LookedUp(marks, network, layer)
        known.network = network
        return known.held

    def set_layer(self, layer: int, frozen: bool) -> None:
        """Freeze a whole layer, or let it learn; it can be undone."""
        text = self.tr("Freeze layer") if frozen else self.tr("Let layer learn")
        self._set(text, [self._mark(layer)], frozen)

    def set_kernel(self, layer: int, kernel: int, frozen: bool) -> None:
        """Freeze one kernel, or let it learn; it can be undone."""
        text = self.tr("Freeze kernel {}") if frozen else self.tr("Let kernel {} learn")
        self._set(text.format(kernel), [self._mark(layer, kernel)], frozen)

    def set_weights(self, layer: int, cells: Collection[Cell], frozen: bool) -> None:
        """Freeze single weights of a convolution, or let them learn; it is undone as one."""
        network, count = self._document.network, len(cells)
        if count == 1:
            text = self.tr("Freeze weight") if frozen else self.tr("Let weight learn")
        else:
            text = self.tr("Freeze {} weights") if frozen else self.tr("Let {} weights learn")
        marks = [weight_id(network, layer, cell[3], cell[2], cell[0], cell[1]) for cell in cells]
        self._set(text.format(count), marks, frozen)

    def clear(self) -> None:
        """Everything learns."""
        self._document.change(self.tr("Let everything learn"), frozen=frozenset())

    def _mark(self, layer: int, kernel: int | None = None) -> Mark:
        """The lasting name of what is at these indices now; of nothing, a name that nothing has."""
        layers = self._document.network.layers
        spec = layers[layer] if layer < len(layers) else None
        if spec is None or kernel is None:
            return (0 if spec is None else spec.layer_id,)
        ids = spec.kernel_ids
        return spec.layer_id, ids[kernel] if kernel < len(ids) else 0

    def _set(self, text: str, names: Collection[Mark], frozen: bool) -> None:
        marks = self._document.session.frozen
        self._document.change(text, frozen=marks.union(names) if frozen else marks - set(names))


class _LookedUp:
    """What marks hold of one layer, looked up once for all cells and frames of a layout."""

    def __init__(self, marks: Marks, network: NetworkSpec, layer: int) -> None:
        self._marks, self.network, self._layer = marks, network, layer
        self.held: NDArray[np.bool_] | None = None
        spec = network.layers[layer]
        mine = frozenset(mark for mark in marks if mark[0] == spec.layer_id)
        if mine and isinstance(spec, Conv2DSpec):
            before = sum(len(each.weights) for each in network.layers[:layer])
            found = masks(network, mine)[before]
            self.held = found if found.any() else None

    def is_of(self, marks: Marks, network: NetworkSpec, layer: int) -> bool:
        """Whether it still holds; another frame of a run has other weights in the same layout."""
        return (
            marks is self._marks
            and layer == self._layer
            and (network is self.network or same_layout(network, self.network))
        )
