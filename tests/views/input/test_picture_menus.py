"""The ways to get a picture: buttons, menus and keys."""

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from playground.models.pictures.picture_loading import PictureLoading
from playground.models.pictures.picture_sources import PictureSources
from playground.views.input.picture_menus import PATTERNS, OpenDialog, PictureMenus


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
def menus(sources, window):
    menus = PictureMenus(sources, window)
    row = QHBoxLayout(window)
    for button in menus.buttons():
        row.addWidget(button)
    return menus


def test_every_sample_is_in_the_menu_and_one_click_away(qtbot, menus, sources, loading, lab):
    _, samples, _, _ = menus.buttons()
    entries = [action for action in samples.menu().actions() if action.data()]
    assert [action.text() for action in entries] == [sample.title for sample in sources.samples]
    assert all(action.toolTip() for action in entries)
    with qtbot.waitSignal(loading.opened):
        entries[1].trigger()
    assert lab.document.undo_stack.canUndo()


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


def test_the_paste_keys_take_a_picture_from_the_clipboard(qtbot, menus, loading, window, lab):
    image = QImage(50, 30, QImage.Format.Format_RGB32)
    image.fill(0xFF336699)
    QGuiApplication.clipboard().setImage(image)
    window.setFocus()
    with qtbot.waitSignal(loading.opened):
        QTest.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert (lab.document.picture.width, lab.document.picture.height) == (50, 30)


def test_the_open_keys_show_the_dialog(menus, window):
    keys = [action.shortcut() for action in window.actions()]
    assert QKeySequence(QKeySequence.StandardKey.Open) in keys
    menus.open()
    dialog = window.findChild(OpenDialog)
    assert dialog.isVisible()
    dialog.reject()


@pytest.fixture
def dialog(window, tmp_path):
    dialog = OpenDialog(tmp_path, window)
    yield dialog
    dialog.reject()


def words(dialog):
    return [label.text() for label in dialog.findChildren(QLabel)]


def test_before_a_file_is_marked_it_says_what_to_do(dialog):
    assert "Choose a file to see it here" in words(dialog)


def test_a_marked_picture_is_shown_with_its_size(qtbot, dialog, tmp_path):
    path = tmp_path / "photo.png"
    Image.fromarray(np.zeros((60, 80), np.uint8)).save(path)
    dialog.currentChanged.emit(str(path))
    qtbot.waitUntil(lambda: any("80 × 60" in text for text in words(dialog)))
    assert any(not label.pixmap().isNull() for label in dialog.findChildren(QLabel))


def test_what_is_no_picture_is_said_to_be_none(qtbot, dialog, tmp_path):
    (tmp_path / "notes.png").write_text("nothing to see")
    before = words(dialog)
    dialog.currentChanged.emit(str(tmp_path / "notes.png"))
    qtbot.waitUntil(lambda: words(dialog) != before)
    assert "Choose a file to see it here" not in words(dialog)


def test_the_file_that_is_taken_is_told_as_a_path(qtbot, dialog, tmp_path):
    with qtbot.waitSignal(dialog.chosen) as told:
        dialog.fileSelected.emit(str(tmp_path / "photo.png"))
    assert told.args == [tmp_path / "photo.png"]


def test_it_begins_in_the_folder_it_is_given_and_lists_pictures_first(dialog, tmp_path):
    assert dialog.directory().absolutePath() == str(tmp_path)
    assert dialog.nameFilters()[0] == f"Pictures ({PATTERNS})"
