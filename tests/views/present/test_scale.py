"""Text in proportion to the screen, and never too small."""

import pytest
from PySide6.QtCore import QSize

from playground.views.present.scale import text_points


@pytest.mark.parametrize(
    ("size", "pixels"),
    [((1280, 720), 20), ((1366, 768), 21), ((1920, 1080), 30), ((800, 600), 20), ((2560, 720), 20)],
)
def test_pixels_of_ordinary_text(size, pixels):
    assert text_points(QSize(*size), 96) * 96 / 72 == pytest.approx(pixels)
    assert text_points(QSize(*size), 72) == pytest.approx(pixels)
