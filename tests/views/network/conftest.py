"""A strip over a network of three blocks, for the tests of its parts."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from playground.core.pictures.picture import Picture
from playground.core.session.session import Session
from playground.core.specs import ActivationSpec, Conv2DSpec, NetworkSpec, Pool2DSpec
from playground.models.state.document import Document
from playground.views.network.network_strip import NetworkStrip

LEFT = Qt.MouseButton.LeftButton


def block(channels, kernels):
    """A convolution of 3 × 3 with its activation and pooling."""
    conv = Conv2DSpec(np.zeros((3, 3, channels, kernels)), np.zeros(kernels), ("k",) * kernels)
    return conv, ActivationSpec(), Pool2DSpec("max", 2)


class Bench:
    """A strip on the (virtual) screen over a network of three blocks."""

    def __init__(self, qtbot, width=1600):
        layers = (*block(1, 12), *block(12, 16), *block(16, 32))
        pixels = np.zeros((64, 80, 1), np.float32)
        picture = Picture(pixels, "dark.png", (80, 64), colour="grey")
        self.document = Document(Session(picture, NetworkSpec(layers)))
        self.selection = self.document.selection
        self.strip = NetworkStrip(self.document)
        qtbot.addWidget(self.strip)
        self.strip.resize(width, self.strip.sizeHint().height())
        self.strip.show()
        self.strip.activateWindow()
        qtbot.waitUntil(self.strip.isActiveWindow)
        self.strip.setFocus()

    def chip(self, row):
        return self.strip.visualRect(self.strip.model().index(row))

    def click(self, row):
        QTest.mouseClick(self.strip.viewport(), LEFT, pos=self.chip(row).center())

    def frame(self, row):
        """The colour of the frame around a chip, at its right side."""
        chip = self.chip(row)
        shot = self.strip.viewport().grab().toImage()
        return shot.pixelColor(QPoint(chip.right() - 1, chip.center().y()))


@pytest.fixture
def bench(qtbot):
    return Bench(qtbot)


def titles(bench):
    model = bench.strip.model()
    return [model.index(row).data() for row in range(1, model.rowCount())]


def trigger(menu, *path):
    """Choose an entry of a menu, by the beginnings of the texts on the way."""
    for text in path:
        action = next(a for a in menu.actions() if a.text().startswith(text))
        menu = action.menu()
    action.trigger()
