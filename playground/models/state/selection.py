"""What is pointed at: one selection, shared by every view, and no part of the undo history.

What is selected in one place is selected everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from playground.models.guard import Announcing

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


class Selection(Announcing):
    """The current layer, kernel, channel, weight and output pixel."""

    layer_changed = Signal(int)
    kernel_changed = Signal(int)
    kernels_changed = Signal(frozenset)
    channel_changed = Signal(int)
    weight_changed = Signal(object)
    pixel_changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.layer = 0
        """Index of the convolution whose kernels and maps are shown."""
        self.kernel = 0
        """Index of the current kernel: its weights are in the grid."""
        self.kernels = frozenset({0})
        """Indices of all selected kernels, the current one among them."""
        self.channel = 0
        """Input channel shown in the grid."""
        self.weight: Pixel | None = None
        """The weight pointed at."""
        self.pixel: Pixel | None = None
        """The output pixel pointed at."""

    @property
    def pointed(self) -> Pointed:
        """All of it."""
        return Pointed(*(getattr(self, name) for name in Pointed._fields))

    def point(self, at: Pointed) -> None:
        """Select all of it again."""
        self.set_layer(at.layer)
        self.set_kernels(at.kernels, at.kernel)
        self.set_channel(at.channel)
        self.set_pixel(at.pixel)
        self.set_weight(at.weight)

    def set_layer(self, layer: int) -> None:
        """Show another convolution's kernels and maps."""
        self.announce("layer", layer)

    def set_kernel(self, kernel: int) -> None:
        """Select one kernel alone."""
        self.set_kernels({kernel}, kernel)

    def set_kernels(self, kernels: Iterable[int], current: int) -> None:
        """Select several kernels, of which `current` is shown in the grid."""
        chosen = frozenset(kernels) | {current}
        was_current, was_chosen = self.kernel, self.kernels
        self.kernel, self.kernels = current, chosen  # Both before anyone hears of one.
        if chosen != was_chosen:
            self.kernels_changed.emit(chosen)
        if current != was_current:
            self.kernel_changed.emit(current)

    def set_channel(self, channel: int) -> None:
        """Show another input channel of the current kernel."""
        self.announce("channel", channel)

    def set_weight(self, weight: Pixel | None) -> None:
        """Point at a weight of the current kernel and channel."""
        self.announce("weight", weight)

    def set_pixel(self, pixel: Pixel | None) -> None:
        """Point at an output pixel of the current map; the weight pointed at before is let go."""
        if pixel != self.pixel:
            self.set_weight(None)
            self.announce("pixel", pixel)

    def clamp(self, filters: int, channels: int, kernel_size: tuple[int, int]) -> None:
        """Keep the selection inside a bank that has just changed its shape."""
        current = min(self.kernel, filters - 1)
        self.set_kernels((k for k in self.kernels if k < filters), current)
        self.set_channel(min(self.channel, channels - 1))
        if self.weight is not None:
            row, column = self.weight
            if row >= kernel_size[0] or column >= kernel_size[1]:
                self.set_weight(None)
