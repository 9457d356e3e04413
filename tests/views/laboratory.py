"""A small real document with its preview and settings, and hands to work its widgets with."""

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QRegion, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from playground.core import conv2d
from playground.core.pictures.feature_maps import finish
from playground.core.pictures.picture import Picture
from playground.core.presets import starter_bank
from playground.core.session.session import Session
from playground.core.specs import NetworkSpec
from playground.models.maps.preview import Preview
from playground.models.state.document import Document
from playground.models.state.view_settings import ViewSettings
from playground.views.theme.theme import ZERO_INDEX, value_table
from playground.views.theme.theming import Theming


class Laboratory:
    """Everything a gallery or an input view is given."""

    def __init__(self, qtbot, picture):
        self.qtbot = qtbot
        channels = 1 if picture is None else picture.channels
        network = NetworkSpec((starter_bank(channels),))
        self.document = Document(Session(picture, network))
        self.selection = self.document.selection
        self.settings = ViewSettings()
        self.settings.set_theme("light")
        self.theming = Theming(self.settings)
        self.preview = Preview(self.document, self.settings)

    def show(self, kind, width=640, height=560):
        """A widget of the given class on the (virtual) screen, drawn and settled."""
        widget = kind(self.document, self.preview, self.settings, self.theming)
        self.qtbot.addWidget(widget)
        widget.resize(width, height)
        widget.show()
        self.qtbot.waitExposed(widget)
        self.settle()
        return widget

    def settle(self):
        """Wait until every map is there, and drawn."""
        QApplication.processEvents()
        self.qtbot.waitUntil(lambda: not self.preview.busy)
        # A scene collects its changes in one turn of the event loop and is painted in another.
        for _ in range(3):
            QApplication.processEvents()

    def map_values(self, kernel):
        """The exact map of one kernel, (H', W')."""
        block, conv = self.document.block, self.document.conv
        plain = conv2d(
            self.document.picture.pixels,
            conv.kernel,
            conv.bias,
            stride=conv.stride,
            padding=conv.padding,
            dilation=conv.dilation,
            edge=conv.edge,
            flip=conv.flip,
        )[kernel]
        rows = plain.shape[0] // (1 if block.pool is None else block.pool.size)
        return finish(plain, block.activation, block.pool, 0, rows)

    def colour_of(self, value, level):
        """The colour (r, g, b) that a value must have on screen."""
        table = value_table(self.theming.theme, self.settings.colour_map)
        index = ZERO_INDEX + value / level * ZERO_INDEX
        return table[int(np.clip(np.floor(index + 0.5), 0, 2 * ZERO_INDEX))]


class Painted(QObject):
    """Collects what is painted of a viewport."""

    def __init__(self, viewport):
        super().__init__(viewport)
        self.region = QRegion()
        viewport.installEventFilter(self)

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            self.region = self.region.united(event.region())
        return False


def assert_drawn_as_computed(lab, gallery, kernels):
    """Three pixels of each of these maps have the colours of the exact values."""
    for kernel in kernels:
        values, level = lab.map_values(kernel), lab.preview.maps[kernel].level
        for pixel in ((1, 1), (7, 30), (values.shape[0] - 2, values.shape[1] // 2)):
            drawn = colour_at(gallery.view, gallery.view.position_of(kernel, pixel))
            assert np.abs(drawn.astype(int) - lab.colour_of(values[pixel], level)).max() <= 3


def noise(height, width, channels=1, seed=0, name="noise.png"):
    """A picture of uniform noise."""
    pixels = np.random.default_rng(seed).random((height, width, channels), np.float32)
    return Picture(pixels, name, (width, height), colour="grey" if channels == 1 else "rgb")


def colour_at(view, point):
    """(r, g, b) of one pixel of a view as it is drawn."""
    colour = view.viewport().grab().toImage().pixelColor(point)
    return np.array([colour.red(), colour.green(), colour.blue()])


def hover(view, point, buttons=Qt.MouseButton.NoButton):
    """Move the mouse to a point of the viewport, with `buttons` held."""
    _send(view, QEvent.Type.MouseMove, point, Qt.MouseButton.NoButton, buttons)


def press(view, point, button=Qt.MouseButton.LeftButton, modifiers=Qt.KeyboardModifier.NoModifier):
    """Press a button."""
    _send(view, QEvent.Type.MouseButtonPress, point, button, button, modifiers)


def release(view, point, button=Qt.MouseButton.LeftButton):
    """Let a button go."""
    _send(view, QEvent.Type.MouseButtonRelease, point, button, Qt.MouseButton.NoButton)


def click(view, point, modifiers=Qt.KeyboardModifier.NoModifier):
    """Click with the left button on a point of the viewport."""
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, modifiers, point)


def key(view, which, modifiers=Qt.KeyboardModifier.NoModifier):
    """Press a key while `view` has the focus."""
    QTest.keyClick(view, which, modifiers)


def leave(view):
    """Take the pointer away."""
    QApplication.sendEvent(view.viewport(), QEvent(QEvent.Type.Leave))
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))


def wheel(view, point, steps=1, modifiers=Qt.KeyboardModifier.NoModifier):
    """Turn the wheel over a point of the viewport."""
    at = QPointF(point)
    event = QWheelEvent(
        at,
        view.viewport().mapToGlobal(at),
        QPoint(),
        QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)


def _send(view, kind, point, button, buttons, modifiers=Qt.KeyboardModifier.NoModifier):
    at = QPointF(point)
    viewport = view.viewport()
    event = QMouseEvent(kind, at, viewport.mapToGlobal(at), button, buttons, modifiers)
    QApplication.sendEvent(viewport, event)
