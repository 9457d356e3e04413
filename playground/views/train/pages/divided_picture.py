"""Two pictures of one size in one place: the one before left of a divider, the one after right."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy

from playground.core.specs import FloatArray
from playground.models.guard import Guarded
from playground.views.theme.theming import Theming
from playground.views.train.pages.class_delegates import image_of

_STEPS = 1000
"""Places of the divider; a key moves it by a fiftieth of the width."""

_HANDLE = 9
"""Radius of the round handle in pixels."""

_INSET = 4
"""Pixels around the words on the picture."""


class DividedPicture(Guarded, QAbstractSlider):
    """A slider, to hands, keys and screen readers; `value` is where the divider stands."""

    def __init__(self, theming: Theming) -> None:
        super().__init__()
        self._theming = theming
        self._images: tuple[QImage, QImage] | None = None
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setRange(0, _STEPS)
        self.setSingleStep(_STEPS // 50)
        self.setPageStep(_STEPS // 10)
        self.setValue(_STEPS // 2)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(120, 60)
        self.setAccessibleName(self.tr("Divider between the picture before and after"))
        self.setToolTip(
            self.tr("Drag the divider, or press ← and →: before on its left, after on its right")
        )
        theming.changed.connect(self.update)

    @property
    def share(self) -> float:
        """The part of the width that shows the picture before."""
        return self.value() / _STEPS

    def set_share(self, share: float) -> None:
        """Move the divider there."""
        self.setValue(round(share * _STEPS))

    def show_pictures(self, before: FloatArray | None, after: FloatArray | None) -> None:
        """Show both, (H, W, 1 or 3) in [0, 1], or nothing where one is missing."""
        self._images = None
        if before is not None and after is not None:
            self._images = image_of(before), image_of(after)
        self.update()

    def picture_rect(self) -> QRectF:
        """Where the picture stands, as large as fits; empty where there is none."""
        if self._images is None:
            return QRectF()
        width, height = self._images[0].width(), self._images[0].height()
        scale = min(self.width() / width, self.height() / height)
        return QRectF(0, 0, width * scale, height * scale)

    def sliderChange(self, change: QAbstractSlider.SliderChange) -> None:
        super().sliderChange(change)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._move_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._move_to(event.position().x())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self.setSliderDown(False)

    def _move_to(self, x: float) -> None:
        width = self.picture_rect().width()
        if width > 0:
            self.set_share(min(max(x / width, 0.0), 1.0))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._images is None:
            return
        painter = QPainter(self)
        rect = self.picture_rect()
        split = rect.width() * self.share
        sides = (
            rect.adjusted(0, 0, split - rect.width(), 0),
            rect.adjusted(split, 0, 0, 0),
        )
        scale = rect.width() / self._images[0].width()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale < 2)
        for image, side in zip(self._images, sides, strict=True):
            painter.save()
            painter.setClipRect(side)
            painter.drawImage(rect, image)
            painter.restore()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_words(painter, *sides)
        self._paint_divider(painter, split, rect)

    def _paint_words(self, painter: QPainter, left: QRectF, right: QRectF) -> None:
        """What each side is, in its upper outer corner, while there is room for it."""
        theme, metrics = self._theming.theme, painter.fontMetrics()
        for text, side, at_right in (
            (self.tr("before"), left, False),
            (self.tr("after"), right, True),
        ):
            width = metrics.horizontalAdvance(text) + 2 * _INSET
            if width + 2 * _INSET > side.width():
                continue
            x = side.right() - width - _INSET if at_right else side.left() + _INSET
            plate = QRectF(x, side.top() + _INSET, width, metrics.height() + 2)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.panel))
            painter.drawRoundedRect(plate, 3, 3)
            painter.setPen(QColor(theme.text))
            painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_divider(self, painter: QPainter, x: float, rect: QRectF) -> None:
        """A line in the accent colour, with a rim that is seen on any picture, and its handle."""
        theme = self._theming.theme
        for colour, width in ((theme.panel, 4), (theme.accent, 2)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawLine(QPointF(x, 0), QPointF(x, rect.height()))
        handle = QRectF(0, 0, 2 * _HANDLE, 2 * _HANDLE)
        handle.moveCenter(QPointF(x, rect.center().y()))
        painter.setBrush(QColor(theme.panel))
        painter.drawEllipse(handle)
        painter.drawText(handle, Qt.AlignmentFlag.AlignCenter, "↔")
