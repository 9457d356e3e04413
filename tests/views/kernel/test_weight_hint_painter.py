"""Beside a weight: its next step and its gradient, in few digits, where there is room."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from playground.models.training.run.weight_hints import WeightHint
from playground.views.kernel.weight_hint_painter import (
    HintPainter,
    gradient_text,
    hint_words,
    step_text,
)

HINT = WeightHint(-0.0131, 0.0042, (0.1, 0.3, 0.2))


@pytest.mark.parametrize(
    ("step", "text"), [(0.0131, "▲ 0.013"), (-0.5, "▼ 0.500"), (1e-4, "▲ 1e-04"), (0, "· 0")]
)
def test_a_step_is_an_arrow_and_its_size(step, text):
    assert step_text(step) == text


@pytest.mark.parametrize(("gradient", "text"), [(-0.0131, "g −0.013"), (0.5, "g +0.500")])
def test_a_gradient_has_its_sign(gradient, text):
    assert gradient_text(gradient) == text


def test_the_words_have_more_digits():
    assert hint_words(HINT) == "∂L/∂w = -0.0131; the next step adds +0.0042"


def painted(size, *, gradients=False, hint=HINT):
    """Whether a cell of this size has a hint, and the picture of it."""
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    room, ink = QRectF(0, 0, *size), QColor("black")
    fits = HintPainter().paint(painter, room, hint, ink, gradients=gradients)
    painter.end()
    return fits, image


def test_a_low_cell_has_none(qapp):
    assert not painted((120, 20))[0]
    assert painted((120, 50))[0]


def test_where_one_has_room_it_is_the_step_or_the_gradient_as_wished(qapp):
    step, gradient = (painted((120, 50), gradients=wished)[1] for wished in (False, True))
    assert step != gradient


def test_a_large_cell_shows_the_trail(qapp):
    still = WeightHint(HINT.gradient, HINT.step, ())
    assert painted((120, 120))[1] != painted((120, 120), hint=still)[1]
