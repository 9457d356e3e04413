"""Every sentence template of the package, as its source has it.

`python -m tests.sentences` brings `sentences.tsv` up to date: it drops what is no longer in the
package, and adds what is new as "?", to be filled in. Its columns:

    kind        label: a name, an instruction, or what a control is for
                fact: states something that can be true or false
                refusal: says what was wrong with what was given, and is raised where it was
    template    what is given to `tr`, `translate` or an error, and tips; {…} is filled in
    true when   in words; for a refusal, the condition in the source under which it is raised
    test        where that is verified, or where the refusal is provoked
"""

from __future__ import annotations

import ast
import csv
from dataclasses import dataclass
from pathlib import Path

from playground.core.layers import LAYER_KINDS

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "tests" / "sentences.tsv"
COLUMNS = ("kind", "template", "true when", "test")
KINDS = ("label", "fact", "refusal")
ERRORS = ("PlaygroundError", "DivergedError", "ImpossibleLayerError", "UsageError", "DecodeError")
TIPS = {"Preset": 5, "Choice": 3}
"""Where the tip stands in what makes a preset or an initializer."""


@dataclass(frozen=True)
class Entry:
    """One line of the table."""

    kind: str
    template: str
    condition: str = ""
    test: str = ""


@dataclass(frozen=True)
class Place:
    """Where a template stands, whether it is an error's, and what it is raised under."""

    file: str
    first: int
    last: int
    is_error: bool
    guard: str


def templates() -> dict[str, list[Place]]:
    """All templates of the package with their places."""
    found: dict[str, list[Place]] = {}
    for path in sorted((ROOT / "playground").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
        for call in ast.walk(tree):
            argument, is_error = _argument(call) if isinstance(call, ast.Call) else (None, False)
            if argument is None:
                continue
            place = Place(
                path.relative_to(ROOT).as_posix(),
                call.lineno,
                call.end_lineno or call.lineno,
                is_error,
                _guard(call, parents) if is_error else "",
            )
            for text in _texts(argument):
                found.setdefault(text, []).append(place)
    table = Place("playground/core/layers/__init__.py", 0, 0, False, "")
    for text in (text for kind in LAYER_KINDS.values() for text in kind.texts):
        found.setdefault(text, []).append(table)
    return found


def read() -> list[Entry]:
    """The table."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t"))
    assert tuple(rows[0]) == COLUMNS
    return [Entry(kind, _with_breaks(text), *rest) for kind, text, *rest in rows[1:]]


def write(entries: list[Entry]) -> None:
    """Write the table, sorted by template."""
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(COLUMNS)
        for each in sorted(entries, key=lambda entry: entry.template):
            text = each.template.replace("\n", "\\n").replace("\t", "\\t")
            writer.writerow((each.kind, text, each.condition, each.test))


def brought_up_to_date(entries: list[Entry]) -> list[Entry]:
    """Without what is gone, and with what is new; a refusal's condition is the source's."""
    known = {each.template: each for each in entries}
    fresh = []
    for text, places in templates().items():
        error = next((place for place in places if place.is_error), None)
        entry = known.get(text, Entry("?" if error is None else "refusal", text))
        if entry.kind == "refusal" and error is not None:
            entry = Entry("refusal", text, error.guard, entry.test or "?")
        fresh.append(entry)
    return fresh


def _argument(call: ast.Call) -> tuple[ast.expr | None, bool]:
    """What holds the sentence, where `call` is given one, and whether it is an error's."""
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    if name in ("tr", "_tr") and call.args:
        return call.args[0], False
    if name == "translate" and len(call.args) == 2:
        return call.args[1], False
    if (at := TIPS.get(name)) is not None and len(call.args) > at:
        return call.args[at], False
    if name in ERRORS and call.args:
        return call.args[-1], True
    return None, False


def _texts(node: ast.expr) -> list[str]:
    """The strings in an expression: several where it chooses between them."""
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) and node.value else []
    if isinstance(node, ast.JoinedStr):
        return ["".join(_part(value) for value in node.values)]
    if isinstance(node, ast.IfExp):
        return _texts(node.body) + _texts(node.orelse)
    return []


def _part(value: ast.expr) -> str:
    return value.value if isinstance(value, ast.Constant) else "{" + ast.unparse(value.value) + "}"


def _guard(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> str:
    """The innermost condition under which `node` is reached."""
    while (parent := parents.get(node)) is not None:
        if isinstance(parent, ast.If) and node is not parent.test:
            test = ast.unparse(parent.test)
            return test if node in parent.body else f"not ({test})"
        if isinstance(parent, ast.ExceptHandler):
            return f"except {ast.unparse(parent.type) if parent.type else ''}".strip()
        if isinstance(parent, ast.match_case):
            return f"case {ast.unparse(parent.pattern)}"
        if isinstance(parent, ast.FunctionDef):
            return f"whenever {parent.name} comes to its end"
        node = parent
    return ""


def _with_breaks(text: str) -> str:
    return text.replace("\\n", "\n").replace("\\t", "\t")


if __name__ == "__main__":
    write(brought_up_to_date(read()))
