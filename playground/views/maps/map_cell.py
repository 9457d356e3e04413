"""One feature map in the gallery: its picture, and a caption with name, extent and colour scale."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QGraphicsItem

from playground.core.pictures.map_drawing import MapPicture
from playground.models.guard import Guarded
from playground.models.state.selection import Pixel
from playground.models.state.view_settings import ColourMap, Viewport
from playground.views.maps.cell_items import CardItem, KernelItem
from playground.views.maps.gallery_layout import PAD
from playground.views.pictures.legend import draw_scale
from playground.views.pictures.map_words import extents, level_text, middle, summary, zeros
from playground.views.pictures.picture_item import PictureItem
from playground.views.pictures.picture_marks import CurtainItem, FrameItem, pixel_frame
from playground.views.pictures.placement import Placement, placed
from playground.views.theme.theme import Theme, value_pixels

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class CellStyle:
    """How every cell of a gallery looks."""

    theme: Theme
    colour_map: ColourMap
    font: QFont
    own_levels: bool
    """Whether the caption has the map's own colour scale."""
    lines: int = 2
    """Of the caption: 1, 2 or 3, as there is room."""
    kernels: bool = False
    """Whether each map has its kernel beside it: above it then, left of the caption."""

    @cached_property
    def caption_height(self) -> int:
        """In screen pixels."""
        return self.lines * QFontMetrics(self.font).height() + 5

    @property
    def kernel_side(self) -> int:
        """Of the kernel's picture, in screen pixels."""
        return self.caption_height if self.kernels else 0

    @cached_property
    def bold(self) -> QFont:
        """The font of the kernel's number."""
        bold = QFont(self.font)
        bold.setWeight(QFont.Weight.DemiBold)
        return bold

    @cached_property
    def bold_metrics(self) -> QFontMetrics:
        """How wide that is."""
        return QFontMetrics(self.bold)


