"""The input in a graphics view, with what an output or a weight sees of it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent

from playground.core.pictures.picture import Picture
from playground.models.maps.preview import Preview
from playground.models.maps.receptive_fields import ReceptiveFields
from playground.models.pictures.input_picture import InputPicture, SeenPicture
from playground.models.state.document import Document, NetworkChange
from playground.models.state.selection import Pixel
from playground.models.state.view_settings import ViewSettings
from playground.views.input.input_marks import FieldItem, ReachItem
from playground.views.pictures.picture_item import PictureItem
from playground.views.pictures.picture_view import PictureView
from playground.views.pictures.placement import NOWHERE, Placement, placed
from playground.views.theme.theming import Theming

_MARGIN = 6.0
"""Screen pixels around the picture in which a field that sticks out is shown, at least."""

_LARGEST_MARGIN = 0.18
"""Share of the view's shorter side that is kept for the outside, at most."""


class InputCanvas(PictureView):
    """Shows the picture; pointing at it points at the output that looks there."""

    def __init__(
        self, document: Document, preview: Preview, settings: ViewSettings, theming: Theming
    ) -> None:
        super().__init__(document, preview, settings, theming)
        self.source = InputPicture(document, self)
        self.fields = ReceptiveFields(document, preview)
        self.picture = PictureItem()
        self.reach = ReachItem()
        self.field = FieldItem()
        for item in (self.picture, self.reach, self.field):
            self.scene().addItem(item)
        self.placement = NOWHERE
        """Where the picture lies on the viewport."""
        self.setAccessibleName(self.tr("Input picture"))
        self.setToolTip(
            self.tr(
                "Point: marks the output pixel that looks here, and its receptive field.\n"
                "Press: keeps it. Arrow keys move it. Wheel: zoom. Middle button: move."
            )
        )
        self._connect()
        self._restyle()
        self._show_seen(self.source.seen)

    def placement_at(self, position: QPointF) -> tuple[Placement, QPointF] | None:
        inside = self._document.picture is not None and self.placement.clip.contains(position)
        return (self.placement, position) if inside else None

    def lay_out(self) -> None:
        picture = self._document.picture
        if picture is None or not self.isVisible():
            return
        area = QRectF(self.viewport().rect())
        self.setSceneRect(area)
        size, viewport = (picture.height, picture.width), self._settings.viewport
        self.placement = placed(area, size, viewport, margin=self._margin(area, picture))
        self.picture.set_placement(self.placement)
        self._show_field()
        self._show_reach()
        self._announce()

    def output_at(self, position: QPointF) -> Pixel | None:
        """The output pixel whose receptive field has its centre nearest to a viewport position."""
        inside = self._document.picture is not None and self.placement.visible.contains(position)
        return self.fields.output_at(*self.placement.to_map(position)) if inside else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if not self.panning and event.button() == Qt.MouseButton.LeftButton:
            pixel = self.output_at(event.position())
            if pixel is not None:
                self.choose(pixel)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.panning:
            super().mouseMoveEvent(event)
            return
        pixel = self.output_at(event.position())
        if pixel is None:
            return
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.choose(pixel)
        else:
            self.hover(pixel)

    def _connect(self) -> None:
        document, selection = self._document, self._document.selection
        document.picture_changed.connect(self._follow_picture)
        document.network_changed.connect(self._follow_network)
        selection.layer_changed.connect(self.lay_out)
        selection.pixel_changed.connect(self._show_field)
        selection.weight_changed.connect(self._show_reach)
        self._preview.maps_changed.connect(self._follow_maps)
        self._preview.problem_changed.connect(self._show_reach)
        self._settings.viewport_changed.connect(self.lay_out)
        self._theming.changed.connect(self._restyle)
        self.source.seen_changed.connect(self._show_seen)

    def _margin(self, area: QRectF, picture: Picture) -> float:
        """Room for what sticks out, as far as the picture is magnified and there is room for it."""
        padding = self.fields.overhang()
        plain = placed(area, (picture.height, picture.width), self._settings.viewport)
        share = padding * self._settings.viewport.zoom / picture.width
        wanted = padding * plain.scale[0] / (1 + 2 * share)
        largest = _LARGEST_MARGIN * min(plain.rect.width(), plain.rect.height())
        return float(round(max(_MARGIN, min(wanted, largest))))

    def _announce(self) -> None:
        """Tell the source which part is seen, a little more than the window, and how large."""
        seen = self.placement.visible
        if seen.isEmpty():
            return
        left, top = self.placement.to_share(seen.topLeft())
        right, bottom = self.placement.to_share(seen.bottomRight())
        window = max(0.0, top), max(0.0, left), min(1.0, bottom), min(1.0, right)
        self.source.set_target(window, max(1, round(seen.width() * self.devicePixelRatioF())))

    def _follow_picture(self, picture: Picture | None) -> None:
        seen = self.source.seen
        if seen is None or picture is None or seen.picture.pixels.shape != picture.pixels.shape:
            # What is still drawn would lie in the wrong place.
            self.picture.clear()
        self.lay_out()

    def _follow_network(self, change: NetworkChange) -> None:
        if self.fields.moved_by(change):
            self.lay_out()

    def _follow_maps(self, _result: object) -> None:
        field = self.fields.field()
        if field != self.field.field:
            self._show_field()

    def _show_seen(self, seen: SeenPicture | None) -> None:
        if seen is None:
            self.picture.clear()
        else:
            self.picture.set_values(seen.values, seen.window)

    def _show_field(self, _pixel: object = None) -> None:
        field, edge = self.fields.field(), self._document.network.first_conv.edge
        self.field.show_field(field, self.placement, self._document.picture, edge)

    def _show_reach(self, _weight: object = None) -> None:
        self.reach.show_reach(self.fields.reach(), self.placement)

    def _restyle(self, _theme: object = None) -> None:
        self.field.set_theme(self._theming.theme)
        self.reach.set_theme(self._theming.theme)
