"""Beside a weight: its next step and its gradient, in few digits, where there is room."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from playground.models.training.run.weight_hints import WeightHint
from playground.views.kernel.cell_rooms import CellRooms
from playground.views.kernel.weight_hint_painter import (
    HintPainter,
    change_text,
    gradient_text,
    hint_meaning,
    hint_words,
    narrow,
    placed,
    step_text,
)
from playground.views.widgets.cell_text import LaidOutText, fitting

HINT = WeightHint(-0.0131, 0.0042, (0.1, 0.3, 0.2))
SIZES = [
    (20, 20),
    (31, 15),
    (40, 22),
    (31, 24),
    (69, 31),
    (76, 34),
    (116, 56),
    (90, 60),
    (120, 120),
    (200, 150),
]


@pytest.mark.parametrize(
    ("step", "text"), [(0.0131, "▲ 0.013"), (-0.5, "▼ 0.500"), (1e-4, "▲ 1e−4"), (0, "· 0")]
)
def test_a_step_is_an_arrow_and_its_size(step, text):
    assert step_text(step) == text


@pytest.mark.parametrize(
    ("gradient", "text"),
    [(-0.0131, "g −0.013"), (0.5, "g +0.500"), (-2.4e-5, "g −2e−5"), (0, "g +0.000")],
)
def test_a_gradient_has_its_sign(gradient, text):
    assert gradient_text(gradient) == text


@pytest.mark.parametrize(
    ("change", "text"), [(0.0131, "+0.013"), (-0.5, "−0.500"), (-1e-4, "−1e−4"), (0, "+0.000")]
)
def test_a_change_has_its_sign(change, text):
    assert change_text(change) == text


def test_a_change_is_said_with_its_digits():
    said = hint_words(replace(HINT, change=0.01234567))
    assert said.startswith("The step in slow motion has added +0.01235\n∂L/∂w")


def test_a_change_stands_in_place_of_the_next_step(qapp):
    cell = Cell((76, 34))
    rooms = cell.rooms()
    step, change = (cell.painted(rooms, replace(HINT, change=c)) for c in (None, 0.0042))
    assert (step != change).any()
    rows, _columns = np.nonzero(step != change)
    assert rows.min() >= int(rooms.step.top)


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("▲ 0.013", "▲ .013"),
        ("g −0.500", "g −.500"),
        ("+0,013", "+,013"),
        ("▼ 1.234", "▼ 1.23"),
        ("▲ 1e−4", "▲ 1e−4"),
        ("▲ 10.000", "▲ 10.00"),
        ("· 0", "· 0"),
    ],
)
def test_in_a_narrow_cell_the_same_number_is_shorter(text, short):
    assert narrow(text) == short


def test_a_narrow_cell_has_the_short_one_and_a_wide_cell_the_long_one(qapp):
    short, long = Cell((45, 60)), Cell((90, 60))
    widths = [
        np.ptp(np.nonzero(cell.painted(CellRooms(rooms.value, rooms.step), value=False))[1])
        for cell in (short, long)
        for rooms in [cell.rooms()]
    ]
    assert 30 < widths[0] < widths[1]


def test_the_words_have_more_digits_and_say_what_the_signs_mean():
    assert hint_words(HINT) == "∂L/∂w = −0.0131; the next step adds +0.0042"
    assert all(sign in hint_meaning() for sign in ("▲", "▼", "g ", "line"))


class Cell:
    """A cell of so many pixels with a weight in it."""

    def __init__(self, size):
        self.size, self.cell = size, QRectF(0, 0, *size)
        self.digits = fitting([-0.33, 0.5], *size)
        self.write = HintPainter()
        self.write.set_digits(self.digits)

    def rooms(self, **kind):
        return self.write.rooms(self.cell, **{"hinted": True, **kind})

    def painted(self, rooms, hint=HINT, *, value=True):
        """Which pixels (height, width) are painted."""
        image = QImage(*self.size, QImage.Format.Format_Grayscale8)
        image.fill(255)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.write.paint(painter, self.cell, rooms, hint, QColor("black"))
        if value and self.digits.text(-0.33) and rooms.value.height:
            text = self.digits.text(-0.33)
            LaidOutText(self.digits.font).draw(painter, placed(rooms.value, self.cell), text)
        painter.end()
        lines = np.frombuffer(image.constBits(), np.uint8).reshape(self.size[1], -1)
        return lines[:, : self.size[0]] < 250


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("frozen", [False, True])
@pytest.mark.parametrize("gradients", [False, True])
def test_each_paints_within_its_room_and_on_no_other(qapp, size, frozen, gradients):
    cell = Cell(size)
    rooms = cell.rooms(frozen=frozen, gradients=gradients)
    alone = {"value": cell.painted(CellRooms(rooms.value), None)}
    for name in ("step", "gradient", "trail", "sign"):
        box = getattr(rooms, name)
        if box is not None:
            only = replace(CellRooms(rooms.value), **{name: box})
            alone[name] = cell.painted(only, value=False)
            assert alone[name].any()
            rows, columns = np.nonzero(alone[name])
            assert rows.min() >= int(box.top)
            assert rows.max() <= box.top + box.height + 0.5
            assert columns.min() >= int(box.left)
            assert columns.max() <= box.left + box.width + 0.5
    assert sum(np.count_nonzero(each) for each in alone.values()) == np.count_nonzero(
        cell.painted(rooms)
    )


def test_cells_that_differ_by_a_pixel_say_the_same(qapp):
    write, digits = HintPainter(), fitting([0.5], 50, 60)
    write.set_digits(digits, 50, 60)
    small, large = (write.rooms(QRectF(0, 0, *s), hinted=True) for s in ((50, 60), (51, 61)))
    assert small is large


def test_a_low_cell_has_none(qapp):
    low, high = Cell((120, 24)), Cell((120, 50))
    assert not low.painted(low.rooms(), value=False).any()
    assert high.painted(high.rooms(), value=False).any()


def test_where_one_has_room_it_is_the_step_or_the_gradient_as_wished(qapp):
    cell = Cell((76, 34))
    step, gradient = (cell.painted(cell.rooms(gradients=wished)) for wished in (False, True))
    assert (step != gradient).any()


def test_a_large_cell_shows_the_trail(qapp):
    cell, still = Cell((120, 120)), replace(HINT, trail=())
    assert (cell.painted(cell.rooms()) != cell.painted(cell.rooms(), still)).any()


@pytest.mark.parametrize("size", [(20, 20), (40, 22), (31, 15), (120, 120)])
def test_a_frozen_weight_has_a_sign_in_cells_of_every_size_before_there_is_a_run(qapp, size):
    cell = Cell(size)
    assert cell.painted(cell.rooms(hinted=False, frozen=True), None, value=False).any()