class MapCell(Guarded, QGraphicsItem):
    """Paints one map; knows its number and name, not the document."""

    def __init__(self, kernel: int, style: CellStyle) -> None:
        super().__init__()
        self.kernel = kernel
        self._card = CardItem(self)
        self.picture = PictureItem(self)
        self.curtain = CurtainItem(self)
        self.mark = FrameItem(self)
        self.pattern = KernelItem(self, style.theme)
        self.shown: MapPicture | None = None
        self._written: MapPicture | None = None
        self.caption_exposed = True
        """Whether the caption is to be painted: the view knows better than the scene."""
        self.name = ""
        self._style = style
        self._bounds = QRectF()
        self._current = self._chosen = self._focused = False
        self._pixel: Pixel | None = None
        self.set_style(style)

    @property
    def placement(self) -> Placement:
        """Where the map lies, in the cell's coordinates."""
        return self.picture.placement

    @property
    def current(self) -> bool:
        """Whether this is the current kernel's map, framed in the accent colour."""
        return self._current

    def set_style(self, style: CellStyle) -> None:
        """Look as `style` says."""
        self._style = style
        self.picture.set_colours(value_pixels(style.theme, style.colour_map))
        self.curtain.set_theme(style.theme)
        self.mark.set_theme(style.theme)
        self.pattern.set_look(style.theme, style.kernel_side)
        self._dress()
        self.update()

    def set_size(self, width: float, height: float) -> None:
        """Be `width` × `height` large, caption included."""
        bounds = QRectF(0, 0, width, height)
        if bounds != self._bounds:
            self.prepareGeometryChange()
            self._bounds = bounds
            self._card.set_size(bounds)

    def place(self, size: tuple[int, int], viewport: Viewport) -> None:
        """Lay a map of `size` (H, W) out in the cell."""
        above, below = 0, self._style.caption_height
        if self._style.kernels:
            above, below = below + 2, 0
        room = self._bounds.adjusted(PAD, PAD + above, -PAD, -PAD - below)
        placement = placed(room, size, viewport)
        self.picture.set_placement(placement)
        self.curtain.set_placement(placement)
        self._show_mark()

    def set_name(self, name: str) -> None:
        """Be the map of the kernel called `name`."""
        if name != self.name:
            self.name = name
            self.update(self.caption())

    def set_picture(self, shown: MapPicture | None) -> None:
        """Show a map; None shows an empty cell."""
        if shown is self.shown:
            return
        self.shown = shown
        if shown is None:
            self.picture.clear()
        else:
            self.picture.set_values(shown.values, shown.window)

    def write(self) -> None:
        """Let the caption say the numbers of the map that is shown."""
        if self.shown is not self._written:
            self.update(self.caption())

    def set_selected(self, *, current: bool, chosen: bool, focused: bool) -> None:
        """Frame the current kernel's map, and more lightly the others that are selected."""
        if (current, chosen, focused) != (self._current, self._chosen, self._focused):
            self._current, self._chosen, self._focused = current, chosen, focused
            self._dress()

    def set_pixel(self, pixel: Pixel | None) -> None:
        """Mark one output pixel, or none."""
        self._pixel = pixel
        self._show_mark()

    def pixel_at(self, position: QPointF) -> Pixel | None:
        """(row, column) of the map pixel at a position of the cell; None beside the map."""
        return self.placement.pixel_at(position) if self.shown is not None else None

    def tooltip(self) -> str:
        """Name and numbers of the map."""
        title = f"{self.kernel} {self.name}"
        return title if self.shown is None else f"{title}\n{summary(self.shown.stats)}"

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(self, painter: QPainter, *_: object) -> None:
        if self.caption_exposed:
            self._paint_caption(painter)

    def _dress(self) -> None:
        """Frame the cell as it is selected."""
        theme = self._style.theme
        framed = self._current or self._chosen
        width = (3.0 if self._focused else 2.0) if self._current else 1.0
        self._card.set_look(theme.panel, theme.accent if framed else theme.border, width)

    def _paint_caption(self, painter: QPainter) -> None:
        """Number and name, the extent beside them where both fit; below, scale and mean."""
        self._written = self.shown
        style, caption = self._style, self.caption().adjusted(4, 1, -4, -2)
        line = QRectF(caption.topLeft(), QSizeF(caption.width(), caption.height() / style.lines))
        room = line.width()
        painter.setFont(style.font)
        if self.shown is not None:
            painter.setPen(QColor(style.theme.muted))
            room = self._paint_numbers(painter, line, self.shown)
        painter.setFont(style.bold)
        painter.setPen(QColor(style.theme.text))
        number = f"{self.kernel} "
        painter.drawText(line, _LEFT, number)
        used = style.bold_metrics.horizontalAdvance(number)
        painter.setFont(style.font)
        metrics, name = painter.fontMetrics(), self.name
        if name == f"kernel {self.kernel}" and metrics.horizontalAdvance(name) > room - used:
            return  # It says no more than the number.
        if style.kernels and metrics.horizontalAdvance(name) > room - used:
            return  # The kernel stands beside it, and says what it is.
        name = metrics.elidedText(name, Qt.TextElideMode.ElideRight, int(room - used))
        painter.drawText(line.adjusted(used, 0, 0, 0), _LEFT, name)

    def _paint_numbers(self, painter: QPainter, first: QRectF, shown: MapPicture) -> float:
        """What is written right of and below the name; returns the room left for the name."""
        style, metrics, ways = self._style, painter.fontMetrics(), extents(shown.stats)
        room = first.width()
        text = next((way for way in ways if metrics.horizontalAdvance(way) <= room), ways[-1])
        needed = metrics.horizontalAdvance(text) + 8
        name = metrics.horizontalAdvance(f"{self.kernel}  {self.name}")
        # A name may lose half of itself to the extent where that is written nowhere else.
        beside = min(name, 70 if style.lines == 1 else name) + needed <= first.width()
        lines = [] if beside else [text]
        if style.kernels and text != ways[0]:
            beside, lines = False, []  # Left out rather than squeezed: the scale says the same.
        if beside:
            painter.drawText(first, _RIGHT, text)
        spare = middle(shown.stats), zeros(shown.stats.zeros)
        lines += [text for text in spare if metrics.horizontalAdvance(text) <= first.width()][:1]
        below = first.translated(0, first.height())
        scale = metrics.horizontalAdvance(f"±{level_text(shown.level)[1][1:]}") + 8
        if style.own_levels and style.lines > 1 and scale <= below.width():
            draw_scale(painter, below, shown.level, style.theme, style.colour_map)
            below.translate(0, first.height())
        for line in lines[: max(0, style.lines - 1 - style.own_levels)]:
            painter.drawText(below, _LEFT, line)
            below.translate(0, first.height())
        return first.width() - needed if beside else first.width()

    def caption(self) -> QRectF:
        """Where the caption stands."""
        height = self._style.caption_height
        bounds = self._bounds
        if self._style.kernels:
            left = 2 * PAD + self._style.kernel_side
            return QRectF(left, PAD, bounds.width() - left - PAD, height)
        return QRectF(PAD, bounds.height() - PAD - height, bounds.width() - 2 * PAD, height)

    def _show_mark(self) -> None:
        placement = self.placement
        frame = None if self._pixel is None else pixel_frame(placement, self._pixel)
        if frame is not None and not placement.visible.intersects(frame):
            frame = None
        self.mark.set_frame(frame, placement.visible)
