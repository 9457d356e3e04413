"""The pictures opened last."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from playground.files.settings.recent import FILE_NAME, RecentImages


def names(recent: RecentImages) -> list[str]:
    return [path.name for path in recent.paths]


def test_the_newest_is_first_and_nothing_is_there_twice(tmp_path):
    recent = RecentImages(tmp_path)
    for name in ("a.png", "b.png", "c.png", "a.png"):
        recent.add(tmp_path / name)
    assert names(recent) == ["a.png", "c.png", "b.png"]


def test_at_most_ten_are_kept(tmp_path):
    recent = RecentImages(tmp_path)
    for number in range(15):
        recent.add(tmp_path / f"{number}.png")
    assert names(recent) == [f"{number}.png" for number in range(14, 4, -1)]


def test_the_list_is_there_again_next_time(tmp_path):
    folder = tmp_path / "made" / "when needed"
    RecentImages(folder).add("фото.png")
    assert RecentImages(folder).paths == (Path("фото.png").absolute(),)


def test_names_no_unicode_can_say_survive(tmp_path):
    RecentImages(tmp_path).add(tmp_path / "a\udcff.png")
    assert names(RecentImages(tmp_path)) == ["a\udcff.png"]


def test_one_can_be_forgotten_and_all(tmp_path):
    recent = RecentImages(tmp_path)
    recent.add("a.png")
    recent.add("b.png")
    recent.remove("b.png")
    assert names(recent) == ["a.png"]
    recent.remove("never-there.png")
    recent.clear()
    assert recent.paths == ()
    assert RecentImages(tmp_path).paths == ()


def test_two_windows_share_the_list(tmp_path):
    one, other = RecentImages(tmp_path), RecentImages(tmp_path)
    one.add("a.png")
    other.add("b.png")
    assert names(other) == ["b.png", "a.png"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not json",
        b"\xff\xfe\0",
        b"[]",
        b"null",
        b'{"images": 3}',
        b'{"images": null}',
        b'{"images": [1, null, "", {"a": 1}, "a\\u0000b"]}',
        b"[" * 100_000,
        b" " * 2_000_000,
    ],
)
def test_a_damaged_file_is_an_empty_list_and_the_next_picture_mends_it(tmp_path, content):
    (tmp_path / FILE_NAME).write_bytes(content)
    recent = RecentImages(tmp_path)
    assert recent.paths == ()
    recent.add("a.png")
    assert names(RecentImages(tmp_path)) == ["a.png"]


def test_a_file_with_too_many_or_doubled_names_is_cut(tmp_path):
    many = {"images": [f"/p/{number % 20}.png" for number in range(100)]}
    (tmp_path / FILE_NAME).write_text(json.dumps(many))
    assert names(RecentImages(tmp_path)) == [f"{number}.png" for number in range(10)]


def test_a_folder_that_cannot_be_written_costs_the_memory_only(tmp_path):
    (tmp_path / "file").write_text("in the way")
    recent = RecentImages(tmp_path / "file")
    recent.add("a.png")
    recent.add("b.png")
    assert names(recent) == ["b.png", "a.png"]


def test_nothing_is_left_lying_about(tmp_path):
    RecentImages(tmp_path).add("a.png")
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]
