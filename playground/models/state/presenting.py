"""What is large while a class is presented to: one or two views, the pen's lines, the pointer."""

from __future__ import annotations

from typing import Literal, get_args

from PySide6.QtCore import QObject, Signal

from playground.models.guard import Announcing
from playground.models.state.view_settings import Mode

Presented = Literal["equation", "map", "arithmetic", "why", "classes", "curve", "kernels"]
PRESENTED: tuple[Presented, ...] = get_args(Presented)
"""In the order of the digits that choose them, from 1 on."""

_FIRST: dict[Mode, tuple[Presented, Presented]] = {
    "explore": ("equation", "arithmetic"),
    "train": ("equation", "curve"),
}
"""What a presentation begins with."""

Point = tuple[float, float]
"""(x, y) in shares of the screen's width and height."""
Stroke = tuple[Point, ...]


class Presenting(Announcing):
    """Which views are shown, the newest last; and what is drawn and pointed at over them."""

    views_changed = Signal(object)
    pen_changed = Signal(bool)
    highlight_changed = Signal(bool)
    tools_changed = Signal(bool)
    strokes_changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.views: tuple[Presented, ...] = _FIRST["explore"]
        """One view, or two."""
        self.pen = False
        """Whether the pointer draws."""
        self.highlight = False
        """Whether the pointer is marked so that the back row sees it."""
        self.tools = False
        """Whether bars and chips stay on the screen."""
        self.strokes: tuple[Stroke, ...] = ()
        self._before: Presented = "equation"
        self._mode: Mode = "explore"

    @property
    def both(self) -> bool:
        """Whether two views are shown."""
        return len(self.views) == 2

    def begin(self, mode: Mode) -> None:
        """A presentation begins: with what was shown before, or what suits another mode."""
        if mode != self._mode:
            self._mode = mode
            self._before = _FIRST[mode][0]
            self.announce("views", _FIRST[mode])

    def end(self) -> None:
        """Put the pen down, wipe its lines off, and let the tools step aside for the next time."""
        for name in ("pen", "highlight", "tools"):
            self.announce(name, False)
        self.clear()

    def show(self, view: Presented) -> None:
        """Show `view` alone; or of two, beside the newer one, and alone where it is one of them."""
        newest = self.views[-1]
        if view == newest and not self.both:
            return
        shown: tuple[Presented, ...] = (view,)
        if self.both and view not in self.views:
            shown = (newest, view)
        if view != newest:
            self._before = newest
        elif self.both:
            self._before = self.views[0]
        self.announce("views", shown)

    def toggle_both(self) -> None:
        """Show the view before beside the newest; or of two, the newest alone."""
        newest = self.views[-1]
        if self.both:
            self._before = self.views[0]
            self.announce("views", (newest,))
        else:
            self.announce("views", (self._before, newest))

    def toggle_pen(self) -> None:
        """Take up the pen, or put it down; what is drawn stays."""
        self.announce("pen", not self.pen)

    def toggle_highlight(self) -> None:
        """Mark the pointer, or no longer."""
        self.announce("highlight", not self.highlight)

    def toggle_tools(self) -> None:
        """Keep bars and chips on the screen, or let them step aside."""
        self.announce("tools", not self.tools)

    def begin_stroke(self, at: Point) -> None:
        """A new line begins at a point."""
        self.announce("strokes", (*self.strokes, (at,)))

    def extend_stroke(self, to: Point) -> None:
        """The newest line goes on to a point."""
        *others, newest = self.strokes
        self.announce("strokes", (*others, (*newest, to)))

    def clear(self) -> None:
        """Wipe off all lines."""
        self.announce("strokes", ())
