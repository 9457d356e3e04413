"""Which kernels, and which whole layers, keep their weights while the others learn."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from playground.core.building import kernel_masks
from playground.core.network import Network


class Freezing(QObject):
    """Layers are counted as in the document's network, whose layers a trained network mirrors."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._layers: frozenset[int] = frozenset()
        self._kernels: frozenset[tuple[int, int]] = frozenset()

    def is_frozen(self, layer: int, kernel: int | None = None) -> bool:
        """Whether a layer, or one of its kernels, keeps its weights."""
        return layer in self._layers or (kernel is not None and (layer, kernel) in self._kernels)

    def set_layer(self, layer: int, frozen: bool) -> None:
        """Freeze a whole layer, or let it learn."""
        self._layers = self._layers | {layer} if frozen else self._layers - {layer}
        self.changed.emit()

    def set_layers(self, layers: Iterable[int]) -> None:
        """Freeze these whole layers, and nothing else."""
        self._layers, self._kernels = frozenset(layers), frozenset()
        self.changed.emit()

    def set_kernel(self, layer: int, kernel: int, frozen: bool) -> None:
        """Freeze one kernel, or let it learn."""
        one = {(layer, kernel)}
        self._kernels = self._kernels | one if frozen else self._kernels - one
        self.changed.emit()

    def clear(self) -> None:
        """Everything learns."""
        if self._layers or self._kernels:
            self._layers, self._kernels = frozenset(), frozenset()
            self.changed.emit()

    def apply(self, network: Network) -> None:
        """Freeze the layers and kernels of `network` accordingly."""
        layers, kernels = self._layers, self._kernels
        for index, layer in enumerate(network.layers):
            layer.trainable = index not in layers
        network.freeze(kernel_masks(network, kernels))
