"""The bank as a whole: kernels added, copied, removed, renamed and moved, each with undo.

What an operation has touched is selected afterwards, so that the next one goes on from there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable

import numpy as np
from PySide6.QtCore import QObject

from playground.core.errors import PlaygroundError
from playground.core.kernels import bank
from playground.core.network.refit import with_kernels_moved
from playground.core.specs import Conv2DSpec
from playground.core.specs.base import Order
from playground.models.guard import Guarded
from playground.models.state.document import Document

_COPY = re.compile(r" copy( \d+)?$")


class BankEdits(Guarded, QObject):
    """Named operations on the selected layer's bank; each says whether it was carried out."""

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document

    def add(self) -> bool:
        """Add a kernel that leaves the picture as it is, ready to be edited, and select it."""
        conv = self._document.conv
        kh, kw = conv.kernel_size
        identity = np.zeros((kh, kw, conv.channels, 1), np.float32)
        identity[(kh - 1) // 2, (kw - 1) // 2] = 1.0 / conv.channels
        names = _unused([self.tr("New kernel")], conv.names)
        bias = np.zeros(1, np.float32)
        return self._change(
            self.tr("Add kernel"),
            lambda: bank.insert(conv, conv.filters, identity, bias, names),
            [conv.filters],
            order=[*range(conv.filters), None],
        )

    def duplicate(self) -> bool:
        """Put copies of the selected kernels behind the last of them, and select the copies."""
        rows, conv = self._chosen(), self._document.conv
        position = rows[-1] + 1
        plain = [_COPY.sub("", conv.names[row]) for row in rows]
        names = _unused([self.tr("{} copy").format(name) for name in plain], conv.names)
        return self._change(
            self._about(self.tr("Duplicate {}"), rows),
            lambda: bank.insert(conv, position, conv.kernel[..., rows], conv.bias[rows], names),
            range(position, position + len(rows)),
            order=[*range(position), *rows, *range(position, conv.filters)],
        )

    def remove(self) -> bool:
        """Remove the selected kernels, and select the one that moves up; one must remain."""
        rows, conv = self._chosen(), self._document.conv
        focus = max(0, min(rows[0], conv.filters - len(rows) - 1))
        text = self._about(self.tr("Remove {}"), rows)
        order = [row for row in range(conv.filters) if row not in rows]
        return self._change(text, lambda: bank.remove(conv, rows), [focus], order=order)

    def rename(self, kernel: int, name: str) -> bool:
        """Give a kernel another name."""
        conv = self._document.conv
        text = self._about(self.tr("Rename {}"), [kernel])
        return self._change(text, lambda: bank.rename(conv, kernel, name))

    def move(self, rows: Collection[int], position: int) -> bool:
        """Put the kernels `rows`, gathered, before today's row `position`."""
        conv, selection = self._document.conv, self._document.selection
        order = bank.move_order(conv.filters, rows, position)
        if order == sorted(order):
            return False
        kernels, current = selection.kernels, order.index(selection.kernel)
        chosen = [order.index(kernel) for kernel in kernels]
        text = self._about(self.tr("Move {}"), rows)
        return self._change(text, lambda: bank.reorder(conv, order), chosen, current, order=order)

    def move_earlier(self) -> bool:
        """Move the selected kernels one place towards the beginning."""
        rows = self._chosen()
        return rows[0] > 0 and self.move(rows, rows[0] - 1)

    def move_later(self) -> bool:
        """Move the selected kernels one place towards the end."""
        rows = self._chosen()
        return rows[-1] + 1 < self._document.conv.filters and self.move(rows, rows[-1] + 2)

    def _chosen(self) -> list[int]:
        return sorted(self._document.selection.kernels)

    def _about(self, text: str, rows: Collection[int]) -> str:
        """`text` with what the rows are called in its gap."""
        names = self._document.conv.names
        if len(rows) == 1:
            return text.format(names[next(iter(rows))])
        return text.format(self.tr("{} kernels").format(len(rows)))

    def _change(
        self,
        text: str,
        edit: Callable[[], Conv2DSpec],
        chosen: Iterable[int] = (),
        current: int | None = None,
        *,
        order: Order | None = None,
    ) -> bool:
        """Make the change and select the kernels `chosen`; False, and a sentence, where refused.

        `order` says for each kernel which one it was, so that the layers behind can follow.
        """
        try:
            conv = edit()
        except PlaygroundError as error:
            self._document.problem.emit(str(error))
            return False
        kernels = list(chosen)
        focus = kernels[0] if kernels and current is None else current
        if order is None:
            self._document.change_conv(text, conv, focus=focus)
        else:
            self._move_kernels(text, conv, order, focus)
        if focus is not None:
            self._document.selection.set_kernels(kernels, focus)
        return True

    def _move_kernels(self, text: str, conv: Conv2DSpec, order: Order, focus: int | None) -> None:
        document, layer = self._document, self._document.selection.layer
        seed = document.new_gesture()
        network = with_kernels_moved(document.network, layer, conv, order, seed)
        document.change_network(text, network, layer=layer, focus=focus)


def _unused(wanted: Iterable[str], taken: Iterable[str]) -> list[str]:
    """The names wanted, each with a number behind it where it is taken already."""
    used, chosen = set(taken), []
    for name in wanted:
        number, tried = 1, name
        while tried in used:
            number += 1
            tried = f"{name} {number}"
        used.add(tried)
        chosen.append(tried)
    return chosen
