"""Splits numbers in brackets, however deep, into rows and cells; the numbers are read elsewhere.

[[1, 2], [3, 4]]             each innermost bracket is a row
[1 2; 3 4] or [1 2⏎ 3 4]     one bracket: semicolons and line breaks part the rows (MATLAB)
[[[[1, 2], [3, 4]]]]         PyTorch's (kernels, channels, rows, columns) of one kernel
[[[[1]], [[2]]], …]          Keras's (rows, columns, channels, kernels) of one kernel
"""

from __future__ import annotations

import math
import re
from typing import TypeAlias

from playground.core.errors import PlaygroundError
from playground.core.numbers.pasted_text import no_table

_TO_SQUARE = str.maketrans("({)}", "[[]]")
_BETWEEN_CELLS = re.compile(r"\s*,\s*|\s+")
# Libraries nest kernels four deep; twice as deep is surely no kernel.
_DEEPEST = 8

Shape: TypeAlias = tuple[int, ...]


def bracketed_rows(text: str) -> list[list[str]]:
    """The cells' texts, row by row.

    Raises PlaygroundError where brackets do not match or leave more than rows and columns.
    """
    text = text.translate(_TO_SQUARE).strip()
    leaves, shape = _leaves(text)
    if len(shape) == 0:
        return _matlab_rows(leaves[0])
    if len(shape) == 1:
        return [split_cells(row) for leaf in leaves for row in leaf.split(";")]
    cells = [split_cells(leaf) for leaf in leaves]
    if any(len(row) != len(cells[0]) for row in cells):
        return cells
    rows, columns = _rows_and_columns((*shape, len(cells[0])))
    flat = [cell for row in cells for cell in row]
    return [flat[start : start + columns] for start in range(0, rows * columns, columns)]


def _leaves(text: str) -> tuple[list[str], Shape]:
    """What stands in the innermost brackets, and how many brackets each bracket around has."""
    leaves: list[str] = []
    counts: list[int] = []
    sizes: dict[int, int] = {}
    start, closed = 0, False
    for place, letter in enumerate(text):
        if letter not in "[]":
            continue
        between = text[start:place]
        start = place + 1
        if letter == "]" and not closed and counts:
            leaves.append(between)
        elif between.strip(" \t\r\n,;"):
            raise no_table(text, place - len(between))
        if letter == "[":
            if (not counts and leaves) or len(counts) == _DEEPEST:
                raise no_table(text, place)
            if counts:
                counts[-1] += 1
            counts.append(0)
        else:
            if not counts:
                raise no_table(text, place)
            count, depth = counts.pop(), len(counts)
            if sizes.setdefault(depth, count) != count:
                raise PlaygroundError(
                    "The brackets have different depths or lengths: every row of a table needs "
                    "equally many numbers."
                )
        closed = letter == "]"
    if counts or not leaves or text[start:].strip():
        raise no_table(text, max(0, start - 1))
    return leaves, tuple(sizes[depth] for depth in sorted(sizes))[:-1]


def _rows_and_columns(shape: Shape) -> tuple[int, int]:
    """Which two axes are the kernel's, all others being 1."""
    several = [size for size in shape if size != 1]
    torch, keras = shape[-2:], shape[:2]
    fits = [one for one in (torch, keras) if math.prod(one) == math.prod(shape)]
    if not fits or len(several) > 2:
        sizes = " × ".join(map(str, shape))
        raise PlaygroundError(
            f"The numbers are an array of {sizes}, more than one kernel's rows and columns: "
            "copy one kernel of one channel."
        )
    if len(fits) == 2 and fits[0] != fits[1]:
        (a, b), (c, d) = fits
        raise PlaygroundError(
            f"The numbers may be {a} × {b} or {c} × {d}: leave out the brackets around them."
        )
    return fits[0][0], fits[0][1]


def _matlab_rows(inside: str) -> list[list[str]]:
    """One bracket: rows by semicolons or lines, or one row that was too long for its line."""
    rows = [split_cells(row) for part in inside.split(";") for row in part.splitlines()]
    rows = [row for row in rows if row]
    if ";" in inside or len({len(row) for row in rows}) <= 1:
        return rows
    flat = [cell for row in rows for cell in row]
    full = {len(row) for row in rows[:-1]}
    wrapped = "," in inside or math.isqrt(len(flat)) ** 2 == len(flat)
    return [flat] if wrapped and len(full) == 1 and len(rows[-1]) < len(rows[0]) else rows


def split_cells(row: str) -> list[str]:
    """The cells of a row that are parted by commas or spaces."""
    row = tighten(row).strip().removesuffix(",")
    return _BETWEEN_CELLS.split(row) if row else []


def tighten(row: str) -> str:
    """Fractions without the spaces around their bar, so that spaces only part cells."""
    return "/".join(part.strip() for part in row.split("/"))
