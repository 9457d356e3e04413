"""How a layer is painted: its frame says what it is, and its texts have room."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from playground.models.network.layer_edits import LayerEdits
from playground.models.network.strip_model import StripRole
from playground.models.training.run.freezing import Freezing
from playground.views.network.chip_delegate import chip_title
from playground.views.widgets.small_widgets import FROZEN


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


def test_a_frozen_layer_has_the_sign_before_its_name_until_that_is_undone(bench):
    model, freezing = bench.strip.model(), Freezing(bench.document)
    plain = bench.strip.viewport().grab().toImage()
    freezing.set_layer(3, frozen=True)
    QApplication.processEvents()
    signed = [row for row in range(10) if chip_title(model.index(row)).startswith(FROZEN)]
    assert signed == [4]
    assert model.index(4).data(StripRole.FROZEN)
    assert "Frozen" in model.index(4).data(Qt.ItemDataRole.ToolTipRole)
    assert bench.strip.viewport().grab().toImage() != plain
    freezing.set_kernel(0, 1, frozen=True)
    assert not model.index(1).data(StripRole.FROZEN)
    bench.document.undo_stack.undo()
    bench.document.undo_stack.undo()
    assert not model.index(4).data(StripRole.FROZEN)
