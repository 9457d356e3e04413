"""What the command line asks of the app, as one frozen value."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

ThemeName: TypeAlias = Literal["light", "dark"]
THEMES: tuple[ThemeName, ...] = ("light", "dark")

LogLevel: TypeAlias = Literal["debug", "info", "warning", "error"]
LOG_LEVELS: tuple[LogLevel, ...] = ("debug", "info", "warning", "error")

SMALLEST = (960, 600)
"""Width and height in which every panel still has room."""
LARGEST = (7680, 4320)
"""An 8K screen: beyond it a screenshot would take more memory than it is worth."""


@dataclass(frozen=True)
class Options:
    """How to open the window: sizes are (width, height) in pixels; None leaves it to the app."""

    image: Path | None = None
    screenshot: Path | None = None
    """Where to save the window's picture; the app ends after that."""
    size: tuple[int, int] | None = None
    theme: ThemeName | None = None
    log_level: LogLevel = "info"
