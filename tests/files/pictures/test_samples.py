"""The pictures that come with the program."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from playground.files.assets import asset_path
from playground.files.pictures.images import load_picture
from playground.files.pictures.samples import sample, samples
from tests.tools.make_patterns import PATTERNS, text_page


@pytest.mark.parametrize("one", samples(), ids=lambda one: one.key)
def test_every_sample_opens_in_grey_and_colour(one):
    for colour, channels in (("grey", 1), ("rgb", 3)):
        picture = load_picture(one.source, 512, colour)
        assert picture.channels == channels
        assert picture.pixels.max() > picture.pixels.min()


def test_keys_titles_and_files_are_unique_and_every_sample_has_a_tip():
    for part in ("key", "title", "path"):
        values = [getattr(one, part) for one in samples()]
        assert len(set(values)) == len(values)
    assert all(one.tip.endswith((".", "?")) for one in samples())


def test_there_are_photographs_textures_and_patterns():
    assert {one.group for one in samples()} == {"Photographs", "Textures", "Patterns"}
    assert len(samples()) >= 6


def test_the_default_is_the_cat():
    assert sample().title == "Cat"
    assert load_picture(sample().source).caption == "451 × 300"
    with pytest.raises(KeyError):
        sample("dog")


def test_every_file_has_its_source_and_licence():
    readme = asset_path("README.md").read_text(encoding="utf-8")
    for path in asset_path("samples").iterdir():
        name = "pattern-*.png" if path.name.startswith("pattern-") else path.name
        assert f"`{name}`" in readme, path.name


def test_every_file_is_on_the_menu_and_all_are_small():
    files = set(asset_path("samples").iterdir())
    assert {one.path for one in samples()} == files
    assert sum(path.stat().st_size for path in files) < 4_000_000


@pytest.mark.parametrize("name", PATTERNS)
def test_patterns_are_as_they_are_drawn(name):
    with Image.open(asset_path("samples", name)) as image:
        difference = np.asarray(image).astype(int) - PATTERNS[name]()
    # Another mathematics library may round a value the other way.
    assert np.abs(difference).max() <= 1


def test_the_single_bright_pixel_is_one_in_the_middle():
    pixels = load_picture(sample("bright-pixel").source).pixels[:, :, 0]
    assert pixels.sum() == pixels[15, 15] == 1
    assert pixels.shape == (31, 31)


def test_the_text_page_is_dark_on_white():
    page = text_page()
    assert page.shape == (512, 512)
    assert 0.02 < (page < 128).mean() < 0.3
