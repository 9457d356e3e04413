"""The dialog that opens a picture."""

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QLabel, QWidget

from playground.views.input.open_dialog import PATTERNS, open_dialog


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def dialog(window, lab, tmp_path):
    lab.settings.set_folder("picture", tmp_path)
    dialog = open_dialog(lab.settings, window, "Open a picture")
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


def test_the_folder_of_the_file_that_is_taken_is_remembered(dialog, lab, tmp_path):
    (tmp_path / "holidays").mkdir()
    dialog.fileSelected.emit(str(tmp_path / "holidays" / "photo.png"))
    assert lab.settings.folder("picture") == tmp_path / "holidays"


def test_it_begins_in_the_folder_it_is_given_and_lists_pictures_first(dialog, tmp_path):
    assert dialog.directory().absolutePath() == str(tmp_path)
    assert dialog.nameFilters()[0] == f"Pictures ({PATTERNS})"
