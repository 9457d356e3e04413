"""How the window was left and what the user prefers, kept in one small JSON file.

    {"format": 1, "theme": "dark", "text_points": 12, "splitters": {"explore": [600, 200]},
     "folders": {"picture": "/home/ada/Pictures"}, "screen": "HDMI-1 1920x1080",
     "places": {"HDMI-1 1920x1080": {"x": 40, "y": 20, "width": 1440, "height": 900,
                                     "maximized": false}}}

Nothing in it is ever run, as a settings file of Qt's may be: it is numbers and names, each checked.
A file in which anything is not what it should be is set aside whole, beside where it was, and the
usual settings stand in for it. Unknown names, of a later version, are passed over.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal, NoReturn, get_args

from playground.core.errors import PlaygroundError
from playground.files.atomic import replacing

FILE_NAME = "settings.json"
SET_ASIDE = "settings-damaged.json"
FORMAT = 1

SMALLEST_TEXT, USUAL_TEXT, LARGEST_TEXT = 9, 10, 14
"""Points: below, digits run together; above, the panels no longer fit a projector."""

ThemeChoice = Literal["system", "light", "dark"]
ColourMap = Literal["diverging", "grey"]
Levels = Literal["map", "common"]

_MAX_BYTES = 1_000_000
"""A few dozen short entries are far below; a larger file is not ours."""
_MOST_PLACES = 16
"""More screens than a lab's projectors and desks: the ones used longest ago are forgotten."""
_FARTHEST = 100_000
"""Pixels: beyond every arrangement of screens, far below what overflows in Qt."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Place:
    """Where a window was on a screen: its frame's corner and its own size, in logical pixels."""

    x: int
    y: int
    width: int
    height: int
    maximized: bool = False


@dataclass(frozen=True)
class Preferences:
    """Everything that is remembered from one window to the next."""

    theme: ThemeChoice = "system"
    colour_map: ColourMap = "diverging"
    levels: Levels = "map"
    text_points: int = USUAL_TEXT
    """The size of ordinary text."""
    screen: str = ""
    """The screen of the window that was closed last."""
    places: Mapping[str, Place] = field(default_factory=dict)
    """Where the window was on each screen, that of the longest ago first."""
    splitters: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """By the name of a splitter, the pixels that each of its parts had."""
    folders: Mapping[str, str] = field(default_factory=dict)
    """By what is opened or saved, the folder it came from or went to last."""

    def placed(self, screen: str, place: Place) -> Preferences:
        """With the window last seen at `place` on `screen`."""
        others = {name: one for name, one in self.places.items() if name != screen}
        kept = dict([*others.items(), (screen, place)][-_MOST_PLACES:])
        return replace(self, screen=screen, places=kept)


class PreferencesFile:
    """The preferences of this user; a change goes to the file at once, all of it or nothing."""

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self._file = Path(folder) / FILE_NAME
        self.problem = ""
        """Why what was there could not be used: a sentence for the user, or nothing."""
        self.current = self._read() or Preferences()

    def change(self, changed: Callable[[Preferences], Preferences]) -> None:
        """Keep `changed` of what is kept now: another window may have changed other things."""
        self.current = changed(self._latest())
        text = json.dumps({"format": FORMAT, **asdict(self.current)}, indent=1)
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with replacing(self._file) as stream:
                stream.write(text.encode("ascii"))
        except (OSError, PlaygroundError) as error:
            # A convenience: where it cannot be kept it lasts until the program ends.
            _log.warning("the settings are not remembered: %s", error)

    def _latest(self) -> Preferences:
        return (self._read() if self._file.exists() else None) or self.current

    def _read(self) -> Preferences | None:
        """What the file holds; None without one, and where it had to be set aside."""
        try:
            with self._file.open("rb") as stream:
                data = stream.read(_MAX_BYTES + 1)
            if len(data) > _MAX_BYTES:
                raise ValueError("larger than any settings")
            return _preferences(json.loads(data, parse_constant=_no_number))
        except FileNotFoundError:
            return None
        except OSError as error:
            _log.warning("the settings are not readable: %s", error)
            return None
        except (ValueError, TypeError, RecursionError) as error:
            _log.warning("the settings are damaged: %s", error)
        self._set_aside()
        return None

    def _set_aside(self) -> None:
        try:
            self._file.replace(self._file.with_name(SET_ASIDE))
        except OSError as error:
            _log.warning("the damaged settings stay where they are: %s", error)
            return
        self.problem = (
            f"Your settings could not be read, so the usual ones are in use; the damaged file is "
            f"kept as {SET_ASIDE}."
        )


def _preferences(content: Any) -> Preferences:
    """The preferences that `content`, straight from JSON, describes.

    Raises ValueError or TypeError where it holds anything else.
    """
    given = _dict(content)
    known = {entry.name: _READ[entry.name] for entry in fields(Preferences)}
    return Preferences(**{name: read(given[name]) for name, read in known.items() if name in given})


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number")


def _dict(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError("names and what they stand for were expected")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise TypeError("a text was expected")
    return value


def _pixels(value: Any) -> int:
    return _whole(value, -_FARTHEST, _FARTHEST)


def _whole(value: Any, least: int, most: int) -> int:
    if type(value) is not int or not least <= value <= most:
        raise ValueError(f"a whole number from {least} to {most} was expected")
    return value


def _one_of(choices: tuple[str, ...]) -> Callable[[Any], Any]:
    def read(value: Any) -> str:
        if _text(value) not in choices:
            raise ValueError(f"one of {', '.join(choices)} was expected")
        return str(value)

    return read


def _place(value: Any) -> Place:
    given = _dict(value)
    maximized = given.get("maximized", False)
    if not isinstance(maximized, bool) or not {"x", "y", "width", "height"} <= set(given):
        raise TypeError("the place of a window was expected")
    width, height = (_whole(given[name], 1, _FARTHEST) for name in ("width", "height"))
    return Place(_pixels(given["x"]), _pixels(given["y"]), width, height, maximized)


def _sizes(value: Any) -> tuple[int, ...]:
    if not isinstance(value, list):
        raise TypeError("a list of sizes was expected")
    return tuple(_whole(size, 0, _FARTHEST) for size in value)


_READ: dict[str, Callable[[Any], Any]] = {
    "theme": _one_of(get_args(ThemeChoice)),
    "colour_map": _one_of(get_args(ColourMap)),
    "levels": _one_of(get_args(Levels)),
    "text_points": lambda value: _whole(value, SMALLEST_TEXT, LARGEST_TEXT),
    "screen": _text,
    "places": lambda value: {_text(k): _place(v) for k, v in _dict(value).items()},
    "splitters": lambda value: {_text(k): _sizes(v) for k, v in _dict(value).items()},
    "folders": lambda value: {_text(k): _text(v) for k, v in _dict(value).items()},
}
"""How the value of each entry is read from JSON and checked."""
