"""The bank as a whole: kernels added, duplicated, removed, renamed and moved, as undoable steps."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
from PySide6.QtCore import QObject

from playground.core import bank
from playground.core.errors import PlaygroundError
from playground.core.specs import Conv2DSpec
from playground.models.document import Document


class BankEdits(QObject):
    """Named operations on the selected layer's bank."""

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document

    def add(self) -> None:
        """Add a kernel that leaves the picture as it is, ready to be edited, and select it."""
        conv = self._document.conv
        kh, kw = conv.kernel_size
        identity = np.zeros((kh, kw, conv.channels, 1), np.float32)
        identity[(kh - 1) // 2, (kw - 1) // 2] = 1.0 / conv.channels
        name = _unused(self.tr("New kernel"), conv.names)
        bias = np.zeros(1, np.float32)
        self._change(
            self.tr("Add kernel"),
            lambda: bank.insert(conv, conv.filters, identity, bias, [name]),
            conv.filters,
        )

    def duplicate(self) -> None:
        """Put copies of the selected kernels behind them, and select the first copy."""
        chosen = self._chosen()
        conv = self._document.conv
        self._change(self.tr("Duplicate"), lambda: bank.duplicate(conv, chosen), max(chosen) + 1)

    def remove(self) -> None:
        """Remove the selected kernels; one must remain."""
        chosen = self._chosen()
        conv = self._document.conv
        focus = min(min(chosen), max(0, conv.filters - len(chosen) - 1))
        self._change(self.tr("Remove"), lambda: bank.remove(conv, chosen), focus)

    def rename(self, kernel: int, name: str) -> None:
        """Give a kernel another name."""
        conv = self._document.conv
        self._change(self.tr("Rename"), lambda: bank.rename(conv, kernel, name), None)

    def move(self, rows: Iterable[int], position: int) -> None:
        """Put the kernels `rows` before row `position`."""
        conv = self._document.conv
        order = bank.move_order(conv.filters, rows, position)
        focus = order.index(self._document.selection.kernel)
        if order != sorted(order):
            self._change(self.tr("Move"), lambda: bank.reorder(conv, order), focus)

    def _chosen(self) -> list[int]:
        return sorted(self._document.selection.kernels)

    def _change(self, text: str, edit: Callable[[], Conv2DSpec], focus: int | None) -> None:
        try:
            self._document.change_conv(text, edit(), focus=focus)
        except PlaygroundError as error:
            self._document.problem.emit(str(error))


def _unused(name: str, names: tuple[str, ...]) -> str:
    """`name`, or `name 2`, `name 3` … where it is taken."""
    number, tried = 1, name
    while tried in names:
        number += 1
        tried = f"{name} {number}"
    return tried
