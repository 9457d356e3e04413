"""How a layer is painted: its frame says what it is, and its texts have room."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from playground.models.network.layer_edits import LayerEdits


def test_the_chip_in_use_and_no_other_is_framed_in_the_accent(bench):
    accent = bench.strip.palette().highlight().color()
    bench.selection.set_layer(3)
    QApplication.processEvents()
    assert bench.frame(4) == accent
    assert all(bench.frame(row) != accent for row in (0, 1, 2, 3, 5, 6, 7))


def test_chips_make_room_for_their_shapes(bench):
    before = bench.chip(9)
    LayerEdits(bench.document).set_padding("valid")
    QApplication.processEvents()
    for row in range(10):
        chip = bench.chip(row)
        index = bench.strip.model().index(row)
        hint = bench.strip.sizeHintForIndex(index)
        assert chip.width() >= hint.width()
        assert chip.height() >= hint.height()
    assert bench.chip(9) != before or bench.chip(9).width() > 0


def test_the_strip_is_one_line_of_chips_high(bench):
    assert 40 <= bench.strip.sizeHint().height() <= 56
    assert bench.chip(1).height() <= bench.strip.viewport().height()


def test_a_layer_that_breaks_is_red_and_says_why(bench):
    red, palette = QColor(200, 0, 0), bench.strip.palette()
    palette.setColor(QPalette.ColorRole.BrightText, red)
    bench.strip.setPalette(palette)
    bench.strip.edits.add_layer("flatten", 2)
    QApplication.processEvents()
    assert bench.frame(5) == red
    tip = bench.strip.model().index(5).data(Qt.ItemDataRole.ToolTipRole)
    assert "move it before Flatten" in tip
    assert bench.document.undo_stack.undoText() == "Add Flatten"
