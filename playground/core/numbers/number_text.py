"""Numbers as people type them and paste them, and the text in which the app shows them.

A typed number may be `0.5`, `-.5`, `0,5`, `1e-2`, `1/9`, or carry the typographic minus of a
web page. The rows and cells of a pasted block are told apart by the strongest marks it has:

    brackets     [[1, 2], [3, 4]]     NumPy and JSON: every innermost bracket is a row
    ; or lines   1 2 1; 0 0 0         rows
    tabs         1,5⇥2                spreadsheets: a comma inside a cell is a decimal comma
    commas       1, 2, 1              cells, unless every comma must be a decimal comma: 0,5 1,5
    spaces       1 2 1                cells

Nothing is ever evaluated: the text is taken apart, and every cell is read as a number.
"""

from __future__ import annotations

import math
import re

import numpy as np
from numpy.typing import ArrayLike

from playground.core.checks import shown
from playground.core.errors import PlaygroundError
from playground.core.numbers.pasted_text import Unwrapped, unwrap
from playground.core.numbers.table_text import bracketed_rows, split_cells, tighten
from playground.core.specs import FloatArray

_DECIMAL = r"[+-]?(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)(?:[eE][+-]?[0-9]+)?"
_NUMBER = re.compile(rf"({_DECIMAL})(?:\s*/\s*({_DECIMAL}))?")
_TWO_MARKS = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+,|,[0-9]+\.)[0-9]+")
_WHOLE = re.compile(r"[+-]?[0-9]{1,15}")
# As word processors, web pages and Asian keyboards write it: minus sign, non-breaking hyphen,
# en dash, small and full-width hyphen.
_MINUS_SIGNS = str.maketrans(dict.fromkeys("\u2212\u2011\u2013\ufe63\uff0d", "-"))

_SCALAR_CALL = re.compile(r"\b(?:np|numpy)\.float[0-9]+\(([^()]*)\)")

# Longer than any kernel: more is a whole file, pasted by mistake.
LONGEST_TEXT = 100_000
# Outside of these a number is easier to read with an exponent.
SMALLEST_FIXED = 1e-4
LARGEST_FIXED = 1e6


def parse_number(text: str) -> float:
    """The number that `text` writes, finite also as float32.

    Raises PlaygroundError for anything else, for a division by zero and for a number too large.

    >>> parse_number("0,5"), parse_number("−1"), parse_number(" 1/8 ")
    (0.5, -1.0, 0.125)
    """
    match = _NUMBER.fullmatch(text.translate(_MINUS_SIGNS).strip())
    if match is None:
        raise PlaygroundError(
            f"“{_shortened(text)}” is not a number: type one such as 0.5, -2, 1e-3 or 1/9."
        )
    numerator, denominator = (float(part.replace(",", ".")) for part in match.groups("1"))
    if denominator == 0:
        raise PlaygroundError(
            f"“{_shortened(text)}” divides by zero: type another number below the line."
        )
    value = numerator / denominator
    if not _fits_float32(value):
        raise PlaygroundError(
            f"“{_shortened(text)}” is too large to compute with: the limit is about 3.4e38."
        )
    return value


def parse_whole(text: str) -> int:
    """The whole number that `text` writes, without any separator.

    Raises PlaygroundError for anything else: 1.000 and 1,000 may be meant as one or a thousand.

    >>> parse_whole(" 12 ")
    12
    """
    match = _WHOLE.fullmatch(text.translate(_MINUS_SIGNS).strip())
    if match is None:
        raise PlaygroundError(
            f"“{_shortened(text)}” is not a whole number: type digits alone, such as 12."
        )
    return int(match[0])


def _fits_float32(value: float) -> bool:
    with np.errstate(over="ignore"):
        return bool(np.isfinite(np.float32(value)))


def _shortened(text: str, limit: int = 30) -> str:
    text = "".join(c if c.isprintable() else " " for c in text[: 10 * limit])
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1] + "…"


