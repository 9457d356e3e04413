r"""Takes away what other programs, or people, write around a kernel's numbers.

    K = [1 2 1; …];                      an assignment; MATLAB, Python, C, R
    Parameter containing: / 3×3 Matrix:  a headline; PyTorch, Julia
    np.array([[…]], dtype=…) / 9         a call with its settings, and a factor for all
    <tf.Variable … numpy=array(…)>       TensorFlow's print
    3x3: 1,2,1 …                         ImageMagick: the width × the height, then all numbers
    Kernel((3, 3), […], scale=16)        Pillow: numbers without rows, to be divided
    Mat_<float>(3, 3) << 1, 2, 1 …       OpenCV: rows × columns, then all numbers
    Columns 1 through 8 … Columns 9 …    MATLAB and Octave: wide tables in pieces
    \begin{bmatrix} 1 & 2 \\ …            LaTeX
    | 1 | 2 |                            Markdown
    1.0f 1f32 1.0d0                      numbers with a type, as C, Rust and Fortran write them
    # … // … % … /* … */                 comments

Nothing is evaluated. What would change the numbers and is not understood is refused by its name.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from playground.core.errors import PlaygroundError

_SIMPLE = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
FACTOR = rf"\(?\s*({_SIMPLE})\s*(?:/\s*({_SIMPLE})\s*)?\)?"
_COMMENT = re.compile(r"/\*.*?\*/|(?:#|//|(?<![0-9])%)[^\n]*", re.S)
_CONTINUED = re.compile(r"(?<=[0-9;,])[ \t]*\.\.\.[ \t]*\r?\n")
_LABELS = re.compile(r"\[ *, *[0-9]+ *\]|\[ *[0-9]+ *, *\]")  # R numbers its rows and columns.
_HEADLINE = re.compile(r"\s*(?:Parameter containing:|[0-9]+[×x][0-9]+ [A-Z][\w{}, ]*:[ \t]*\n)")
_TENSORFLOW = re.compile(r"<[\w.]+(?=[\s:])[^\[\]]*?\b(?:numpy|value)\s*=(.*)>\s*", re.S)
_ASSIGNED = re.compile(
    r"\s*[A-Za-z_](?:[\w .:;,*'&<>\[\]]*(?::?=|<-)|\w*:(?=\s*[\[{]))"
    r"(?:\s*(?:new\s+)?(?:\w[\w ]*(?:\[[0-9]*\])+|(?:\[[0-9]*\])+\w+)\s*(?=\{))?"
)
_TYPED = re.compile(
    r"(?<![\w.])([+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:e[+-]?[0-9]+)?)_?[fdl](?:32|64)?\b", re.I
)
_FORTRAN = re.compile(r"(?<=[0-9.])d(?=[+-]?[0-9])", re.I)
_COLUMNS = re.compile(
    r"^[ \t]*Columns? [0-9]+(?: (?:through|to|and) [0-9]+)?:?[ \t]*$", re.M | re.I
)
_LATEX = re.compile(
    r"\$*\s*\\begin\{(\w*matrix|array)\*?\}(?:\{[lcr|]*\})?(.*)\\end\{\1\*?\}[\s$]*", re.S
)
_MARKDOWN = re.compile(r"^[ \t]*\|(.*)\|[ \t]*$", re.M)
_RULE = re.compile(r"^[ \t]*\|(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*\n?", re.M)
_OPENCV = re.compile(
    r"\(?\s*(?:cv::)?Mat_<\w+>\s*\(\s*([0-9]+)\s*,\s*([0-9]+)\s*\)\s*<<([^()\[\]{}]*)\)?[\s;]*"
)
_MATLAB_FACTOR = re.compile(r"\s*([0-9.]+e[+-][0-9]+)\s*\*[ \t]*\r?\n")
_BEFORE = re.compile(rf"\s*{FACTOR}\s*\.?\*\s*(?=[\[({{A-Za-z])")
_AFTER = re.compile(rf"\s*\.?([*/])\s*{FACTOR}")
_CALL = re.compile(
    r"\s*(?:\w+\.)*(?:(?:as|nd)?array|mat(?:rix)?|\w*tensor|constant|variable|parameter|list|tuple"
    r"|float[0-9]*|double|single|int[0-9]*)\s*(?=\()",
    re.I,
)
_PILLOW = re.compile(
    r"\s*(?:\w+\.)*Kernel\s*\(\s*(?:size\s*=\s*)?\(\s*([0-9]+)\s*,\s*([0-9]+)\s*\)\s*,"
    r"\s*(?:kernel\s*=\s*)?(?=[\[(])"
)
_PILLOW_END = re.compile(
    rf"(?:\s*,\s*(?:scale\s*=\s*)?({_SIMPLE}|None))?(?:\s*,\s*(?:offset\s*=\s*)?({_SIMPLE}))?\s*,?\s*\)"
)
_SETTINGS = re.compile(
    r"(?:\s*,\s*(?:\w+\s*=\s*)?(?:\([0-9\s,]*\)|<[^<>]*>|[A-Za-z_][\w.]*|'[^']*'|\"[^\"]*\"))*\s*,?\s*"
)
_SAME_NUMBERS = re.compile(r"\s*\.(?:astype|to|float|double|numpy|detach|cpu|tolist)\([^()]*\)")
_RESHAPED = re.compile(r"\s*\.reshape\(\s*\(?\s*([0-9]+)\s*,\s*([0-9]+)\s*\)?\s*\)")
_IMAGEMAGICK = re.compile(r"\s*([0-9]+)(?:x([0-9]+))?(?:[+-][0-9]+[+-][0-9]+)?\s*:\s*(?=[0-9.+-])")
_LONGEST_FACTOR = 200  # So that spaces without end take no time.
_OPEN, _CLOSE = "([{", ")]}"


class Unwrapped(NamedTuple):
    """The numbers' own text; (rows, columns) where it is told; what divides and multiplies all.

    A divisor of None stands for the sum of the numbers.
    """

    body: str
    shape: tuple[int, int] | None = None
    divisors: tuple[float | None, ...] = ()
    factors: tuple[float, ...] = ()


def unwrap(text: str) -> Unwrapped:
    """Take off what stands around the numbers.

    Raises PlaygroundError for what would change them and is not understood.
    """
    text = _CONTINUED.sub(" ", _COMMENT.sub(" ", text) if _may_have_comments(text) else text)
    text = _LABELS.sub(" ", text).strip("\ufeff \r\n")
    for start in (_HEADLINE, _ASSIGNED, _HEADLINE):
        if found := start.match(text):
            text = text[found.end() :]
    text = _plain(text)
    if found := _OPENCV.fullmatch(text.strip()):
        return Unwrapped(found[3].strip(" ;\n"), (int(found[1]), int(found[2])))
    text = text.strip(" \r\n;") if "[" in text or "{" in text or "(" in text else text.strip("\r\n")
    if found := _TENSORFLOW.fullmatch(text):
        text = found[1]
    if "..." in text or "…" in text:
        raise PlaygroundError("The numbers are shortened with “...”: print or copy all of them.")
    divisors: list[float | None] = []
    factors: list[float] = []
    for scaled in (_MATLAB_FACTOR, _BEFORE):
        if found := scaled.match(text, 0, _LONGEST_FACTOR):
            text = text[found.end() :]
            factors.append(float(found[1]))
            if scaled is _BEFORE and found[2]:
                divisors.append(float(found[2]))
    if found := _IMAGEMAGICK.match(text):
        width, height = int(found[1]), int(found[2] or found[1])
        return Unwrapped(text[found.end() :], (height, width), tuple(divisors), tuple(factors))
    if not any(letter in text for letter in _OPEN):
        return _divided_table(text, divisors, factors)
    return _bracketed(text, divisors, factors)


def _plain(text: str) -> str:
    """Ways to write a table, and its numbers, that are not those of a list."""
    if found := _LATEX.fullmatch(text.strip()):
        rows = found[2].replace("\\\\", ";").strip("; \n")
        text = f"[{rows.replace('&', ',')}]"
    elif text.lstrip().startswith("|"):
        text = _MARKDOWN.sub(lambda row: row[1].replace("|", "\t"), _RULE.sub("", text))
    text = _FORTRAN.sub("e", _TYPED.sub(r"\1", text))
    return _put_together(text)


def _put_together(text: str) -> str:
    """A table that was printed a few columns at a time, with all columns beside each other."""
    start, *pieces = _COLUMNS.split(text)
    blocks = [[line for line in piece.splitlines() if line.strip()] for piece in pieces]
    if not blocks or any(len(block) != len(blocks[0]) for block in blocks):
        return text
    return start + "\n".join(" ".join(row) for row in zip(*blocks, strict=True))


def _may_have_comments(text: str) -> bool:
    return any(mark in text for mark in ("#", "%", "//", "/*"))


def _divided_table(text: str, divisors: list[float | None], factors: list[float]) -> Unwrapped:
    """A table without brackets; a last line of its own may divide it."""
    lines = text.rstrip().splitlines()
    if len(lines) > 1 and (found := _AFTER.fullmatch(lines[-1][:_LONGEST_FACTOR])):
        _note(found, divisors, factors)
        text = "\n".join(lines[:-1])
    elif _is_divided_at_the_end(text):
        raise PlaygroundError(
            "The division at the end may be meant for the last number or for all: "
            "write 1/9 without spaces, or brackets around the table."
        )
    return Unwrapped(text, None, tuple(divisors), tuple(factors))


def _is_divided_at_the_end(text: str) -> bool:
    """Whether the only fraction of several numbers is the last and has spaces around its bar."""
    before, _, after = text.rpartition("/")
    spaced = before[-1:].isspace() and after[:1].isspace() and "/" not in before
    return spaced and len(before.split()) > 1 and len(after.split()) == 1


def _bracketed(text: str, divisors: list[float | None], factors: list[float]) -> Unwrapped:
    shape = None
    if found := _PILLOW.match(text):
        width, height = int(found[1]), int(found[2])
        body, text = _first_value(text[found.end() :])
        text = " ".join(text.split())
        end = _PILLOW_END.match(text)
        if end is None:
            raise _not_understood(text)
        if end[2] and float(end[2]) != 0:
            raise PlaygroundError(
                "The kernel has an offset, which is not a weight: paste it without, "
                "and type it as the bias."
            )
        divisors.append(float(end[1]) if end[1] not in (None, "None") else None)
        shape, text = (height, width), text[end.end() :]
    elif found := _CALL.match(text):
        inside, text = _first_value(text[found.end() :])
        inside = inside.strip()[1:-1].strip()
        nested = _CALL.match(inside)
        if nested:
            inner = _bracketed(inside, divisors, factors)
            return _behind(text, inner.body, inner.shape, list(inner.divisors), list(inner.factors))
        body, rest = _first_value(inside)
        if not _SETTINGS.fullmatch(" ".join(rest.split())):
            raise _not_understood(rest)
    else:
        body, text = _first_value(text)
        inside = body.strip()[1:-1].strip()
        if body.strip().startswith("(") and (_CALL.match(inside) or _ends_in_factor(inside)):
            inner = _bracketed(inside, divisors, factors)
            return _behind(text, inner.body, inner.shape, list(inner.divisors), list(inner.factors))
    return _behind(text, body, shape, divisors, factors)


def _ends_in_factor(text: str) -> bool:
    """Whether this is one bracket with a factor behind it."""
    return bool(re.search(rf"[\])}}]\s*\.?[*/]\s*{FACTOR}\s*\Z", text[-80:]))


def _behind(
    rest: str,
    body: str,
    shape: tuple[int, int] | None,
    divisors: list[float | None],
    factors: list[float],
) -> Unwrapped:
    """Everything behind the value has to be understood."""
    while rest := rest.strip(" \t\r\n;"):
        if found := _SAME_NUMBERS.match(rest):
            pass
        elif found := _RESHAPED.match(rest):
            shape = (int(found[1]), int(found[2]))
        elif found := _AFTER.match(rest, 0, _LONGEST_FACTOR):
            _note(found, divisors, factors)
        else:
            raise _not_understood(rest)
        rest = rest[found.end() :]
    return Unwrapped(body, shape, tuple(divisors), tuple(factors))


def _note(found: re.Match[str], divisors: list[float | None], factors: list[float]) -> None:
    """A factor behind a value: `/ 9`, `* 0.5`, `* (1/9)`."""
    upper, lower = float(found[2]), float(found[3] or 1)
    if found[1] == "/" and found[0].count("(") == 0:
        divisors += [upper, lower]
    elif found[1] == "/":
        divisors.append(upper)
        factors.append(lower)
    else:
        factors.append(upper)
        divisors.append(lower)


def _first_value(text: str) -> tuple[str, str]:
    """The text up to the end of its first bracket, which nothing may precede, and what follows."""
    depth = 0
    for place, letter in enumerate(text):
        if letter in _OPEN:
            depth += 1
        elif letter in _CLOSE:
            depth -= 1
            if depth <= 0:
                return text[: place + 1], text[place + 1 :]
        elif depth == 0 and not letter.isspace():
            break
    raise no_table(text)


def no_table(text: str, place: int = 0) -> PlaygroundError:
    """The sentence about brackets that are not those of a table, from `place` on."""
    shown = " ".join(text[place : place + 200].split())[:24]
    where = f" at “{shown}”" if shown.isprintable() and shown else ""
    return PlaygroundError(
        f"The brackets are not those of a table{where}: "
        "write one pair for each row and one around them, such as [[1, 2], [3, 4]]."
    )


def _not_understood(rest: str) -> PlaygroundError:
    shown = "".join(letter if letter.isprintable() else " " for letter in rest.strip()[:30])
    return PlaygroundError(
        f"“{shown}” behind the numbers is not computed here: copy only the numbers."
    )
