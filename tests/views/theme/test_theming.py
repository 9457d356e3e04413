"""One place changes how the application looks, and says so."""

import re

import pytest
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication

from playground.models.state.view_settings import USUAL_TEXT, ViewSettings
from playground.views.theme.theme import DARK, LIGHT
from playground.views.theme.theming import (
    SMALLEST_POINTS,
    Theming,
    smaller,
    style_sheet,
)


@pytest.fixture
def settings(qapp):
    settings = ViewSettings()
    settings.set_theme("light")
    return settings


@pytest.fixture
def theming(settings):
    look, palette = QApplication.styleSheet(QApplication.instance()), QApplication.palette()
    yield Theming(settings)
    QApplication.instance().setStyleSheet(look)
    QApplication.setPalette(palette)


def test_another_theme_in_the_settings_is_worn_at_once_and_told(qtbot, settings, theming):
    assert theming.theme is LIGHT
    with qtbot.waitSignal(theming.changed) as told:
        settings.set_theme("dark")
    assert told.args == [DARK]
    assert theming.theme is DARK
    assert QApplication.palette().color(QPalette.ColorRole.Window).name() == DARK.window
    assert DARK.panel in QApplication.instance().styleSheet()


def test_larger_text_is_worn_at_once_and_goes_back(qtbot, settings, theming):
    with qtbot.waitSignal(theming.changed):
        settings.change_text(2)
    assert "* { font-size: 12pt" in QApplication.instance().styleSheet()
    settings.change_text(0)
    assert "* { font-size: 10pt" in QApplication.instance().styleSheet()


def test_what_is_worn_already_is_not_put_on_again(qtbot, settings, theming):
    with qtbot.assertNotEmitted(theming.changed):
        settings.set_theme("light")
        settings.change_text(0)


def sizes(text):
    return [float(size) for size in re.findall(r"font-size: ([\d.]+)pt", text)]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_every_colour_is_one_of_the_theme_s_and_every_bracket_closes(theme):
    sheet = style_sheet(theme)
    assert set(re.findall(r"#[0-9a-f]{6}", sheet)) <= set(vars(theme).values())
    assert sheet.count("{") == sheet.count("}")


def test_all_text_follows_the_size_of_ordinary_text():
    plain, large = sizes(style_sheet(LIGHT)), sizes(style_sheet(LIGHT, 15))
    assert plain[0] == USUAL_TEXT
    assert large[0] == 15
    assert all(big > small for small, big in zip(plain, large, strict=True))


def test_smaller_text_is_one_point_smaller_but_never_too_small():
    assert smaller(QFont("Sans", 15)).pointSizeF() == 14
    assert smaller(QFont("Sans", 9)).pointSizeF() == SMALLEST_POINTS