def format_weight(value: float, digits: int = 2) -> str:
    """`value` with its sign and `digits` decimals; more for a small number, so none looks like 0.

    >>> [format_weight(v) for v in (1, -2, 0, -0.0, 0.0042, 1e-6)]
    ['+1.00', '-2.00', '+0.00', '+0.00', '+0.0042', '+1e-6']
    """
    value = float(value)
    size = abs(value)
    if size == 0:
        return f"{0:+.{digits}f}"
    if not math.isfinite(value):
        return f"{value:+}".replace("+nan", "nan")
    mantissa, exponent = f"{value:+.1e}".split("e")
    power = int(exponent)
    if size >= LARGEST_FIXED or (size < SMALLEST_FIXED and power < -digits):
        return f"{mantissa.removesuffix('.0')}e{power}"
    # Two significant digits for what `digits` decimals would round away.
    decimals = digits if power >= -digits else 1 - power
    return f"{value:+.{decimals}f}"


def format_number(value: float) -> str:
    """The shortest text that reads back as the same float32, without a trailing “.0”.

    >>> format_number(np.float32(1) / 9), format_number(2.0)
    ('0.11111111', '2')
    """
    # Adding zero turns -0.0 into 0.0.
    return str(np.float32(value) + np.float32(0)).removesuffix(".0")


def decimal(weight: float) -> float:
    """The float32 `weight` as the number a person reads: 0.1, not 0.10000000149.

    Sums of such numbers stay on the tenths they are on.
    """
    return float(format_number(weight))


def format_block(block: ArrayLike, *, decimal_comma: bool = False) -> str:
    r"""A table (rows, columns) as tab-separated lines, which a spreadsheet takes into its cells.

    With the precision that gives the same float32 when pasted back. `decimal_comma` writes 0,5,
    as spreadsheets in many countries read it.

    >>> format_block([[0.5, -1], [0, 2]])
    '0.5\t-1\n0\t2'
    """
    rows = np.atleast_2d(np.asarray(block, dtype=np.float32))
    text = "\n".join("\t".join(format_number(value) for value in row) for row in rows)
    return text.replace(".", ",") if decimal_comma else text


def parse_block(
    text: str, *, decimal_comma: bool = False, notes: list[str] | None = None
) -> FloatArray:
    """The table that `text` writes, float64 (rows, columns).

    A lone `0,5` is one number, as it is when typed; several lines of `1,2` are read as two cells
    each, or as one number each with `decimal_comma`, which a caller sets from the user's locale.
    Nine or 25 numbers without rows are a square, which a sentence added to `notes` says.
    Raises PlaygroundError that names the row, and the cell, where the text is no table of numbers.

    >>> parse_block("1 2 1; 0 0 0; -1 -2 -1")
    array([[ 1.,  2.,  1.],
           [ 0.,  0.,  0.],
           [-1., -2., -1.]])
    """
    if not isinstance(text, str):
        raise PlaygroundError(f"A table of numbers is read from text, not from {shown(text)}.")
    if len(text) > LONGEST_TEXT:
        raise PlaygroundError(
            f"The text has {len(text)} characters, too many for a kernel: copy only its numbers."
        )
    unwrapped = unwrap(text)
    rows = _rows(unwrapped, decimal_comma)
    if not any(cell for row in rows for cell in row):
        raise PlaygroundError("There are no numbers to paste: copy a row or a table of numbers.")
    side = math.isqrt(len(rows[0]))
    if len(rows) == 1 and side % 2 and side >= 3 and side**2 == len(rows[0]) and "\t" not in text:
        rows = [rows[0][start : start + side] for start in range(0, side**2, side)]
        if notes is not None:
            notes.append(f"{side**2} numbers without rows were taken as {side} × {side}.")
    for number, row in enumerate(rows, start=1):
        if len(row) != len(rows[0]):
            raise PlaygroundError(
                f"Row {number} has {_cells(len(row))} but row 1 has {_cells(len(rows[0]))}: "
                "every row of a table needs equally many."
            )
    return _scaled(np.array([_parse_row(row, n) for n, row in enumerate(rows, start=1)]), unwrapped)


