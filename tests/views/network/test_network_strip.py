"""The network strip: chips that say shapes, and choose the layer that is shown."""

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from playground.core.pictures.picture import Picture
from playground.core.presets import starter_bank
from playground.core.session.session import Session
from playground.core.specs import ActivationSpec, Conv2DSpec, NetworkSpec, Pool2DSpec
from playground.models.network.layer_edits import LayerEdits
from playground.models.state.document import Document
from playground.views.network.network_strip import NetworkStrip
from tests.views.laboratory import Painted, wheel

LEFT = Qt.MouseButton.LeftButton


def block(channels, kernels):
    """A convolution of 3 × 3 with its activation and pooling."""
    conv = Conv2DSpec(np.zeros((3, 3, channels, kernels)), np.zeros(kernels), ("k",) * kernels)
    return conv, ActivationSpec(), Pool2DSpec("max", 2)


class Bench:
    """A strip on the (virtual) screen over a network of three blocks."""

    def __init__(self, qtbot, width=1600):
        layers = (*block(1, 12), *block(12, 16), *block(16, 32))
        pixels = np.zeros((64, 80, 1), np.float32)
        picture = Picture(pixels, "dark.png", (80, 64), colour="grey")
        self.document = Document(Session(picture, NetworkSpec(layers)))
        self.selection = self.document.selection
        self.strip = NetworkStrip(self.document)
        qtbot.addWidget(self.strip)
        self.strip.resize(width, self.strip.sizeHint().height())
        self.strip.show()
        self.strip.activateWindow()
        qtbot.waitUntil(self.strip.isActiveWindow)
        self.strip.setFocus()

    def chip(self, row):
        return self.strip.visualRect(self.strip.model().index(row))

    def click(self, row):
        QTest.mouseClick(self.strip.viewport(), LEFT, pos=self.chip(row).center())

    def frame(self, row):
        """The colour of the frame around a chip, at its right side."""
        chip = self.chip(row)
        shot = self.strip.viewport().grab().toImage()
        return shot.pixelColor(QPoint(chip.right() - 1, chip.center().y()))


@pytest.fixture
def bench(qtbot):
    return Bench(qtbot)


def test_clicking_a_convolution_shows_its_kernels(bench):
    bench.click(4)
    assert bench.selection.layer == 3
    assert bench.document.conv.filters == 16
    bench.click(1)
    assert bench.selection.layer == 0


def test_clicking_what_follows_a_convolution_shows_that_convolution(bench):
    bench.click(9)
    assert bench.selection.layer == 6
    bench.click(5)
    assert bench.selection.layer == 3
    assert bench.strip.currentIndex().row() == 4


def test_the_input_and_the_room_beside_the_chips_choose_nothing(bench):
    bench.click(4)
    bench.click(0)
    QTest.mouseClick(bench.strip.viewport(), LEFT, pos=QPoint(1590, 20))
    assert bench.selection.layer == 3
    assert bench.strip.currentIndex().row() == 4


def test_the_keys_go_from_convolution_to_convolution(bench):
    for key, layer in (
        (Qt.Key.Key_Right, 3),
        (Qt.Key.Key_Right, 6),
        (Qt.Key.Key_Right, 6),
        (Qt.Key.Key_Left, 3),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_Left, 0),
        (Qt.Key.Key_End, 6),
    ):
        QTest.keyClick(bench.strip, key)
        assert bench.selection.layer == layer
        assert bench.strip.currentIndex().row() == layer + 1


def test_the_chip_in_use_and_no_other_is_framed_in_the_accent(bench):
    accent = bench.strip.palette().highlight().color()
    bench.selection.set_layer(3)
    QApplication.processEvents()
    assert bench.frame(4) == accent
    assert all(bench.frame(row) != accent for row in (0, 1, 2, 3, 5, 6, 7))


