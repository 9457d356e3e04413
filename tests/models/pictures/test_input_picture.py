"""The input as it is drawn: the part that is looked at, reduced to the screen, the newest only."""

import numpy as np
import pytest

from playground.core.pictures.picture import Picture
from playground.core.presets import starter_bank
from playground.core.session.session import Session
from playground.core.specs import NetworkSpec
from playground.models.pictures.input_picture import InputPicture, reduced
from playground.models.state.document import Document


def picture(height, width, channels=1, seed=0):
    pixels = np.random.default_rng(seed).random((height, width, channels), np.float32)
    return Picture(pixels, "noise", (width, height), colour="grey" if channels == 1 else "rgb")


@pytest.fixture
def document(qapp):
    return Document(Session(picture(40, 60, 3), NetworkSpec((starter_bank(3),))))


@pytest.fixture
def source(qtbot, document):
    made = InputPicture(document)
    yield made
    made.close()


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("step", [1, 2, 3, 7])
def test_reducing_is_the_mean_over_blocks(channels, step):
    pixels = picture(45, 64, channels).pixels
    window = (2 * step, step, 44, 63)
    seen = reduced(pixels, window, step)
    part = pixels[2 * step : 44, step:63].astype(np.float64)
    for row in range(0, part.shape[0] // step):
        for column in range(0, part.shape[1] // step):
            block = part[row * step : (row + 1) * step, column * step : (column + 1) * step]
            wanted = block.mean(axis=(0, 1)) * 255
            assert np.abs(seen[row, column] - wanted).max() <= 0.51


def test_reducing_in_strips_is_reducing_at_once(monkeypatch):
    pixels = picture(100, 40, 3).pixels
    whole = reduced(pixels, (0, 0, 100, 40), 3)
    monkeypatch.setattr("playground.models.pictures.input_picture._STRIP_VALUES", 500)
    assert np.array_equal(reduced(pixels, (0, 0, 100, 40), 3), whole)


def test_a_small_picture_is_seen_pixel_by_pixel(qtbot, document, source):
    with qtbot.waitSignal(source.seen_changed):
        source.set_target((0.0, 0.0, 1.0, 1.0), 300)
    assert source.seen.window == (0, 0, 40, 60)
    wanted = np.round(document.picture.pixels * 255)
    assert np.abs(source.seen.values - wanted).max() <= 1


def test_a_large_one_is_reduced_to_the_screen_and_a_part_of_it_less(qtbot, document, source):
    document.change_picture("x", picture(400, 600, 3), document.conv)
    with qtbot.waitSignal(source.seen_changed):
        source.set_target((0.0, 0.0, 1.0, 1.0), 100)
    qtbot.waitUntil(lambda: source.seen.values.shape == (67, 100, 3))
    with qtbot.waitSignal(source.seen_changed):
        source.set_target((0.25, 0.25, 0.5, 0.5), 150)
    assert source.seen.window == (100, 150, 200, 300)
    assert source.seen.values.shape == (100, 150, 3)


def test_the_same_view_is_not_computed_twice(qtbot, source):
    with qtbot.waitSignal(source.seen_changed):
        source.set_target((0.0, 0.0, 1.0, 1.0), 300)
    with qtbot.assertNotEmitted(source.seen_changed, wait=50):
        source.set_target((0.0, 0.0, 1.0, 1.0), 301)


def test_a_picture_that_was_replaced_meanwhile_is_never_shown(qtbot, document, source):
    for seed in range(8):
        document.change_picture("x", picture(40, 60, 3, seed), document.conv)
    with qtbot.waitSignal(source.seen_changed):
        source.set_target((0.0, 0.0, 1.0, 1.0), 200)
    qtbot.waitUntil(lambda: source.seen.picture is document.picture)
