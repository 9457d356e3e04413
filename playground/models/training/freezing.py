"""Which kernels, and which whole layers, keep their weights while the others learn.

The marks go where their layers and kernels go: when kernels or layers are moved, come or go, those
that are still there are found again by what they are, and the marks of the others are dropped.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, Signal

from playground.core.network import Network
from playground.core.specs import Conv2DSpec, DenseSpec, LayerSpec, NetworkSpec
from playground.models.document import Document, NetworkChange
from playground.models.guard import Guarded
from playground.models.training.stage import Stage


@dataclass(frozen=True)
class Marks:
    """Layers, and kernels as (layer, kernel), counted as in one network."""

    layers: frozenset[int] = frozenset()
    kernels: frozenset[tuple[int, int]] = frozenset()

    def apply(self, network: Network) -> None:
        """Freeze these layers and kernels of `network`, as far as it has them."""
        for index, layer in enumerate(network.layers):
            count = layer.weights[0].shape[-1] if layer.weights else 0
            layer.trainable = index not in self.layers
            layer.frozen = frozenset(k for at, k in self.kernels if at == index and k < count)

    def moved(self, change: NetworkChange) -> Marks:
        """The marks of what is still there, where it is now."""
        stayed = layers_that_stayed(change.before, change.after)
        kernels = set()
        for at, kernel in self.kernels:
            if at in stayed:
                old, new = change.before.layers[at], change.after.layers[stayed[at]]
                if (place := kernels_that_stayed(old, new).get(kernel)) is not None:
                    kernels.add((stayed[at], place))
        layers = frozenset(stayed[at] for at in self.layers if at in stayed)
        return Marks(layers, frozenset(kernels))


class Freezing(Guarded, QObject):
    """Layers are counted as in the document's network, whose layers a trained network mirrors."""

    changed = Signal()

    def __init__(self, document: Document, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self.marks = Marks()
        document.network_changed.connect(self._follow)

    def is_frozen(self, layer: int, kernel: int | None = None) -> bool:
        """Whether a layer, or one of its kernels, keeps its weights."""
        marks = self.marks
        return layer in marks.layers or (kernel is not None and (layer, kernel) in marks.kernels)

    def set_layer(self, layer: int, frozen: bool) -> None:
        """Freeze a whole layer, or let it learn."""
        layers, kernels = self.marks.layers, self.marks.kernels
        self._set(Marks(layers | {layer} if frozen else layers - {layer}, kernels))

    def set_layers(self, layers: Iterable[int]) -> None:
        """Freeze these whole layers, and nothing else."""
        self._set(Marks(frozenset(layers)))

    def set_kernel(self, layer: int, kernel: int, frozen: bool) -> None:
        """Freeze one kernel, or let it learn."""
        layers, kernels, one = self.marks.layers, self.marks.kernels, {(layer, kernel)}
        self._set(Marks(layers, kernels | one if frozen else kernels - one))

    def clear(self) -> None:
        """Everything learns."""
        self._set(Marks())

    def _set(self, marks: Marks) -> None:
        if marks != self.marks:
            self.marks = marks
            self.changed.emit()

    def _follow(self, change: NetworkChange) -> None:
        # A task comes with marks of its own, and training moves nothing.
        if not self._stage.busy:
            self._set(self.marks.moved(change))


def layers_that_stayed(before: NetworkSpec, after: NetworkSpec) -> dict[int, int]:
    """Where layers are now: the same ones, those refitted, and those changed in their place."""
    stayed: dict[int, int] = {}
    for alike in (_is_same, _is_refitted):
        for at, old in enumerate(before.layers):
            for place, new in enumerate(after.layers):
                if at not in stayed and place not in stayed.values() and alike(old, new):
                    stayed[at] = place
    if len(before.layers) == len(after.layers):
        for at, (old, new) in enumerate(zip(before.layers, after.layers, strict=True)):
            if at not in stayed and at not in stayed.values() and type(old) is type(new):
                stayed[at] = at
    return stayed


def kernels_that_stayed(before: LayerSpec, after: LayerSpec) -> dict[int, int]:
    """Where the kernels of a layer are now: those whose name and weights are found again."""
    if before is after or not isinstance(before, Conv2DSpec) or not isinstance(after, Conv2DSpec):
        count = _kernels(before) if type(before) is type(after) else 0
        return {kernel: kernel for kernel in range(min(count, _kernels(after)))}
    if before.names == after.names or np.array_equal(before.kernel, after.kernel):
        return {kernel: kernel for kernel in range(before.filters)}
    stayed: dict[int, int] = {}
    for kernel in range(before.filters):
        for place in range(after.filters):
            if place not in stayed.values() and _same_kernel(before, kernel, after, place):
                stayed[kernel] = place
                break
    return stayed


def _same_kernel(before: Conv2DSpec, kernel: int, after: Conv2DSpec, place: int) -> bool:
    return before.names[kernel] == after.names[place] and np.array_equal(
        before.kernel[..., kernel], after.kernel[..., place]
    )


def _is_same(before: LayerSpec, after: LayerSpec) -> bool:
    return before is after


def _is_refitted(before: LayerSpec, after: LayerSpec) -> bool:
    """Whether a layer has the weights of the other, as far as both have such inputs."""
    if not isinstance(before, Conv2DSpec | DenseSpec) or type(before) is not type(after):
        return False
    assert isinstance(after, Conv2DSpec | DenseSpec)
    inputs = min(before.kernel.shape[-2], after.kernel.shape[-2])
    return before.names == after.names and np.array_equal(
        before.kernel[..., :inputs, :], after.kernel[..., :inputs, :]
    )


def _kernels(layer: LayerSpec) -> int:
    return len(layer.names) if isinstance(layer, Conv2DSpec | DenseSpec) else 0
