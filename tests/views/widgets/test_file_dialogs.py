"""Dialogs for files: where they begin, and what they are."""

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget

from playground.models.state.view_settings import ViewSettings
from playground.views.widgets.file_dialogs import file_dialog

ANY, FOLDER = QFileDialog.FileMode.AnyFile, QFileDialog.FileMode.Directory


@pytest.fixture
def settings(qapp):
    return ViewSettings()


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def ask(window, settings):
    return lambda purpose, mode=ANY: file_dialog(settings, purpose, window, "Which?", mode)


def folder(dialog):
    return dialog.directory().absolutePath()


def test_each_purpose_has_its_own_folder(ask, settings, tmp_path):
    for name in ("maps", "pictures"):
        (tmp_path / name).mkdir()
    ask("map").fileSelected.emit(str(tmp_path / "maps" / "one.png"))
    ask("pictures", FOLDER).fileSelected.emit(str(tmp_path / "pictures"))
    assert folder(ask("map")) == str(tmp_path / "maps")
    assert folder(ask("pictures")) == str(tmp_path / "pictures")


def test_a_folder_that_is_gone_is_not_begun_in(ask, settings, tmp_path):
    (tmp_path / "stick").mkdir()
    settings.set_folder("map", tmp_path / "stick")
    (tmp_path / "stick").rmdir()
    assert folder(ask("map")) != str(tmp_path / "stick")


def test_at_first_it_begins_with_the_user_s_pictures(ask, monkeypatch, tmp_path):
    monkeypatch.setattr(
        "playground.models.state.view_settings.QStandardPaths.writableLocation",
        lambda place: str(tmp_path) if place.name == "PicturesLocation" else "",
    )
    assert folder(ask("picture")) == str(tmp_path)


def test_the_system_s_own_dialog_is_not_ruled_out(ask):
    dialog = ask("map")
    # Qt asks for its own class by name, and for this option.
    assert dialog.metaObject().className() == "QFileDialog"
    assert not dialog.testOption(QFileDialog.Option.DontUseNativeDialog)
