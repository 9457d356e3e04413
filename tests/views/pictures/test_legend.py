"""The legend says what the colours mean."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

LEFT = Qt.MouseButton.LeftButton


def test_the_legend_says_which_colour_is_negative(lab, gallery):
    assert gallery.legend.words() == ("blue −", "orange +")
    QTest.mouseClick(gallery.controls.grey, LEFT)
    assert gallery.legend.words() == ("black −", "white +")