def test_a_layer_chosen_elsewhere_is_brought_into_sight(qtbot):
    bench = Bench(qtbot, width=400)
    bench.selection.set_layer(6)
    assert bench.strip.viewport().rect().contains(bench.chip(7).center())
    bench.selection.set_layer(0)
    assert bench.strip.viewport().rect().contains(bench.chip(1).center())


def test_a_narrow_strip_scrolls_by_the_wheel(qtbot):
    bench = Bench(qtbot, width=400)
    bar = bench.strip.horizontalScrollBar()
    assert bar.maximum() > 0
    wheel(bench.strip, QPoint(200, 20), -1)
    assert bar.value() > 0
    assert not bar.isVisible()


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


def test_layers_that_come_and_go_keep_the_choice(bench):
    LayerEdits(bench.document).set_pool(None)
    LayerEdits(bench.document).set_activation("none")
    assert bench.strip.model().rowCount() == 8
    assert bench.strip.currentIndex().row() == 1
    bench.document.undo_stack.undo()
    assert bench.strip.model().rowCount() == 9
    assert bench.strip.currentIndex().row() == 1


def test_a_changed_weight_paints_nothing(bench):
    QApplication.processEvents()
    painted = Painted(bench.strip.viewport())
    conv = starter_bank(1)
    bench.document.change_conv("x", conv)
    QApplication.processEvents()
    assert painted.region.isEmpty()


