"""What the input and the gallery have in common: a light graphics view with pan, zoom and keys.

Pan: drag with the middle button, or with the left one while Space is held. Zoom: wheel, +, − and 0.
Arrow keys move the output pixel that is pointed at, ten pixels with Shift.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView

from playground.models.guard import Guarded
from playground.models.maps.preview import Preview
from playground.models.state.document import Document
from playground.models.state.selection import Pixel
from playground.models.state.view_settings import Viewport, ViewSettings
from playground.views.pictures.placement import Placement, one_to_one
from playground.views.theme.theming import Theming

WHEEL_ZOOM = 1.2
"""Zoom of one notch of the wheel: fine enough to aim with, four notches double the size."""

KEY_ZOOM = 1.5
"""Zoom of one press of a key: larger, so that a few presses reach the largest zoom."""

FEWEST_PIXELS = 4
"""Pixels of the long side seen at the largest zoom: a 3 × 3 field and a neighbour."""

_ARROWS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class PictureView(Guarded, QGraphicsView):
    """Pans and zooms all pictures through the settings; subclasses say what is where."""

    def __init__(
        self, document: Document, preview: Preview, settings: ViewSettings, theming: Theming
    ) -> None:
        super().__init__()
        self._document = document
        self._preview = preview
        self._settings = settings
        self._theming = theming
        self._grip: QPointF | None = None
        self._space = False
        self._chosen: Pixel | None = None
        self._hovering = False
        self.setScene(QGraphicsScene(self))
        self.scene().setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.MinimalViewportUpdate)
        # What is drawn keeps to its bounds: a map's repaint does not reach its caption.
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontAdjustForAntialiasing)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        # A graphics view would take every drop for its scene; the window takes pictures.
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)
        self.viewport().setCursor(Qt.CursorShape.CrossCursor)
        document.selection.pixel_changed.connect(self._note_pixel)

    def placement_at(self, position: QPointF) -> tuple[Placement, QPointF] | None:
        """The placement of the picture at a viewport position, and the position in its terms."""
        raise NotImplementedError

    def lay_out(self) -> None:
        """Place everything in the room there is."""
        raise NotImplementedError

    def zoom(self, factor: float, position: QPointF | None = None) -> None:
        """Zoom all pictures by `factor` about a viewport position, or about what is pointed at."""
        view = self._settings.viewport
        x, y = self._anchor() if position is None else (view.x, view.y)
        under = None if position is None else self.placement_at(position)
        if under is not None:
            x, y = under[0].to_share(under[1])
        size = self._preview.map_size
        largest = max(1.0, max(size) / FEWEST_PIXELS) if size is not None else 1.0
        factor = min(factor, largest / view.zoom)
        self._settings.set_viewport(view.zoomed(factor, x, y))

    def fit(self) -> None:
        """Show the whole of every picture."""
        self._settings.set_viewport(Viewport())

    def show_one_to_one(self, placement: Placement) -> None:
        """Show one map pixel as one pixel of the screen."""
        self.zoom(one_to_one(placement, self.devicePixelRatioF()) / self._settings.viewport.zoom)

    def choose(self, pixel: Pixel) -> None:
        """Point at `pixel`, and stay there when the pointer leaves."""
        self._document.selection.set_pixel(pixel)
        self._note_pixel(pixel)

    def hover(self, pixel: Pixel) -> None:
        """Point at `pixel` while the pointer is over it; what was chosen before comes back."""
        self._hovering = False
        chosen = self._chosen
        self._document.selection.set_pixel(pixel)
        self._chosen = chosen
        self._hovering = True

    def move_pixel(self, rows: int, columns: int) -> None:
        """Move the output pixel; the first time, point at the middle of the map."""
        size, pixel = self._preview.map_size, self._document.selection.pixel
        if size is None:
            return
        if pixel is None:
            self.choose((size[0] // 2, size[1] // 2))
        else:
            row = min(max(pixel[0] + rows, 0), size[0] - 1)
            column = min(max(pixel[1] + columns, 0), size[1] - 1)
            self.choose((row, column))
        self._follow_pixel()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.lay_out()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.lay_out()

    def wheelEvent(self, event: QWheelEvent) -> None:
        notches = event.angleDelta().y() / 120
        if notches and self.placement_at(event.position()) is not None:
            self.zoom(WHEEL_ZOOM**notches, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        middle = event.button() == Qt.MouseButton.MiddleButton
        left = event.button() == Qt.MouseButton.LeftButton
        if middle or (left and self._space):
            self._grip = event.position()
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is None:
            return
        under = self.placement_at(self._grip) or self.placement_at(event.position())
        if under is not None:
            rect, zoom = under[0].rect, self._settings.viewport.zoom
            moved = event.position() - self._grip
            self._settings.set_viewport(
                self._settings.viewport.moved(
                    -moved.x() / (rect.width() * zoom), -moved.y() / (rect.height() * zoom)
                )
            )
        self._grip = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._grip is not None:
            self._grip = None
            self._show_cursor()

    def leaveEvent(self, event: QEvent) -> None:
        """Go back to the pixel that was chosen by a press or a key, where there is one."""
        super().leaveEvent(event)
        if self._hovering and self._chosen is not None:
            self._document.selection.set_pixel(self._chosen)
        self._hovering = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _ARROWS:
            far = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            rows, columns = _ARROWS[key]
            self.move_pixel(rows * far, columns * far)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(KEY_ZOOM)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / KEY_ZOOM)
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key == Qt.Key.Key_Space:
            self._space = True
            self._show_cursor()
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = False
            self._show_cursor()
        else:
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._space = False
        self._show_cursor()

    def _note_pixel(self, pixel: Pixel | None) -> None:
        """Whoever points at a pixel, except by hovering here, chooses it."""
        self._chosen = pixel
        self._hovering = False

    @property
    def panning(self) -> bool:
        """Whether the pictures are being dragged."""
        return self._grip is not None

    def _show_cursor(self) -> None:
        shape = Qt.CursorShape.OpenHandCursor if self._space else Qt.CursorShape.CrossCursor
        self.viewport().setCursor(shape)

    def _anchor(self) -> tuple[float, float]:
        """The point that stays in place under a zoom by key: the pixel, or the middle."""
        view = self._settings.viewport
        pixel, size = self._document.selection.pixel, self._preview.map_size
        if pixel is None or size is None:
            return view.x, view.y
        x, y = (pixel[1] + 0.5) / size[1], (pixel[0] + 0.5) / size[0]
        top, left, bottom, right = view.window
        return (x, y) if left <= x <= right and top <= y <= bottom else (view.x, view.y)

    def _follow_pixel(self) -> None:
        """Pan so that the output pixel is inside the window."""
        view, size = self._settings.viewport, self._preview.map_size
        pixel = self._document.selection.pixel
        if pixel is None or size is None:
            return
        top, left, bottom, right = view.window
        dx = _outside(pixel[1] / size[1], (pixel[1] + 1) / size[1], left, right)
        dy = _outside(pixel[0] / size[0], (pixel[0] + 1) / size[0], top, bottom)
        if dx or dy:
            self._settings.set_viewport(view.moved(dx, dy))


def _outside(low: float, high: float, first: float, last: float) -> float:
    """How far [low, high] sticks out of [first, last]: negative before it, positive behind."""
    if low < first - 1e-9:
        return low - first
    return high - last if high > last + 1e-9 else 0.0
