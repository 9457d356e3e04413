"""The drawing pad is a picture like any other, and a stroke is one entry of undo."""

import numpy as np
import pytest

from playground.core.pictures.picture import Picture
from playground.core.presets import starter_bank
from playground.core.session.session import Session
from playground.core.specs import NetworkSpec
from playground.files.pictures.sources import ArraySource
from playground.models.pictures.drawing_pad import DrawingPad, coverage
from playground.models.state.document import Document


@pytest.fixture
def document(qtbot) -> Document:
    return Document(Session(None, NetworkSpec((starter_bank(1),))))


@pytest.fixture
def pad(document) -> DrawingPad:
    pad = DrawingPad(document)
    pad.show()
    return pad


def stroke(pad: DrawingPad) -> None:
    pad.press(4.5, 4.5)
    pad.drag(4.5, 12.5)
    pad.drag(12.5, 12.5)
    pad.release()


def test_the_drawing_is_the_networks_input(document, pad):
    stroke(pad)
    assert np.array_equal(document.picture.pixels[..., 0], pad.pixels)
    assert document.picture.pixels.max() == 1.0
    assert pad.active


def test_a_stroke_is_one_entry_and_undone_on_the_pad_too(document, pad):
    blank = pad.pixels
    stroke(pad)
    assert document.undo_stack.undoText() == "Draw"
    document.undo_stack.undo()
    assert np.array_equal(pad.pixels, blank)
    document.undo_stack.redo()
    assert pad.pixels.max() == 1.0


def test_the_eraser_takes_ink_away(pad):
    stroke(pad)
    inked = pad.pixels.sum()
    pad.tool = "eraser"
    stroke(pad)
    assert pad.pixels.sum() < 0.1 * inked


def test_another_size_begins_anew_and_undo_brings_the_drawing_back(document, pad):
    stroke(pad)
    drawn = pad.pixels
    pad.resize(64)
    assert document.picture.pixels.shape == (64, 64, 1)
    assert not pad.pixels.any()
    document.undo_stack.undo()
    assert pad.size == 28
    assert np.array_equal(pad.pixels, drawn)


def test_a_pen_covers_a_pixel_fully_on_its_way_and_not_beyond_its_radius():
    ink = coverage(28, (5.5, 5.5), (5.5, 20.5), radius=1.0)
    assert ink[5, 5:21].tolist() == [1.0] * 16
    assert not ink[8:].any()
    assert ink.min() >= 0
    assert ink.max() <= 1


def test_a_stroke_beyond_the_edge_of_the_pad_is_harmless(pad):
    pad.press(-50, -50)
    pad.drag(500, 500)
    pad.release()
    assert np.isfinite(pad.pixels).all()


def test_other_values_made_by_the_program_are_not_taken_for_a_drawing(document, pad):
    stroke(pad)
    drawn = pad.pixels
    values = np.full((20, 30), 0.5, np.float32)
    picture = Picture(values[..., None], "values", (30, 20), source=ArraySource("values", values))
    document.change_picture("Values", picture, document.conv)
    assert pad.size == 28
    assert np.array_equal(pad.pixels, drawn)
