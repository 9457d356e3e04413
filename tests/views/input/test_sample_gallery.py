"""Choosing a sample by how it looks."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QWidget

from playground.models.pictures.sample_model import SIDE, SampleModel
from playground.views.input.sample_gallery import SampleGallery


@pytest.fixture
def model(qtbot):
    model = SampleModel()
    yield model
    model.close()


@pytest.fixture
def gallery(qtbot, model):
    window = QWidget()
    qtbot.addWidget(window)
    gallery = SampleGallery(model, window)
    gallery.open_at(QRect(0, 0, 10, 10))
    return gallery


def seen(gallery, row):
    return gallery.list.visualRect(gallery.list.model().index(row))


def test_all_pictures_are_seen_without_scrolling(qtbot, gallery, model):
    with qtbot.waitSignal(model.dataChanged):
        model.read()
    room = gallery.list.viewport().rect()
    places = [seen(gallery, row) for row in range(model.rowCount())]
    assert all(room.contains(place) for place in places)
    assert min(place.height() for place in places) > SIDE + gallery.fontMetrics().height()
    assert len({(place.x(), place.y()) for place in places}) == len(places)


@pytest.mark.parametrize("points", [10, 20])
def test_no_title_is_cut(qtbot, model, points):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1280, 700)
    window.setStyleSheet(f"* {{ font-size: {points}pt; }}")
    gallery = SampleGallery(model, window)
    gallery.open_at(QRect(0, 0, 10, 10))
    metrics = gallery.list.fontMetrics()
    for row in range(model.rowCount()):
        wide = metrics.horizontalAdvance(model.index(row).data())
        assert wide < seen(gallery, row).width() <= gallery.list.gridSize().width()
    assert gallery.width() <= window.width()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_keys_go_from_one_to_another_and_take_one(qtbot, gallery, key):
    assert gallery.list.hasFocus()
    qtbot.keyClick(gallery.list, Qt.Key.Key_Right)
    with qtbot.waitSignal(gallery.chosen) as told:
        qtbot.keyClick(gallery.list, key)
    assert told.args == ["coffee"]


def test_esc_chooses_nothing(qtbot, gallery):
    with qtbot.assertNotEmitted(gallery.chosen):
        qtbot.keyClick(gallery, Qt.Key.Key_Escape)
    assert not gallery.isVisible()
