"""The settings that all kernels of a layer share, and what follows it, changed with undo."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject

from playground.core.convolve.geometry import map_size, output_formula, resolve_padding
from playground.core.convolve.pooling import pooled_size
from playground.core.errors import PlaygroundError
from playground.core.specs import (
    ACTIVATION_NAMES,
    ActivationName,
    ActivationSpec,
    EdgeMode,
    Padding,
    Pool2DSpec,
    PoolKind,
)
from playground.models.guard import Guarded
from playground.models.kernels.bank_changes import Gesture
from playground.models.state.document import Document

LARGEST_STRIDE = LARGEST_DILATION = LARGEST_POOL = 16
"""Beyond it little is left of a picture of the usual sizes."""
LARGEST_PADDING = 64
"""Wider margins would only make a mistyped number costly."""
SMALLEST_POOL = 2
"""A window of one value would pool nothing."""

_BETWEEN = re.compile(r"[\s,;()\[\]]+")
"""What may stand between two numbers of a typed padding."""


class LayerEdits(Guarded, QObject):
    """Named operations on the selected convolution and what follows it.

    Calls that share a gesture are undone together, under the name of the first. So that name holds
    no number where the wheel can change it.
    """

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document

    def set_stride(self, stride: int, gesture: Gesture = None) -> None:
        """How many pixels the kernel moves from one output to the next."""
        self._set(self.tr("Change stride"), gesture, stride=stride)

    def set_dilation(self, dilation: int, gesture: Gesture = None) -> None:
        """How many pixels lie from one weight's place to the next."""
        self._set(self.tr("Change dilation"), gesture, dilation=dilation)

    def set_padding(self, padding: Padding, gesture: Gesture = None) -> None:
        """How far the kernel may reach beyond the image."""
        text = self.tr("Padding {}").format(write_padding(padding))
        self._set(text, gesture, padding=padding)

    def enter_padding(self, text: str) -> bool:
        """Padding as it was typed; False, and a sentence, where it is none."""
        try:
            padding = read_padding(text)
        except PlaygroundError as error:
            self._document.problem.emit(str(error))
            return False
        self.set_padding(padding)
        return True

    def spell_out_padding(self) -> None:
        """Padding in pixels, the same that "same" or "valid" stands for now."""
        conv, picture = self._document.conv, self._document.picture
        size = (64, 64) if picture is None else (picture.height, picture.width)
        try:
            size = map_size(size, self._document.layers_before)
        except PlaygroundError as error:
            self._document.problem.emit(str(error))
            return
        sides = resolve_padding(conv.padding, size, conv.kernel_size, conv.stride, conv.dilation)
        self.set_padding(simplest(sides))

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
        text = self.tr("Activation {}").format(ACTIVATION_NAMES[name])
        self._document.change_block(text, replace(block, activation=activation))

    def set_leaky_slope(self, slope: float, gesture: Gesture = None) -> None:
        """The slope of leaky ReLU below zero."""
        block = self._document.block
        activation = replace(block.activation, slope=slope)
        text = self.tr("Change slope")
        self._document.change_block(text, replace(block, activation=activation), gesture=gesture)

    def set_pool(self, kind: PoolKind | None, size: int = 2, gesture: Gesture = None) -> None:
        """What windows of the maps are made into one value, or that none are."""
        texts = {"max": self.tr("Max pooling"), "average": self.tr("Average pooling")}
        text = self.tr("No pooling") if kind is None else texts[kind]
        pool = None if kind is None else Pool2DSpec(kind, size)
        block = replace(self._document.block, pool=pool)
        self._document.change_block(text, block, gesture=gesture)

    def output_size(self) -> tuple[str, str]:
        """The output's size with the numbers it comes from, or why there is none: (size, problem).

        Height on the first line and width on the second, pooling behind the convolution. Both are
        empty as long as there is no picture.
        """
        picture, block = self._document.picture, self._document.block
        if picture is None:
            return "", ""
        try:
            size = map_size((picture.height, picture.width), self._document.layers_before)
            lines = list(output_formula(size, block.conv))
            if block.pool is not None:
                window, maps = block.pool.size, map_size(size, [block.conv])
                for axis, after in enumerate(pooled_size(maps, window)):
                    # Where a line breaks, it breaks before the pooling.
                    pooling = f"⌊{maps[axis]} / {window}⌋ = {after}".replace(" ", "\u00a0")
                    lines[axis] += f", {pooling}"
        except PlaygroundError as error:
            return "", str(error)
        return f"↕ {lines[0]}\n↔ {lines[1]}", ""

    def _set(self, text: str, gesture: Gesture, **changes: Any) -> None:
        self._document.change_conv(text, replace(self._document.conv, **changes), gesture=gesture)


def read_padding(text: str) -> Padding:
    """The padding that `text` says: "1", "1, 2, 1, 2" (top, bottom, left, right), "same", "valid".

    Raises PlaygroundError where it says something else, or more than LARGEST_PADDING pixels.
    """
    words = [word for word in _BETWEEN.split(text.lower()) if word]
    if words == ["same"]:
        return "same"
    if words == ["valid"]:
        return "valid"
    fits = all(word.isdecimal() and len(word) < 10 for word in words)
    sides = [int(word) for word in words] if fits else []
    if len(sides) not in (1, 4) or max(sides) > LARGEST_PADDING:
        raise PlaygroundError(
            f"Padding is one whole number from 0 to {LARGEST_PADDING}, or four of them: "
            f"top, bottom, left, right."
        )
    return simplest((sides * 4)[:4] if len(sides) == 1 else sides)


def write_padding(padding: Padding) -> str:
    """`padding` as `read_padding` takes it."""
    return ", ".join(map(str, padding)) if isinstance(padding, tuple) else str(padding)


def simplest(sides: list[int] | tuple[int, ...]) -> int | tuple[int, int, int, int]:
    """One number where all four sides are the same, else the four."""
    top, bottom, left, right = sides
    return top if top == bottom == left == right else (top, bottom, left, right)