def _rows(unwrapped: Unwrapped, decimal_comma: bool) -> list[list[str]]:
    """The cells' texts, in the rows that the text or its shape tells."""
    body, shape = _SCALAR_CALL.sub(r"\1", unwrapped.body), unwrapped.shape
    bracketed = "[" in body or "(" in body or "{" in body
    if shape is None:
        return bracketed_rows(body) if bracketed else _plain_rows(body, decimal_comma)
    rows = bracketed_rows(body) if bracketed else [split_cells(" ".join(body.split()))]
    cells = [cell for row in rows for cell in row]
    if len(cells) != shape[0] * shape[1]:
        raise PlaygroundError(
            f"The text says {shape[0]} × {shape[1]} but has {_cells(len(cells))}: copy all of them."
        )
    return [cells[start : start + shape[1]] for start in range(0, len(cells), shape[1])]


def _scaled(values: FloatArray, unwrapped: Unwrapped) -> FloatArray:
    """The values times the factors around them, finite also as float32."""
    for divisor in unwrapped.divisors:
        by = float(values.sum()) if divisor is None else divisor
        if by == 0:
            raise PlaygroundError("The numbers are divided by zero: give another divisor.")
        values = values / by
    for factor in unwrapped.factors:
        values = values * factor
    if not all(_fits_float32(float(value)) for value in values.flat):
        raise PlaygroundError("The numbers are too large to compute with: the limit is 3.4e38.")
    return values


def _cells(count: int) -> str:
    return f"{count} number" if count == 1 else f"{count} numbers"


def _parse_row(cells: list[str], number: int) -> list[float]:
    values = []
    for column, cell in enumerate(cells, start=1):
        if not cell.strip():
            raise PlaygroundError(
                f"Row {number}, column {column} is empty: every cell of a table needs a number."
            )
        try:
            values.append(parse_number(cell))
        except PlaygroundError as error:
            raise PlaygroundError(f"Row {number}, column {column}: {error}") from error
    return values


def _plain_rows(text: str, decimal_comma: bool) -> list[list[str]]:
    lines = [line for line in text.splitlines() if line.strip(" ")]
    if _semicolons_part_cells(lines):
        return [line.rstrip("; ").split(";") for line in lines]
    rows = [row for line in lines for row in line.split(";") if row.strip(" ")]
    if "\t" in text:
        return [row.split("\t") for row in rows]
    if _commas_are_decimal(rows, decimal_comma):
        return [tighten(row).split() for row in rows]
    for words in map(str.split, rows):
        twice = next((word for word in words if _TWO_MARKS.fullmatch(word)), "")
        if twice and len(words) > 1 and not any(word.endswith(",") for word in words):
            raise PlaygroundError(
                f"“{twice}” has two separators: write it with one, such as 1234.5 or 1234,5."
            )
    return [split_cells(row) for row in rows]


def _semicolons_part_cells(lines: list[str]) -> bool:
    """Whether this is a table file of a country with decimal commas: lines of `1;0,5;1`."""
    cells = [line.rstrip("; ").split(";") for line in lines]
    return len(lines) > 1 and all(
        len(row) > 1 and all(len(cell.split()) <= 1 for cell in row) for row in cells
    )


def _commas_are_decimal(rows: list[str], decimal_comma: bool) -> bool:
    """Whether the commas of rows without tabs lie inside numbers, as in `0,5 1,5`."""
    cells = [tighten(row).split() for row in rows]
    readable = all(
        _NUMBER.fullmatch(cell.translate(_MINUS_SIGNS))
        and not cell.endswith(",")
        and (decimal_comma or not cell.startswith(","))
        for row in cells
        for cell in row
    )
    alone = all(len(row) == 1 for row in cells)
    return readable and (not alone or len(rows) == 1 or decimal_comma)
