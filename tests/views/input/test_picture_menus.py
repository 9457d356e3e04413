"""The ways to get a picture: buttons, menus and keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from playground.models.pictures.picture_loading import PictureLoading
from playground.models.pictures.picture_sources import PictureSources
from playground.views.input.picture_menus import PictureMenus
from playground.views.input.sample_gallery import SampleGallery


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def loading(lab):
    loading = PictureLoading(lab.document)
    yield loading
    loading.close()


@pytest.fixture
def sources(lab, loading):
    sources = PictureSources(lab.document, loading)
    sources.clear_recent()
    return sources


@pytest.fixture
def menus(sources, window, lab):
    menus = PictureMenus(sources, lab.settings, window)
    row = QHBoxLayout(window)
    for button in menus.buttons():
        row.addWidget(button)
    return menus


def test_every_sample_is_to_be_seen_and_one_click_away(qtbot, menus, sources, loading, lab, window):
    qtbot.mouseClick(menus.buttons()[1], Qt.MouseButton.LeftButton)
    gallery = window.findChild(SampleGallery)
    model = gallery.list.model()
    entries = [model.index(row) for row in range(model.rowCount())]
    assert [entry.data() for entry in entries] == [sample.title for sample in sources.samples]
    place = gallery.list.visualRect(entries[1]).center()
    with qtbot.waitSignal(loading.opened):
        qtbot.mouseClick(gallery.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert lab.document.undo_stack.undoText() == "Open coffee.jpg"
    assert window.findChild(SampleGallery) is None


def test_without_recent_files_the_menu_says_so(menus):
    recent = menus.buttons()[2].menu()
    recent.aboutToShow.emit()
    assert [(a.text(), a.isEnabled()) for a in recent.actions()] == [
        ("No pictures opened yet", False)
    ]


def test_a_file_that_was_opened_is_in_the_menu_until_it_is_forgotten(
    qtbot, menus, sources, loading, tmp_path
):
    image = QImage(8, 6, QImage.Format.Format_RGB32)
    image.fill(0)
    image.save(str(tmp_path / "small.png"))
    with qtbot.waitSignal(loading.opened):
        sources.open_file(tmp_path / "small.png")
    recent = menus.buttons()[2].menu()
    recent.aboutToShow.emit()
    assert recent.actions()[0].text() == "small.png"
    recent.actions()[-1].trigger()
    recent.aboutToShow.emit()
    assert recent.actions()[0].text() == "No pictures opened yet"


def test_open_shows_the_dialog(menus, window):
    menus.open()
    dialog = window.findChild(QFileDialog)
    assert dialog.isVisible()
    dialog.reject()
