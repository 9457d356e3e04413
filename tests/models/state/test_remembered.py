"""What is remembered from one window to the next."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths

from playground.models.state.remembered import Place, Remembered
from playground.models.state.view_settings import ViewSettings


@pytest.fixture
def file():
    place = QStandardPaths.StandardLocation.AppConfigLocation
    return Path(QStandardPaths.writableLocation(place)) / "settings.json"


def opened():
    """The settings of another window, and what it remembers."""
    settings = ViewSettings()
    return settings, Remembered(settings)


def test_what_is_changed_is_there_in_the_next_window(qapp, tmp_path):
    settings, remembered = opened()
    remembered.follow()
    settings.set_theme("dark")
    settings.change_text(3)
    settings.set_levels("common")
    settings.set_colour_map("grey")
    settings.set_folder("picture", tmp_path)
    again, _ = opened()
    assert (again.theme, again.text_points) == ("dark", 13)
    assert (again.levels, again.colour_map) == ("common", "grey")
    assert again.folder("picture") == tmp_path


def test_what_was_asked_for_once_is_not_kept(qapp):
    settings, remembered = opened()
    settings.set_theme("dark")
    remembered.follow()
    settings.change_text(1)
    again, _ = opened()
    assert (again.theme, again.text_points) == ("system", 11)


def test_where_the_window_was_and_how_its_parts_shared_it(qapp):
    _, remembered = opened()
    remembered.keep_window("beamer", Place(10, 20, 1000, 700, True), {"columns": [1, 2, 3]})
    remembered.keep_window("desk", Place(0, 0, 1440, 900), {"body": [500, 200]})
    kept = opened()[1].current
    assert kept.screen == "desk"
    assert kept.places["beamer"] == Place(10, 20, 1000, 700, True)
    assert dict(kept.splitters) == {"columns": (1, 2, 3), "body": (500, 200)}


def test_damaged_settings_are_told_and_the_usual_ones_stand_in(qapp, file):
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps({"theme": "dark", "text_points": -1}))
    settings, remembered = opened()
    assert settings.theme == "system"
    assert "settings-damaged.json" in remembered.problem
