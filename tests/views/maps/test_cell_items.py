"""The kernel beside its map, and the card below both."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QGraphicsScene

from playground.views.maps.cell_items import CardItem, KernelItem
from playground.views.theme.theme import DARK, LIGHT


@pytest.fixture
def scene(qtbot):
    return QGraphicsScene()


def image_of(item, side=40):
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    item.paint(painter)
    painter.end()
    return image


def test_the_kernel_shows_the_weights_it_was_given_last(scene):
    card = CardItem(None)
    scene.addItem(card)
    item = KernelItem(card, LIGHT)
    item.set_look(LIGHT, 30)
    item.set_weights(np.array([[[-1.0], [1.0]]], np.float32))
    left, right = (image_of(item).pixelColor(x, 14) for x in (7, 22))
    assert left.blue() > left.red()
    assert right.red() > right.blue()
    item.set_weights(np.array([[[1.0], [-1.0]]], np.float32))
    assert image_of(item).pixelColor(7, 14).red() > image_of(item).pixelColor(7, 14).blue()


def test_the_same_weights_are_not_painted_again(scene, monkeypatch):
    card = CardItem(None)
    scene.addItem(card)
    item = KernelItem(card, LIGHT)
    painted = []
    monkeypatch.setattr(item, "update", lambda: painted.append(1))
    weights = np.ones((3, 3, 1), np.float32)
    for each in (weights, weights.copy(), weights * 2):
        item.set_weights(each)
    assert len(painted) == 2


def test_without_a_side_there_is_no_kernel(scene):
    card = CardItem(None)
    scene.addItem(card)
    item = KernelItem(card, LIGHT)
    item.set_look(DARK, 0)
    assert not item.isVisible()
    assert item.boundingRect() == QRectF(0, 0, 0, 0)


def test_the_card_fills_its_bounds_in_its_colours(scene):
    card = CardItem(None)
    scene.addItem(card)
    card.set_size(QRectF(0, 0, 40, 40))
    card.set_look("#102030", "#ff0000", 2.0)
    image = image_of(card)
    assert image.pixelColor(20, 20).name() == "#102030"
    assert image.pixelColor(20, 0).red() > 200
