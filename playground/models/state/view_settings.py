"""How things are shown, shared by all views: theme, text, levels, colours, pan and zoom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, QStandardPaths, Signal

from playground.files.settings.preferences import (
    LARGEST_TEXT,
    SMALLEST_TEXT,
    USUAL_TEXT,
    ColourMap,
    Levels,
    Preferences,
    ThemeChoice,
)
from playground.models.guard import Announcing

__all__ = ["USUAL_TEXT", "ColourMap", "Levels", "Mode", "ThemeChoice", "ViewSettings", "Viewport"]

Mode = Literal["explore", "train"]

MAX_ZOOM = 512.0
"""A dozen values of a map of 24 megapixels across: enough to count them."""


@dataclass(frozen=True)
class Viewport:
    """The part of every map that is shown, in shares of the map: its centre and the zoom."""

    x: float = 0.5
    y: float = 0.5
    zoom: float = 1.0

    @property
    def window(self) -> tuple[float, float, float, float]:
        """(top, left, bottom, right) in shares of the map, inside [0, 1]."""
        half = 0.5 / self.zoom
        return self.y - half, self.x - half, self.y + half, self.x + half

    def zoomed(self, factor: float, x: float, y: float) -> Viewport:
        """Zoomed by `factor` so that the point (x, y), in shares of the map, stays in place."""
        zoom = min(max(self.zoom * factor, 1.0), MAX_ZOOM)
        ratio = self.zoom / zoom
        return Viewport(x + (self.x - x) * ratio, y + (self.y - y) * ratio, zoom)._inside()

    def moved(self, dx: float, dy: float) -> Viewport:
        """Panned by (dx, dy), in shares of the map."""
        return Viewport(self.x + dx, self.y + dy, self.zoom)._inside()

    def _inside(self) -> Viewport:
        half = 0.5 / self.zoom
        return Viewport(
            min(max(self.x, half), 1.0 - half), min(max(self.y, half), 1.0 - half), self.zoom
        )


class ViewSettings(Announcing):
    """Settings of the view; changed by any view, followed by all."""

    REMEMBERED = ("theme", "colour_map", "levels", "text_points", "folders")
    """Those that are preferences: what they are outlasts the window."""

    theme_changed = Signal(str)
    levels_changed = Signal(str)
    colour_map_changed = Signal(str)
    text_points_changed = Signal(int)
    folders_changed = Signal(object)
    viewport_changed = Signal(object)
    mode_changed = Signal(str)
    enlarged_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme: ThemeChoice = "system"
        self.levels: Levels = "map"
        """Whether each map has its own colour scale or all share one."""
        self.colour_map: ColourMap = "diverging"
        self.text_points = USUAL_TEXT
        """The size of ordinary text."""
        self.folders: Mapping[str, str] = {}
        """By what is opened or saved, the folder it came from or went to last."""
        self.viewport = Viewport()
        """The pan and zoom that the input and all maps have in common."""
        self.enlarged = False
        """Whether the current map is shown alone and large, beside the input."""
        self.mode: Mode = "explore"
        """What stands below the equation."""

    def adopt(self, preferences: Preferences) -> None:
        """Take over what was preferred last time."""
        for name in self.REMEMBERED:
            self.announce(name, getattr(preferences, name))

    def set_mode(self, mode: Mode) -> None:
        """Explore by hand, or train."""
        self.announce("mode", mode)

    def set_theme(self, theme: ThemeChoice) -> None:
        """Choose light, dark, or what the system says."""
        self.announce("theme", theme)

    def set_levels(self, levels: Levels) -> None:
        """Choose the colour scale's extent."""
        self.announce("levels", levels)

    def set_colour_map(self, colour_map: ColourMap) -> None:
        """Choose the colours of all values."""
        self.announce("colour_map", colour_map)

    def set_text_points(self, points: int) -> None:
        """Choose the size of ordinary text, within what leaves every panel readable."""
        self.announce("text_points", min(max(points, SMALLEST_TEXT), LARGEST_TEXT))

    def change_text(self, larger: int) -> None:
        """Make all text larger by so many points, or smaller; 0 is its usual size again."""
        self.set_text_points(self.text_points + larger if larger else USUAL_TEXT)

    def folder(self, purpose: str) -> Path:
        """Where to look for what was last opened or saved for `purpose`, else the user's pictures.

        A folder on a drive that is gone would make a dialog begin nowhere.
        """
        last = Path(self.folders.get(purpose, ""))
        if last.is_absolute() and last.is_dir():
            return last
        pictures = QStandardPaths.StandardLocation.PicturesLocation
        usual = Path(QStandardPaths.writableLocation(pictures))
        return usual if usual.is_dir() else Path.home()

    def set_folder(self, purpose: str, folder: Path) -> None:
        """Say where something was opened or saved."""
        self.announce("folders", {**self.folders, purpose: str(folder)})

    def set_viewport(self, viewport: Viewport) -> None:
        """Pan or zoom the input and all maps."""
        self.announce("viewport", viewport)

    def set_enlarged(self, enlarged: bool) -> None:
        """Enlarge the current map, or go back to the gallery."""
        self.announce("enlarged", enlarged)
