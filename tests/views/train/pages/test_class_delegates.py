"""What does not fit is left out, rather than cut off."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from playground.views.train.pages.class_delegates import paint_chances


@pytest.mark.parametrize(("width", "said"), [(200, True), (40, False)])
def test_a_chance_that_would_touch_its_name_is_left_out(qapp, width, said):
    """8 and 0.1 % side by side are 80.1 %."""
    line = QImage(width, 20, QImage.Format.Format_RGB32)
    line.fill(0)
    painter = QPainter(line)
    paint_chances(painter, QRectF(line.rect()), (("8", 1e-9),), "#ffffff", "#000000")
    painter.end()
    ink = [line.pixel(x, y) & 0xFFFFFF for x in range(width // 2, width) for y in range(20)]
    assert any(ink) == said
