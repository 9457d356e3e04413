"""Numbers as the user's locale writes them: its decimal mark, and nothing between thousands.

What is shown is written so. Code, exports and prints keep the point.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QLocale

from playground.core.errors import PlaygroundError
from playground.core.numbers.number_text import parse_number, parse_whole


def decimal_comma() -> bool:
    """Whether the locale writes 0,5."""
    return QLocale().decimalPoint() != "."


def localised(number: str) -> str:
    """A number's text that has a point, with the locale's decimal mark."""
    return number.replace(".", ",") if decimal_comma() else number


def with_local_marks(sentence: str) -> str:
    """A sentence with examples such as 0.5, with the locale's decimal mark in them."""
    return re.sub(r"\.(?=[0-9])", ",", sentence) if decimal_comma() else sentence


def read_number(text: str, *, whole: bool = False) -> float:
    """The number that `text` writes, with either mark; one without any where it must be `whole`.

    Raises PlaygroundError for anything else.
    """
    try:
        return parse_whole(text) if whole else parse_number(text)
    except PlaygroundError as error:
        # What was typed is said as it was typed; the examples behind it are the country's.
        said, colon, examples = str(error).rpartition(": ")
        raise PlaygroundError(f"{said}{colon}{with_local_marks(examples)}") from None


def typographic(number: str) -> str:
    """A number's text as it is printed: 1.2e-05 as 1.2e−5, with the locale's decimal mark."""
    return localised(re.sub(r"e([+-])0*", r"e\1", number).replace("-", "−").replace("e+", "e"))


class Local(float):
    """A number that is formatted with the locale's decimal mark: f"{Local(0.5):.2f}" is 0,50."""

    def __format__(self, spec: str) -> str:
        return localised(super().__format__(spec))
