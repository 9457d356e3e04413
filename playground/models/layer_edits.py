"""The settings that all kernels of a layer share, and what follows it, as undoable steps."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject

from playground.core.specs import (
    ActivationName,
    ActivationSpec,
    EdgeMode,
    Padding,
    Pool2DSpec,
    PoolKind,
)
from playground.models.document import Document

LARGEST_STRIDE = 16
LARGEST_DILATION = 16
LARGEST_PADDING = 64
LARGEST_POOL = 16


class LayerEdits(QObject):
    """Named operations on the selected convolution and what follows it."""

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document

    def set_stride(self, stride: int, gesture: Hashable | None = None) -> None:
        """How many pixels the kernel moves from one output to the next."""
        self._set(self.tr("Stride {}").format(stride), gesture, stride=stride)

    def set_padding(self, padding: Padding, gesture: Hashable | None = None) -> None:
        """How far the kernel may reach beyond the image."""
        self._set(self.tr("Padding {}").format(padding), gesture, padding=padding)

    def set_dilation(self, dilation: int, gesture: Hashable | None = None) -> None:
        """How far apart the kernel's taps are."""
        self._set(self.tr("Dilation {}").format(dilation), gesture, dilation=dilation)

    def set_edge(self, edge: EdgeMode) -> None:
        """How the outside of the image is filled."""
        self._set(self.tr("Edge mode {}").format(edge), None, edge=edge)

    def set_flip(self, flip: bool) -> None:
        """True convolution (the kernel turned by half a turn) or cross-correlation."""
        text = self.tr("Convolution") if flip else self.tr("Cross-correlation")
        self._set(text, None, flip=flip)

    def set_activation(self, name: ActivationName) -> None:
        """What happens to every value of a map."""
        block = self._document.block
        activation = ActivationSpec(name, block.activation.slope)
        text = self.tr("Activation {}").format(name)
        self._document.change_block(text, replace(block, activation=activation))

    def set_leaky_slope(self, slope: float, gesture: Hashable | None = None) -> None:
        """The slope of leaky ReLU below zero."""
        block = self._document.block
        activation = replace(block.activation, slope=slope)
        text = self.tr("Slope {:g}").format(slope)
        self._document.change_block(text, replace(block, activation=activation), gesture=gesture)

    def set_pool(self, kind: PoolKind | None, size: int, gesture: Hashable | None = None) -> None:
        """What windows of the maps are made into one value, or that none are."""
        pool = None if kind is None else Pool2DSpec(kind, size)
        names = {None: self.tr("No pooling"), "max": self.tr("Max pooling {}").format(size)}
        text = names.get(kind, self.tr("Average pooling {}").format(size))
        block = replace(self._document.block, pool=pool)
        self._document.change_block(text, block, gesture=gesture)

    def _set(self, text: str, gesture: Hashable | None, **changes: Any) -> None:
        self._document.change_conv(text, replace(self._document.conv, **changes), gesture=gesture)
