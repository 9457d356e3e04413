"""The network strip: chips that say shapes, and choose the layer that is shown."""

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from playground.core.presets import starter_bank
from playground.models.network.layer_edits import LayerEdits
from playground.views.network.network_strip import NetworkStrip
from tests.views.laboratory import Painted, wheel
from tests.views.network.conftest import LEFT, Bench, titles


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
        assert titles(bench)[:3] == ["Conv2D", "MaxPool 2", "Conv2D"]
        assert bench.strip.chosen == 0
        assert bench.document.undo_stack.undoText() == "Remove ReLU"
        bench.document.undo_stack.undo()
        assert len(titles(bench)) == 9

    def test_control_with_an_arrow_moves_the_chosen_layer_and_keeps_it_chosen(self, bench):
        bench.click(3)
        control = Qt.KeyboardModifier.ControlModifier
        QTest.keyClick(bench.strip, Qt.Key.Key_Left, control)
        assert titles(bench)[:3] == ["Conv2D", "MaxPool 2", "ReLU"]
        assert bench.strip.chosen == 1
        QTest.keyClick(bench.strip, Qt.Key.Key_Right, control)
        QTest.keyClick(bench.strip, Qt.Key.Key_Right, control)
        assert bench.strip.chosen == 3
        assert titles(bench)[:4] == ["Conv2D", "ReLU", "Conv2D", "MaxPool 2"]
        assert bench.selection.layer == 2

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
        assert titles(bench)[:4] == ["Conv2D", "ReLU", "Conv2D", "MaxPool 2"]
        data = model.mimeData([model.index(4)])
        model.dropMimeData(data, move, 0, 0, QModelIndex())
        assert titles(bench)[:2] == ["MaxPool 2", "Conv2D"]
        other = NetworkStrip(bench.document)
        assert not other.model().canDropMimeData(data, move, 1, 0, QModelIndex())
        other.deleteLater()
