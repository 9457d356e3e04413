"""What is pointed at: one selection, shared by every view, and no part of the undo history.

What is selected in one place is selected everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from playground.models.guard import Guarded

Pixel = tuple[int, int]
"""(row, column) of a feature map."""


class Pointed(NamedTuple):
    """A whole selection."""

    layer: int
    kernel: int
    kernels: frozenset[int]
    channel: int
    weight: Pixel | None
    pixel: Pixel | None


class Selection(Guarded, QObject):
    """The current layer, kernel, channel, weight and output pixel."""

    layer_changed = Signal(int)
    kernel_changed = Signal(int)
    """The current kernel: its weights are in the grid."""
    kernels_changed = Signal(frozenset)
    """All selected kernels, the current one among them."""
    channel_changed = Signal(int)
    weight_changed = Signal(object)
    """(row, column) of the weight pointed at, or None."""
    pixel_changed = Signal(object)
    """(row, column) of the output pixel pointed at, or None."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._layer = 0
        self._kernel = 0
        self._kernels = frozenset({0})
        self._channel = 0
        self._weight: Pixel | None = None
        self._pixel: Pixel | None = None

    @property
    def layer(self) -> int:
        """Index of the convolution whose kernels and maps are shown."""
        return self._layer

    @property
    def kernel(self) -> int:
        """Index of the current kernel."""
        return self._kernel

    @property
    def kernels(self) -> frozenset[int]:
        """Indices of all selected kernels; never empty."""
        return self._kernels

    @property
    def channel(self) -> int:
        """Input channel shown in the grid."""
        return self._channel

    @property
    def weight(self) -> Pixel | None:
        """The weight pointed at."""
        return self._weight

    @property
    def pixel(self) -> Pixel | None:
        """The output pixel pointed at."""
        return self._pixel

    @property
    def pointed(self) -> Pointed:
        """All of it."""
        return Pointed(
            self._layer, self._kernel, self._kernels, self._channel, self._weight, self._pixel
        )

    def point(self, at: Pointed) -> None:
        """Select all of it again."""
        self.set_layer(at.layer)
        self.set_kernels(at.kernels, at.kernel)
        self.set_channel(at.channel)
        self.set_pixel(at.pixel)
        self.set_weight(at.weight)

    def set_layer(self, layer: int) -> None:
        """Show another convolution's kernels and maps."""
        if layer != self._layer:
            self._layer = layer
            self.layer_changed.emit(layer)

    def set_kernel(self, kernel: int) -> None:
        """Select one kernel alone."""
        self.set_kernels({kernel}, kernel)

    def set_kernels(self, kernels: Iterable[int], current: int) -> None:
        """Select several kernels, of which `current` is shown in the grid."""
        chosen = frozenset(kernels) | {current}
        was_current, was_chosen = self._kernel, self._kernels
        self._kernel, self._kernels = current, chosen
        if chosen != was_chosen:
            self.kernels_changed.emit(chosen)
        if current != was_current:
            self.kernel_changed.emit(current)

    def set_channel(self, channel: int) -> None:
        """Show another input channel of the current kernel."""
        if channel != self._channel:
            self._channel = channel
            self.channel_changed.emit(channel)

    def set_weight(self, weight: Pixel | None) -> None:
        """Point at a weight of the current kernel and channel."""
        if weight != self._weight:
            self._weight = weight
            self.weight_changed.emit(weight)

    def set_pixel(self, pixel: Pixel | None) -> None:
        """Point at an output pixel of the current map; the weight pointed at before is let go."""
        if pixel != self._pixel:
            self.set_weight(None)
            self._pixel = pixel
            self.pixel_changed.emit(pixel)

    def clamp(self, filters: int, channels: int, kernel_size: tuple[int, int]) -> None:
        """Keep the selection inside a bank that has just changed its shape."""
        current = min(self._kernel, filters - 1)
        self.set_kernels((k for k in self._kernels if k < filters), current)
        self.set_channel(min(self._channel, channels - 1))
        if self._weight is not None:
            row, column = self._weight
            if row >= kernel_size[0] or column >= kernel_size[1]:
                self.set_weight(None)
