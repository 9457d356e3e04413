"""What is remembered from one window to the next."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.files.settings.preferences import (
    FILE_NAME,
    LARGEST_TEXT,
    SET_ASIDE,
    SMALLEST_TEXT,
    Place,
    Preferences,
    PreferencesFile,
)

NAMES = st.text(st.characters(exclude_characters="\0"), max_size=20)
PIXELS = st.integers(-100_000, 100_000)
SIZES = st.integers(1, 100_000)
ANY_PREFERENCES = st.builds(
    Preferences,
    theme=st.sampled_from(["system", "light", "dark"]),
    colour_map=st.sampled_from(["diverging", "grey"]),
    levels=st.sampled_from(["map", "common"]),
    text_points=st.integers(SMALLEST_TEXT, LARGEST_TEXT),
    screen=NAMES,
    places=st.dictionaries(NAMES, st.builds(Place, PIXELS, PIXELS, SIZES, SIZES, st.booleans())),
    splitters=st.dictionaries(NAMES, st.lists(SIZES, max_size=4).map(tuple)),
    folders=st.dictionaries(NAMES, NAMES),
)


def write(folder, content):
    text = content if isinstance(content, bytes) else json.dumps(content).encode()
    (folder / FILE_NAME).write_bytes(text)


@given(ANY_PREFERENCES)
def test_what_is_kept_is_there_again(tmp_path_factory, preferences):
    folder = tmp_path_factory.mktemp("settings")
    PreferencesFile(folder).change(lambda _: preferences)
    again = PreferencesFile(folder)
    assert again.current == preferences
    assert again.problem == ""


def test_without_a_file_all_is_as_usual(tmp_path):
    file = PreferencesFile(tmp_path / "not made yet")
    assert (file.current, file.problem) == (Preferences(), "")


def test_two_windows_keep_what_each_of_them_changed(tmp_path):
    one, other = PreferencesFile(tmp_path), PreferencesFile(tmp_path)
    one.change(partial(replace, theme="dark"))
    other.change(partial(replace, text_points=14))
    both = PreferencesFile(tmp_path).current
    assert (both.theme, both.text_points) == ("dark", 14)


def test_names_of_a_later_version_are_passed_over(tmp_path):
    write(tmp_path, {"format": 2, "theme": "light", "smell": "roses"})
    file = PreferencesFile(tmp_path)
    assert (file.current.theme, file.problem) == ("light", "")


def test_of_many_screens_the_latest_are_remembered():
    preferences = Preferences()
    for number in range(40):
        preferences = preferences.placed(f"screen {number}", Place(number, 0, 900, 600))
    preferences = preferences.placed("screen 30", Place(1, 2, 900, 600))
    assert preferences.screen == "screen 30"
    assert len(preferences.places) == 16
    assert list(preferences.places)[-1] == "screen 30"
    assert "screen 20" not in preferences.places


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"text_points": ' + b"9" * 6000 + b"}",
        b'{"theme": "dark"}' + b" " * 1_000_000,
        b"[General]\nx=@Variant(\\0\\0\\0\\x7f PySide::PyObjectWrapper)",
        b'{"text_points": NaN}',
        ["theme"],
        {"theme": "pink"},
        {"theme": None},
        {"text_points": 12.5},
        {"text_points": True},
        {"text_points": 4000},
        {"places": {"one": {"x": 0, "y": 0, "width": 0, "height": 600}}},
        {"places": {"one": {"x": 1e300, "y": 0, "width": 900, "height": 600}}},
        {"places": {"one": {"x": 0, "y": 0, "width": 900}}},
        {"places": [1, 2]},
        {"splitters": {"body": "half"}},
        {"splitters": {"body": [-5, 5]}},
        {"folders": {"picture": 7}},
        {"folders": {"picture": "a\0b"}},
    ],
)
def test_damaged_or_hostile_settings_are_set_aside_with_a_sentence(tmp_path, content):
    write(tmp_path, content)
    kept = (tmp_path / FILE_NAME).read_bytes()
    file = PreferencesFile(tmp_path)
    assert file.current == Preferences()
    assert file.problem == (
        "Your settings could not be read, so the usual ones are in use; the damaged file is kept "
        "as settings-damaged.json."
    )
    assert (tmp_path / SET_ASIDE).read_bytes() == kept
    file.change(partial(replace, theme="dark"))
    assert PreferencesFile(tmp_path).current.theme == "dark"


def test_where_nothing_can_be_kept_it_lasts_until_the_end(tmp_path):
    (tmp_path / "settings").write_text("in the way")
    file = PreferencesFile(tmp_path / "settings")
    file.change(partial(replace, theme="dark"))
    assert file.current.theme == "dark"
    assert (tmp_path / "settings").read_text() == "in the way"
