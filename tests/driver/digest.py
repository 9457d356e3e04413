"""What undo promises to bring back, as lines of text that can be compared one by one."""

from __future__ import annotations

import hashlib
from dataclasses import fields, is_dataclass

import numpy as np

from playground.core.session.session import Session


def digest(session: Session) -> list[str]:
    """The picture, every layer with all numbers, names and settings, and what is learned how."""
    picture = session.picture
    lines = ["no picture"]
    if picture is not None:
        lines = [
            f"picture {picture.name} {picture.original_size} {picture.working} {picture.colour}",
            f"pixels {_text(picture.pixels)}",
        ]
    lines += [
        f"task {id(session.task)} {session.recipe}",
        f"setup {session.setup}",
        f"frozen {sorted(session.frozen)}",
        f"transfer {id(session.transfer)}",
        f"own picture {id(session.own)}",
        f"place {session.place}",
    ]
    for number, layer in enumerate(session.network.layers):
        lines.append(f"layer {number} {type(layer).__name__}")
        lines += [f"layer {number} {line}" for line in _lines(layer)]
    return lines


def differences(before: list[str], after: list[str]) -> list[str]:
    """What is in one of two digests only."""
    gone = [f"lost: {line}" for line in before if line not in after]
    return gone + [f"new: {line}" for line in after if line not in before]


def _lines(thing: object) -> list[str]:
    assert is_dataclass(thing)
    return [f"{field.name} {_text(getattr(thing, field.name))}" for field in fields(thing)]


def _text(value: object) -> str:
    if isinstance(value, np.ndarray):
        return f"{value.shape} {hashlib.blake2b(value.tobytes(), digest_size=8).hexdigest()}"
    return repr(value)
