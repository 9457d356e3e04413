"""One feature map out of the window: to the clipboard or to a file, as seen or as values.

The numbers on screen are reduced to 8 bits; what leaves the window is computed again, whole and
exact, from the document as it is at the moment of asking.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from playground.core import conv2d
from playground.core.convolve.pooling import pooled_size
from playground.core.kernels import bank
from playground.core.network.layer_input import layer_input
from playground.core.pictures.feature_maps import View, finish
from playground.core.pictures.rendering import quantize
from playground.core.specs import BlockSpec, FloatArray, LayerSpec
from playground.files.out.export import save_map_npy, save_map_png, save_map_png16
from playground.models.guard import Guarded
from playground.models.maps.images import rgb_image
from playground.models.state.document import Document
from playground.models.worker import Control, Failure, LatestWorker

Form = Literal["png", "png16", "npy"]
"""As seen; as 16-bit values; as exact values."""


@dataclass(frozen=True, eq=False)
class Look:
    """How a map is seen: ±level are the ends of `table` (255, 3); `window` in shares of the map."""

    level: float
    table: NDArray[np.uint8]
    window: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)


@dataclass(frozen=True, eq=False)
class _Export:
    pixels: FloatArray
    before: tuple[LayerSpec, ...]
    block: BlockSpec
    look: Look
    path: Path | None
    form: Form


class MapExport(Guarded, QObject):
    """Computes maps and hands them out, one after the other, beside the window."""

    saved = Signal(str)
    """The path of a file that was written."""
    copied = Signal()
    """The map's picture is on the clipboard."""

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._waiting: deque[_Export] = deque()
        self._busy = False
        self._worker = LatestWorker("map export", _carry_out, self._finish, self._fail, self)
        # Whoever owns this ends the worker by ending this.
        self.destroyed.connect(self._worker.close)

    @property
    def busy(self) -> bool:
        """Whether a map is still to be written."""
        return self._busy

    def copy(self, kernel: int, look: Look) -> None:
        """Put the map of `kernel`, as seen, on the clipboard."""
        self._ask(kernel, look, None, "png")

    def save(self, kernel: int, look: Look, path: str, form: Form) -> None:
        """Write the map of `kernel` to `path`: as seen, or all its values."""
        self._ask(kernel, look, Path(path), form)

    def close(self) -> None:
        """End the worker; what still waits is not written."""
        self._waiting.clear()
        self._worker.close()

    def _ask(self, kernel: int, look: Look, path: Path | None, form: Form) -> None:
        picture, block = self._document.picture, self._document.block
        if picture is None:
            self._document.problem.emit(self.tr("There is no map yet: open a picture first."))
            return
        alone = BlockSpec(bank.reorder(block.conv, [kernel]), block.activation, block.pool)
        before = self._document.layers_before
        self._waiting.append(_Export(picture.pixels, before, alone, look, path, form))
        self._next()

    def _next(self) -> None:
        # The worker drops all but the newest request; every map that was asked for is wanted.
        if not self._busy and self._waiting:
            self._busy = True
            self._worker.submit(self._waiting.popleft())

    def _finish(self, result: str | NDArray[np.uint8]) -> None:
        self._busy = False
        if isinstance(result, str):
            self.saved.emit(result)
        else:
            QGuiApplication.clipboard().setImage(rgb_image(result))
            self.copied.emit()
        self._next()

    def _fail(self, failure: Failure) -> None:
        self._busy = False
        self._document.problem.emit(failure.message)
        self._next()


def exact_map(pixels: FloatArray, block: BlockSpec) -> FloatArray:
    """The only map (H', W') of a block with one kernel on the image `pixels` (H, W, C)."""
    conv = block.conv
    plain = conv2d(
        pixels,
        conv.kernel,
        conv.bias,
        stride=conv.stride,
        padding=conv.padding,
        dilation=conv.dilation,
        edge=conv.edge,
        flip=conv.flip,
    )[0]
    rows = plain.shape[0]
    if block.pool is not None:
        rows = pooled_size((rows, plain.shape[1]), block.pool.size)[0]
    return finish(plain, block.activation, block.pool, 0, rows)


def as_seen(values: FloatArray, look: Look) -> NDArray[np.uint8]:
    """The part of a map that is looked at, in its colours: (h, w, 3), one pixel per value."""
    size = values.shape[0], values.shape[1]
    (top, left, bottom, right), _ = View(look.window, size[1]).on_map(size)
    return look.table[quantize(values[top:bottom, left:right], look.level)]


def _carry_out(export: _Export, control: Control) -> Any:
    """Runs on the worker's thread: the path that was written, or the colours to be copied."""
    values = exact_map(layer_input(export.pixels, export.before), export.block)
    if export.path is None:
        return as_seen(values, export.look)
    if export.form == "npy":
        save_map_npy(export.path, values)
    elif export.form == "png16":
        save_map_png16(export.path, values)
    else:
        save_map_png(export.path, as_seen(values, export.look))
    return str(export.path)