class TestEditing:
    """The strip's hand: keys, menus, the button and dragging."""

    @staticmethod
    def titles(bench):
        model = bench.strip.model()
        return [model.index(row).data() for row in range(1, model.rowCount())]

    @staticmethod
    def trigger(menu, *path):
        """Choose an entry of a menu, by the beginnings of the texts on the way."""
        for text in path:
            action = next(a for a in menu.actions() if a.text().startswith(text))
            menu = action.menu()
        action.trigger()

    def test_a_clicked_layer_is_the_chosen_one(self, bench):
        bench.click(2)
        assert bench.strip.chosen == 1
        assert bench.frame(2) == bench.strip.palette().text().color()
        assert bench.frame(1) == bench.strip.palette().highlight().color()
        bench.click(0)
        assert bench.strip.chosen == 0

    def test_up_and_down_choose_any_layer(self, bench):
        for expected, layer in ((1, 0), (2, 0), (3, 3), (4, 3)):
            QTest.keyClick(bench.strip, Qt.Key.Key_Down)
            assert (bench.strip.chosen, bench.selection.layer) == (expected, layer)
        QTest.keyClick(bench.strip, Qt.Key.Key_Up)
        QTest.keyClick(bench.strip, Qt.Key.Key_Up)
        assert (bench.strip.chosen, bench.selection.layer) == (2, 0)

    def test_delete_removes_the_chosen_layer(self, bench):
        bench.click(2)
        QTest.keyClick(bench.strip, Qt.Key.Key_Delete)
        assert self.titles(bench)[:3] == ["Conv2D", "MaxPool 2", "Conv2D"]
        assert bench.strip.chosen == 0
        assert bench.document.undo_stack.undoText() == "Remove ReLU"
        bench.document.undo_stack.undo()
        assert len(self.titles(bench)) == 9

    def test_control_with_an_arrow_moves_the_chosen_layer_and_keeps_it_chosen(self, bench):
        bench.click(3)
        control = Qt.KeyboardModifier.ControlModifier
        QTest.keyClick(bench.strip, Qt.Key.Key_Left, control)
        assert self.titles(bench)[:3] == ["Conv2D", "MaxPool 2", "ReLU"]
        assert bench.strip.chosen == 1
        QTest.keyClick(bench.strip, Qt.Key.Key_Right, control)
        QTest.keyClick(bench.strip, Qt.Key.Key_Right, control)
        assert bench.strip.chosen == 3
        assert self.titles(bench)[:4] == ["Conv2D", "ReLU", "Conv2D", "MaxPool 2"]
        assert bench.selection.layer == 2

    def test_the_menu_adds_behind_a_layer(self, bench):
        self.trigger(bench.strip.layer_menu(2), "Add behind", "Tanh")
        assert self.titles(bench)[:4] == ["Conv2D", "ReLU", "Tanh", "MaxPool 2"]
        assert bench.strip.layer_menu(0) is None

    def test_a_convolution_added_behind_another_comes_behind_its_block(self, bench):
        self.trigger(bench.strip.layer_menu(1), "Add behind", "Conv2D")
        assert self.titles(bench)[:4] == ["Conv2D", "ReLU", "MaxPool 2", "Conv2D"]
        assert bench.selection.layer == 3
        assert bench.strip.currentIndex().row() == 4
        assert bench.document.network.conv(4).channels == 8

    def test_the_menu_removes_moves_and_changes(self, bench):
        self.trigger(bench.strip.layer_menu(3), "Size", "4")
        assert self.titles(bench)[2] == "MaxPool 4"
        self.trigger(bench.strip.layer_menu(3), "Move to the left")
        assert self.titles(bench)[:3] == ["Conv2D", "MaxPool 4", "ReLU"]
        self.trigger(bench.strip.layer_menu(2), "Remove")
        assert self.titles(bench)[:3] == ["Conv2D", "ReLU", "Conv2D"]

    def test_what_cannot_be_done_is_grey(self, qtbot):
        bench = Bench(qtbot)
        bench.document.change_network("x", NetworkSpec((starter_bank(1),)))
        actions = {a.text().split("\t")[0]: a for a in bench.strip.layer_menu(1).actions()}
        for text in ("Move to the left", "Move to the right", "Remove"):
            assert not actions[text].isEnabled()

    def test_the_button_adds_behind_the_chosen_layer(self, bench):
        bench.click(2)
        kinds = bench.strip.menus.kinds
        kinds.aboutToShow.emit()
        self.trigger(kinds, "Dropout")
        assert self.titles(bench)[:4] == ["Conv2D", "ReLU", "Dropout 0.25", "MaxPool 2"]

    def test_the_button_stands_behind_the_last_chip_and_stays_in_sight(self, qtbot):
        bench = Bench(qtbot, width=3000)
        button = bench.strip.add_button
        assert button.isVisible()
        assert 0 < button.x() - bench.chip(9).right() < 40
        bench.strip.resize(500, bench.strip.height())
        QApplication.processEvents()
        assert bench.strip.rect().contains(button.geometry())
        assert button.x() >= bench.strip.viewport().geometry().right()

    def test_a_dropped_layer_moves_there(self, bench):
        model = bench.strip.model()
        move = Qt.DropAction.MoveAction
        data = model.mimeData([model.index(3)])
        assert model.canDropMimeData(data, move, 5, 0, QModelIndex())
        assert model.dropMimeData(data, move, 5, 0, QModelIndex())
        assert self.titles(bench)[:4] == ["Conv2D", "ReLU", "Conv2D", "MaxPool 2"]
        data = model.mimeData([model.index(4)])
        model.dropMimeData(data, move, 0, 0, QModelIndex())
        assert self.titles(bench)[:2] == ["MaxPool 2", "Conv2D"]
        other = NetworkStrip(bench.document)
        assert not other.model().canDropMimeData(data, move, 1, 0, QModelIndex())
        other.deleteLater()

    def test_a_layer_that_breaks_is_red_and_says_why(self, bench):
        red, palette = QColor(200, 0, 0), bench.strip.palette()
        palette.setColor(QPalette.ColorRole.BrightText, red)
        bench.strip.setPalette(palette)
        bench.strip.edits.add_layer("flatten", 2)
        QApplication.processEvents()
        assert bench.frame(5) == red
        tip = bench.strip.model().index(5).data(Qt.ItemDataRole.ToolTipRole)
        assert "move it before Flatten" in tip
        assert bench.document.undo_stack.undoText() == "Add Flatten"
