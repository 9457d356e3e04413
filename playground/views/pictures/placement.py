"""Where a map of H × W pixels lies on the screen, given the common pan and zoom.

The viewport's window (shares of the map) fills the rectangle `rect`, so map column x stands at

    screen x = rect.left + (x / W − window.left) · zoom · rect.width
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from playground.models.state.view_settings import Viewport

THINNEST = 10.0
"""Screen pixels that the short side of a very long map still gets."""


@dataclass(frozen=True)
class Placement:
    """The mapping between a map's pixels and the screen; `clip` is the part that may be drawn on.

    `size` is (H, W) of the map; `rect` and `clip` are in the coordinates of the item or view.
    """

    rect: QRectF
    size: tuple[int, int]
    viewport: Viewport
    clip: QRectF

    @property
    def scale(self) -> tuple[float, float]:
        """(across, down): screen pixels per map pixel."""
        height, width = self.size
        zoom = self.viewport.zoom
        return self.rect.width() * zoom / width, self.rect.height() * zoom / height

    @property
    def visible(self) -> QRectF:
        """The part of the clip that shows the map."""
        return self.to_screen(0, 0, *self.size).intersected(self.clip)

    def to_screen(self, top: float, left: float, bottom: float, right: float) -> QRectF:
        """The screen rectangle of map rows top … bottom and columns left … right."""
        across, down = self.scale
        origin = self._origin()
        return QRectF(
            origin.x() + left * across,
            origin.y() + top * down,
            (right - left) * across,
            (bottom - top) * down,
        )

    def to_map(self, point: QPointF) -> tuple[float, float]:
        """(row, column) under a screen point, with fractions, possibly outside the map."""
        across, down = self.scale
        origin = self._origin()
        return (point.y() - origin.y()) / down, (point.x() - origin.x()) / across

    def to_share(self, point: QPointF) -> tuple[float, float]:
        """(x, y) under a screen point in shares of the map."""
        row, column = self.to_map(point)
        return column / self.size[1], row / self.size[0]

    def nearest_pixel(self, point: QPointF) -> tuple[int, int]:
        """(row, column) of the map's pixel that is nearest to a screen point."""
        row, column = self.to_map(point)
        return (
            min(max(int(row // 1), 0), self.size[0] - 1),
            min(max(int(column // 1), 0), self.size[1] - 1),
        )

    def pixel_at(self, point: QPointF) -> tuple[int, int] | None:
        """(row, column) of the map's pixel under a screen point; None where none is shown."""
        return self.nearest_pixel(point) if self.visible.contains(point) else None

    def _origin(self) -> QPointF:
        """Where the map's top left corner stands."""
        top, left, _, _ = self.viewport.window
        zoom = self.viewport.zoom
        return QPointF(
            self.rect.left() - left * zoom * self.rect.width(),
            self.rect.top() - top * zoom * self.rect.height(),
        )


NOWHERE = Placement(QRectF(0, 0, 1, 1), (1, 1), Viewport(), QRectF())
"""The placement before the first layout."""


def placed(
    area: QRectF, size: tuple[int, int], viewport: Viewport, *, margin: float = 0.0
) -> Placement:
    """The largest placement of a map of `size` in `area`, `margin` around it for the outside."""
    inner = area.adjusted(margin, margin, -margin, -margin)
    rect = fitted(inner, size)
    return Placement(rect, size, viewport, rect.adjusted(-margin, -margin, margin, margin))


def fitted(area: QRectF, size: tuple[int, int]) -> QRectF:
    """The largest rectangle of the map's shape, in whole pixels, centred across and at the top.

    Of a very long map the short side is drawn wider than it is, so that it can be seen.
    """
    height, width = size
    scale = min(area.width() / width, area.height() / height)
    across = min(max(width * scale, THINNEST), max(area.width(), 1.0))
    down = min(max(height * scale, THINNEST), max(area.height(), 1.0))
    across, down = max(1, round(across)), max(1, round(down))
    left = area.left() + (area.width() - across) // 2
    return QRectF(left, area.top(), across, down)


def one_to_one(placement: Placement, device_pixel_ratio: float) -> float:
    """The zoom at which one map pixel is one pixel of the screen; 1 where the map is smaller."""
    per_pixel = placement.scale[0] * device_pixel_ratio / placement.viewport.zoom
    return max(1.0, 1.0 / per_pixel)
