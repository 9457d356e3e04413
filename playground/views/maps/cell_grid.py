"""The cells of the gallery: as many as there are kernels, laid out, and kept up to date."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QStyle

from playground.models.maps.preview import Preview
from playground.models.maps.preview_engine import PreviewResult
from playground.models.state.document import Document, NetworkChange
from playground.models.state.selection import Pixel
from playground.models.state.view_settings import ViewSettings
from playground.views.maps.gallery_layout import SMALLEST, GridPlan, plan_caption
from playground.views.maps.map_cell import CellStyle, MapCell
from playground.views.maps.placed_cells import PlacedCells
from playground.views.theme.theming import Theming, smaller
from playground.views.widgets.throttle import Throttle


class CellGrid(PlacedCells):
    """One cell per kernel, or the current one alone while it is enlarged."""

    def __init__(
        self,
        document: Document,
        preview: Preview,
        settings: ViewSettings,
        theming: Theming,
        *,
        alone: bool | None = None,
        kernels: bool = False,
    ) -> None:
        """`alone`: always show the current map alone, or never; where None, as the settings say.

        With `kernels` each map has its kernel beside it.
        """
        super().__init__(document, preview, settings, theming)
        self._alone, self._kernels = alone, kernels
        self._spare: list[MapCell] = []
        self._map_size: tuple[int, int] | None = None
        self._lines = 2
        self._smallest = SMALLEST
        self._captions = Throttle(self._write_captions, self)
        self._connect()
        self._fill()

    @property
    def alone(self) -> bool:
        """Whether only the current kernel's map is shown."""
        return self._settings.enlarged if self._alone is None else self._alone

    @property
    def current_cell(self) -> MapCell:
        """The current kernel's."""
        return self._cells[min(self._document.selection.kernel, len(self._cells) - 1)]

    def set_smallest(self, width: int) -> None:
        """Scroll rather than show maps that are less wide, in pixels."""
        self._smallest = width
        self.lay_out()

    def set_reached(self, pixel: Pixel | None) -> None:
        """Show the current map up to `pixel` row by row, as Play builds it; None shows all."""
        current = self.current_cell
        for cell in self._cells:
            cell.curtain.set_reached(pixel if cell is current else None)

    def lay_out(self) -> None:
        """Give every cell its place, and tell the preview which maps are seen how large."""
        if not self.isVisible():
            return
        self._show_kernels()
        size = self._size_of_maps()
        shown = [self.current_cell] if self.alone else self._cells
        plan = self._plan(len(shown), size[0] / size[1])
        self.setSceneRect(QRectF(0, 0, 1, max(plan.height, 1)))
        for cell in self._cells:
            cell.setVisible(cell in shown)
        for index, cell in enumerate(shown):
            cell.setPos(*plan.cell(index))
            cell.set_size(plan.cell_width, plan.cell_height)
            cell.place(size, self._settings.viewport)
        self._announce()

    def forget(self) -> None:
        """No maps are needed here until this is shown again."""
        self._preview.forget_target(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        # The scene would also repaint all captions between two maps that changed.
        region, corner = event.region(), self.mapToScene(QPoint(0, 0))
        for cell in self._cells:
            written = cell.caption().adjusted(0, 1, 0, 0).translated(cell.pos() - corner)
            cell.caption_exposed = region.intersects(written.toAlignedRect())
        super().paintEvent(event)
        for cell in self._cells:
            cell.caption_exposed = True

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._restyle()

    def _connect(self) -> None:
        document, selection = self._document, self._document.selection
        document.network_changed.connect(self._follow_network)
        document.picture_changed.connect(self._follow_picture)
        selection.layer_changed.connect(self._follow_layer)
        selection.kernel_changed.connect(self._follow_kernel)
        selection.kernels_changed.connect(self._show_selection)
        selection.pixel_changed.connect(self._show_pixel)
        self._preview.maps_changed.connect(self._show_maps)
        self._settings.viewport_changed.connect(self._follow_viewport)
        self._settings.enlarged_changed.connect(self._follow_enlarged)
        self._settings.colour_map_changed.connect(self._restyle)
        self._settings.levels_changed.connect(self._restyle)
        self._theming.changed.connect(self._restyle)
        self.verticalScrollBar().valueChanged.connect(self._announce)

    def _fill(self) -> None:
        """Make as many cells as there are kernels, and name them."""
        names = self._document.conv.names
        changed = len(names) != len(self._cells)
        while len(self._cells) > len(names):
            self._put_aside(self._cells.pop())
        while len(self._cells) < len(names):
            cell = self._spare.pop() if self._spare else self._new_cell(len(self._cells))
            cell.set_picture(self._preview.maps.get(cell.kernel))
            self._cells.append(cell)
        for cell, name in zip(self._cells, names, strict=True):
            cell.set_name(name)
        self._show_kernels()
        if changed:
            self._show_selection()
            self._show_pixel(self._document.selection.pixel)
            self.lay_out()

    def _new_cell(self, kernel: int) -> MapCell:
        cell = MapCell(kernel, self._cell_style())
        self.scene().addItem(cell)
        return cell

    def _put_aside(self, cell: MapCell) -> None:
        """Keep a cell for the next network with as many kernels: items that go are Qt's risk."""
        cell.set_picture(None)
        cell.set_pixel(None)
        cell.curtain.set_reached(None)
        cell.setVisible(False)
        self._spare.append(cell)

    def set_kernels(self, shown: bool) -> None:
        """Show each map's kernel beside it, or the maps alone."""
        if shown != self._kernels:
            self._kernels = shown
            self._restyle()

    def _show_kernels(self) -> None:
        if self._kernels and self.isVisible():
            kernels = self._document.conv.kernel
            for cell in self._cells[: kernels.shape[3]]:
                cell.pattern.set_weights(kernels[..., cell.kernel])

    def _plan(self, count: int, aspect: float) -> GridPlan:
        """The plan for the room there is, beside a scroll bar where one is needed."""
        heights = [replace(self._cell_style(), lines=n).caption_height for n in (1, 2, 3)]
        width, height, least = self.width(), self.height(), self._smallest
        lines, plan = plan_caption(count, (width, height), aspect, heights, smallest=least)
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if plan.height > height:
            policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOn
            bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, self)
            lines, plan = plan_caption(
                count, (width - bar, height), aspect, heights, smallest=least
            )
        self.setVerticalScrollBarPolicy(policy)
        if lines != self._lines:
            self._lines = lines
            self._style_cells()
        return plan

    def _announce(self) -> None:
        """Tell the preview which maps are seen, and how many device pixels one is wide."""
        seen = QRectF(self.mapToScene(QPoint(0, 0)), self.size())
        visible = [
            c for c in self._cells if c.isVisible() and c.sceneBoundingRect().intersects(seen)
        ]
        if visible and self.isVisible():
            width = visible[0].placement.rect.width() * self.devicePixelRatioF()
            kernels = tuple(c.kernel for c in visible)
            self._preview.set_target(kernels, max(1, round(width)), self)

    def _size_of_maps(self) -> tuple[int, int]:
        """(H, W) of the maps; before the first ones are known, the picture's."""
        if self._preview.map_size is not None:
            return self._preview.map_size
        picture = self._document.picture
        return (2, 3) if picture is None else (picture.height, picture.width)

    def _show_maps(self, result: PreviewResult) -> None:
        maps = result.maps
        if self._preview.map_size != self._map_size:
            self._map_size, maps = self._preview.map_size, self._preview.maps
            for cell in self._cells:
                cell.set_picture(None)
            self._clamp_pixel()
            self.lay_out()
        for kernel, shown in maps.items():
            if kernel < len(self._cells):
                self._cells[kernel].set_picture(shown)
        self._captions.want()

    def _write_captions(self) -> None:
        for cell in self._cells:
            cell.write()

    def _clamp_pixel(self) -> None:
        """Keep the output pixel inside maps that have become smaller."""
        pixel, size = self._document.selection.pixel, self._map_size
        if pixel is not None and size is not None:
            inside = min(pixel[0], size[0] - 1), min(pixel[1], size[1] - 1)
            self._document.selection.set_pixel(inside)

    def _show_selection(self, _kernels: object = None) -> None:
        selection, focused = self._document.selection, self.hasFocus()
        for cell in self._cells:
            current = cell.kernel == selection.kernel
            chosen = cell.kernel in selection.kernels
            cell.set_selected(current=current, chosen=chosen, focused=focused)

    def _show_pixel(self, pixel: Pixel | None) -> None:
        for cell in self._cells:
            cell.set_pixel(pixel)

    def _follow_kernel(self, kernel: int) -> None:
        self.setAccessibleDescription(self.current_cell.tooltip())
        reached = [c.curtain.reached for c in self._cells if c.curtain.reached is not None]
        self.set_reached(reached[0] if reached else None)
        self._show_selection()
        if self.alone:
            self.lay_out()
        elif kernel < len(self._cells):
            rect = self._cells[kernel].sceneBoundingRect()
            if self.verticalScrollBar().maximum() > 0:
                self.ensureVisible(rect, 0, 4)

    def _follow_network(self, change: NetworkChange) -> None:
        was, now = change.blocks(self._document.selection.layer)
        if was is None or was.conv.names != now.conv.names:
            self._fill()
        self._show_kernels()

    def _follow_layer(self, _layer: int) -> None:
        for cell in self._cells:
            cell.set_picture(None)
        self._fill()

    def _follow_picture(self, picture: object) -> None:
        if picture is None:
            self._map_size = None
            for cell in self._cells:
                cell.set_picture(None)

    def _follow_viewport(self, _viewport: object) -> None:
        size = self._size_of_maps()
        for cell in self._cells:
            if cell.isVisible():
                cell.place(size, self._settings.viewport)

    def _follow_enlarged(self, _enlarged: bool) -> None:
        self.lay_out()
        self._follow_kernel(self._document.selection.kernel)

    def _restyle(self, _changed: object = None) -> None:
        self._style_cells()
        self.lay_out()

    def _style_cells(self) -> None:
        style = self._cell_style()
        for cell in (*self._cells, *self._spare):
            cell.set_style(style)

    def _cell_style(self) -> CellStyle:
        settings = self._settings
        return CellStyle(
            self._theming.theme,
            settings.colour_map,
            smaller(self.font()),
            settings.levels == "map",
            self._lines,
            self._kernels,
        )
