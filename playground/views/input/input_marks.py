"""What is drawn over the input: the receptive field of an output, and the reach of a weight."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QRegion
from PySide6.QtWidgets import QGraphicsItem

from playground.core.convolve.geometry import ReceptiveField, WeightReach
from playground.core.pictures.picture import Picture
from playground.core.specs import EdgeMode
from playground.models.guard import Guarded
from playground.models.maps.images import filled_window
from playground.views.pictures.picture_marks import FrameItem
from playground.views.pictures.placement import NOWHERE, Placement
from playground.views.theme.theme import Theme

_CELLS_FROM = 4.0
"""Screen pixels per picture pixel from which single ones can be told apart."""


class FieldItem(FrameItem):
    """Frames the receptive field; shows its taps, and what fills it outside the image."""

    def __init__(self) -> None:
        super().__init__()
        self.field: ReceptiveField | None = None
        """The field that is shown."""
        self._placement = NOWHERE
        self._filled: QImage | None = None

    def show_field(
        self,
        field: ReceptiveField | None,
        placement: Placement,
        picture: Picture | None = None,
        edge: EdgeMode = "zero",
    ) -> None:
        """Show `field` on `picture`, filled by the edge mode where it lies outside; or nothing."""
        self.field, self._placement, self._filled = field, placement, None
        if field is None or picture is None:
            self.set_frame(None, placement.clip)
            return
        bottom, right = field.top + field.height, field.left + field.width
        outside = min(field.top, field.left) < 0 or bottom > picture.height or right > picture.width
        if outside:
            rows, columns = (field.top, bottom), (field.left, right)
            _, self._filled = filled_window(picture, rows, columns, edge)
        box = placement.to_screen(field.top, field.left, bottom, right)
        seen = box if placement.clip.intersects(box) else None
        self.set_frame(seen, placement.clip)
        self.update()

    def paint(self, painter: QPainter, *_: object) -> None:
        if self.frame.isEmpty() or self.field is None:
            return
        painter.save()
        if self._filled is not None:
            self._paint_filled(painter, self.field, self._filled)
        painter.setClipRect(self._placement.clip)
        self._paint_taps(painter, self.field)
        painter.restore()
        super().paint(painter)

    def _paint_filled(self, painter: QPainter, field: ReceptiveField, filled: QImage) -> None:
        """The values outside the image, hatched, because no photograph put them there."""
        placement = self._placement
        box = placement.to_screen(
            field.top, field.left, field.top + field.height, field.left + field.width
        )
        image = placement.to_screen(0, 0, *placement.size)
        outside = QRegion(box.toAlignedRect()).subtracted(QRegion(_whole(image)))
        painter.setClipRegion(outside.intersected(placement.clip.toAlignedRect()))
        painter.drawImage(box, filled)
        hatch = QColor(self._accent)
        hatch.setAlpha(150)
        painter.fillRect(
            box, hatch if min(placement.scale) < 2 else QBrush(hatch, Qt.BrushStyle.BDiagPattern)
        )

    def _paint_taps(self, painter: QPainter, field: ReceptiveField) -> None:
        """The taps, where there are gaps between them or room for lines between them."""
        across, down = self._placement.scale
        spacing = field.spacing
        if spacing == 1 and min(across, down) < 2 * _CELLS_FROM:
            return
        if spacing * min(across, down) < _CELLS_FROM:
            return
        tint = QColor(self._accent)
        tint.setAlpha(110 if spacing > 1 else 0)
        painter.setPen(QColor(self._accent))
        painter.setBrush(tint)
        for row in field.rows:
            for column in field.columns:
                tap = self._placement.to_screen(row, column, row + 1, column + 1)
                if min(across, down) < _CELLS_FROM:
                    dot = QRectF(0, 0, 3, 3)
                    dot.moveCenter(tap.center())
                    painter.fillRect(dot, self._accent)
                else:
                    painter.drawRect(tap)


class ReachItem(Guarded, QGraphicsItem):
    """Tints every pixel of the input that one weight is multiplied with."""

    def __init__(self) -> None:
        super().__init__()
        self._placement = NOWHERE
        self.reach: WeightReach | None = None
        """The reach that is shown."""
        self._accent = QColor()
        self.setZValue(1)

    def set_theme(self, theme: Theme) -> None:
        """Tint with the theme's accent."""
        self._accent = QColor(theme.accent)
        self.update()

    def show_reach(self, reach: WeightReach | None, placement: Placement) -> None:
        """Tint the pixels of `reach`; None tints nothing."""
        if placement is not self._placement:
            self.prepareGeometryChange()
        if reach is not None or self.reach is not None:
            self.update()
        self._placement, self.reach = placement, reach

    def boundingRect(self) -> QRectF:
        return self._placement.visible

    def paint(self, painter: QPainter, *_: object) -> None:
        reach = self.reach
        if reach is None or not reach.rows or not reach.columns:
            return
        painter.setClipRect(self.boundingRect())
        area = self._placement.to_screen(
            reach.rows[0], reach.columns[0], reach.rows[-1] + 1, reach.columns[-1] + 1
        )
        tint = QColor(self._accent)
        tint.setAlpha(110)
        single = reach.rows.step == 1 and reach.columns.step == 1
        if single:
            painter.fillRect(area, tint)
        elif min(self._placement.scale) >= 1:
            self._paint_single(painter, reach, tint)
        else:
            # Too small to be told apart: as much of the tint as there are touched pixels.
            tint.setAlpha(max(40, 110 // min(reach.rows.step, 3)))
            painter.fillRect(area, tint)
        if single or min(self._placement.scale) < 1:
            painter.setPen(self._accent)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))

    def _paint_single(self, painter: QPainter, reach: WeightReach, tint: QColor) -> None:
        """Exactly the touched pixels, by a mask of the visible part with one bit per pixel."""
        placement = self._placement
        (top, left), (bottom, right) = (
            placement.nearest_pixel(placement.visible.topLeft()),
            placement.nearest_pixel(placement.visible.bottomRight()),
        )
        rows = np.array([row in reach.rows for row in range(top, bottom + 1)])
        columns = np.array([column in reach.columns for column in range(left, right + 1)])
        colour = np.uint32(tint.rgba())
        mask = np.where(rows[:, None] & columns[None, :], colour, np.uint32(0))
        height, width = mask.shape
        image = QImage(mask.data, width, height, 4 * width, QImage.Format.Format_ARGB32)
        painter.drawImage(placement.to_screen(top, left, bottom + 1, right + 1), image)


def _whole(rect: QRectF) -> QRect:
    """The screen pixels that a picture drawn on `rect` covers."""
    left, top = round(rect.left()), round(rect.top())
    return QRect(left, top, round(rect.right()) - left, round(rect.bottom()) - top)
