"""What the letters in an optimizer's rule stand for."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from playground.core.training.optimizers.base import RuleLine

PLAIN = frozenset({"g", "w"})
"""Letters that the rule itself explains: it begins with g = ∂L/∂w."""


def letters_of(rule: Iterable[RuleLine]) -> list[str]:
    """The letters that the lines of a rule give values to, each once, without g and w."""
    names = (line.formula.split(" ")[0] for line in rule)
    return list(dict.fromkeys(name for name in names if name not in PLAIN))


def where_lines(rule: Iterable[RuleLine]) -> list[str]:
    """A line for each letter of a rule that needs one: "u: past gradients added up, …"."""
    said = (meaning(letter) for letter in letters_of(rule))
    return list(dict.fromkeys(line for line in said if line))


def meaning(letter: str) -> str:
    """What a letter stands for, in every optimizer that has it; nothing for an unknown one."""
    match letter:
        case "u":
            return _tr("u: past gradients added up, older ones fading")
        case "m":
            return _tr("m: mean of past g, older ones fading")
        case "v":
            return _tr("v: mean of past g², older ones fading")
        case "m̂" | "v̂":
            return _tr("with a hat: corrected for the start at 0")
        case "‖g‖":
            return _tr("‖g‖: length of the gradient of all that learns")
    return ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("RuleWords", text)
