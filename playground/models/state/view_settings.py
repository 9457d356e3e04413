"""How things are shown, shared by all views: theme, levels, colours, pan and zoom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject, Signal

from playground.models.guard import Announcing

ThemeChoice = Literal["system", "light", "dark"]
Levels = Literal["map", "common"]
Mode = Literal["explore", "train"]
ColourMap = Literal["diverging", "grey"]

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

    theme_changed = Signal(str)
    levels_changed = Signal(str)
    colour_map_changed = Signal(str)
    viewport_changed = Signal(object)
    mode_changed = Signal(str)
    enlarged_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme: ThemeChoice = "system"
        self.levels: Levels = "map"
        """Whether each map has its own colour scale or all share one."""
        self.colour_map: ColourMap = "diverging"
        self.viewport = Viewport()
        """The pan and zoom that the input and all maps have in common."""
        self.enlarged = False
        """Whether the current map is shown alone and large, beside the input."""
        self.mode: Mode = "explore"
        """What stands below the equation."""

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

    def set_viewport(self, viewport: Viewport) -> None:
        """Pan or zoom the input and all maps."""
        self.announce("viewport", viewport)

    def set_enlarged(self, enlarged: bool) -> None:
        """Enlarge the current map, or go back to the gallery."""
        self.announce("enlarged", enlarged)
