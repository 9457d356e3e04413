"""Where a pasted block of numbers goes.

A lone number fills all the selected cells. A block goes to the cell it is pasted at, and is moved
up and left where it would stick out, so that no number is lost. A block larger than the kernel
makes the bank grow, every kernel around its centre, and takes the middle.
"""

from __future__ import annotations

from collections.abc import Collection

from playground.core.errors import PlaygroundError
from playground.core.kernels import bank, kernel_ops
from playground.core.kernels.bank import Cell
from playground.core.numbers.number_text import parse_block
from playground.core.specs import Conv2DSpec, FloatArray


def writes_numbers(text: str) -> bool:
    """Whether a text that may be anything is a table of numbers."""
    try:
        return parse_block(text).size > 0
    except PlaygroundError:
        return False


def pasted(
    conv: Conv2DSpec, block: FloatArray, cells: Collection[Cell]
) -> tuple[Conv2DSpec, list[Cell]]:
    """The bank with `block` (rows, columns) pasted at the first of `cells`, and where it went.

    Raises PlaygroundError where the block is larger than a kernel can be.
    """
    top, left, channel, kernel = min(cells)
    if block.size == 1:
        value = float(block[0, 0])
        return bank.set_weights(conv, dict.fromkeys(cells, value)), list(cells)
    rows, columns = block.shape
    kh, kw = conv.kernel_size
    if rows > kh or columns > kw:
        kh, kw = max(kh, rows), max(kw, columns)
        conv = bank.with_kernels(conv, kernel_ops.resize_centered(conv.kernel, kh, kw))
        top, left = (kh - 1) // 2 - (rows - 1) // 2, (kw - 1) // 2 - (columns - 1) // 2
    top, left = min(top, kh - rows), min(left, kw - columns)
    values = {
        (top + row, left + column, channel, kernel): float(block[row, column])
        for row in range(rows)
        for column in range(columns)
    }
    return bank.set_weights(conv, values), list(values)
