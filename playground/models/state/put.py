"""An attribute that tells its followers when it becomes another value."""

from __future__ import annotations

from PySide6.QtCore import QObject


def put(owner: QObject, name: str, value: object) -> None:
    """Give the attribute `name` of `owner` a value; its signal `name_changed` tells of another."""
    if value != getattr(owner, name):
        setattr(owner, name, value)
        getattr(owner, f"{name}_changed").emit(value)
