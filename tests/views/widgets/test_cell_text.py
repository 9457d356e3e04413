"""How numbers are written in cells of every size."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF, QImage, QPainter

from playground.views.theme.theming import SMALLEST_POINTS
from playground.views.widgets.cell_text import (
    LaidOutText,
    digit_font,
    fitting,
    two_decimals,
    two_digits,
    without_leading_zero,
    zero_beside,
)

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.parametrize(
    ("value", "roomy", "tight", "tightest"),
    [
        (0, "+0.00", "0", "0"),
        (1, "+1.00", "+1", "+1"),
        (-2 / 3, "-0.67", "-.67", "-.7"),
        (0.96, "+0.96", "+.96", "+1"),
        (1.5, "+1.50", "+1.5", "+2"),
        (0.0042, "+0.0042", "·", "·"),
        (-0.04, "-0.04", "-.04", "·"),
        (12.34, "+12.34", "+12.34", "+12"),
        (-120, "-120.00", "-120", "-…"),
    ],
)
def test_a_number_is_shortened_before_it_is_left_out(value, roomy, tight, tightest):
    assert two_decimals(value) == roomy
    assert without_leading_zero(value) == tight
    assert two_digits(value) == tightest


def test_the_style_follows_from_the_width_of_the_cell():
    values = [-2 / 3, 0, 1 / 3]
    digit = QFontMetricsF(digit_font(SMALLEST_POINTS)).horizontalAdvance("0")
    styles = [fitting(values, digits * digit, 40).style for digits in (5.5, 4.5, 3.5, 2)]
    assert styles == [two_decimals, without_leading_zero, two_digits, None]


@pytest.mark.parametrize(
    ("value", "level", "text"),
    [
        (-1.9e-5, 1.3, "0"),
        (0.0042, 1.0, "0"),
        (0.0042, 0.5, "+0.0042"),
        (-1.9e-5, 1e-4, "−1.9e−5"),
        (0.02, 8.0, "+0.02"),
        (0, 2.0, "0"),
        (0, 0.0, "0"),
        (-2 / 3, 1.0, "−0.67"),
    ],
)
def test_what_is_as_good_as_zero_beside_the_others_reads_zero(value, level, text):
    digits = fitting([value], 200, 60, level)
    assert digits.text(value) == text
    assert digits.zero == zero_beside(level) == min(0.005, 0.005 * level)


def test_a_number_that_reads_zero_leaves_the_others_their_size():
    with_it, without = fitting([-1.9e-5, 1.0], 90, 60), fitting([0.0, 1.0], 90, 60)
    assert with_it.font == without.font


def test_a_cell_lower_than_a_line_has_no_digits():
    assert fitting([1], 80, 9).style is None


def test_the_font_grows_with_the_cell_and_is_never_too_small():
    sizes = [fitting([1, -1], side, side).font.pointSizeF() for side in (46, 80, 160)]
    assert sizes == sorted(sizes)
    assert min(sizes) >= SMALLEST_POINTS


def test_numbers_of_a_grid_whose_every_digit_would_be_a_dot_are_left_to_the_colours():
    assert fitting([0.01, -0.02, 0.03], 27, 20).style is None


def test_a_text_lies_in_the_middle_of_its_room_or_of_its_upper_edge(qapp):
    text, room = LaidOutText(digit_font(SMALLEST_POINTS)), QRectF(0, 0, 90, 60)

    def rows(*, at_top):
        """The first and the last row of pixels that are painted."""
        image = QImage(90, 60, QImage.Format.Format_RGB32)
        image.fill(0)
        painter = QPainter(image)
        painter.setPen("white")
        text.draw(painter, room, "+0.33", at_top=at_top)
        painter.end()
        painted = [y for y in range(60) if any(image.pixel(x, y) & 0xFF for x in range(90))]
        return painted[0], painted[-1]

    first, last = rows(at_top=False)
    assert (first + last) / 2 == pytest.approx(30, abs=3)
    assert rows(at_top=True)[1] < first
