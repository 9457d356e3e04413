"""Where the cells of the gallery lie on the screen, and which lies under a point of it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect

from playground.models.maps.preview import Preview
from playground.models.state.document import Document
from playground.models.state.selection import Pixel
from playground.models.state.view_settings import ViewSettings
from playground.views.maps.map_cell import MapCell
from playground.views.pictures.picture_view import PictureView
from playground.views.pictures.placement import Placement
from playground.views.theme.theming import Theming


class PlacedCells(PictureView):
    """Cells on a scene that only scrolls; subclasses make them and give them their places."""

    def __init__(
        self, document: Document, preview: Preview, settings: ViewSettings, theming: Theming
    ) -> None:
        super().__init__(document, preview, settings, theming)
        self._cells: list[MapCell] = []

    @property
    def cells(self) -> tuple[MapCell, ...]:
        """One per kernel, in the kernels' order."""
        return tuple(self._cells)

    def cell_rect(self, kernel: int) -> QRect:
        """Where the cell of `kernel` lies on the viewport."""
        return self.mapFromScene(self._cells[kernel].sceneBoundingRect()).boundingRect()

    def position_of(self, kernel: int, pixel: Pixel) -> QPoint:
        """Where the middle of one map pixel lies on the viewport."""
        cell, (row, column) = self._cells[kernel], pixel
        place = cell.placement.to_screen(row, column, row + 1, column + 1).center()
        return self.mapFromScene(cell.mapToScene(place))

    def cell_at(self, position: QPointF) -> MapCell | None:
        """The cell at a viewport position."""
        scene = self.mapToScene(position.toPoint())
        for cell in self._cells:
            if cell.isVisible() and cell.sceneBoundingRect().contains(scene):
                return cell
        return None

    def placement_at(self, position: QPointF) -> tuple[Placement, QPointF] | None:
        cell = self.cell_at(position)
        return None if cell is None else (cell.placement, self.in_cell(cell, position))

    def in_cell(self, cell: MapCell, position: QPointF) -> QPointF:
        """A viewport position in the coordinates of `cell`."""
        # The view only scrolls, by whole pixels, so fractions of the position survive.
        offset = self.mapToScene(QPoint(0, 0))
        return position + offset - cell.pos()
