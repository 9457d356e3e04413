"""The window as a teacher uses it: pictures in, messages, undo, Present, and a clean end."""

import gc
import threading

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from playground.models.workbench import Workbench
from playground.views.input.open_dialog import FilePreview
from playground.views.theme.theming import Theming
from playground.views.window.main_window import MainWindow
from tests.views.hand import Hand

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def bench(qtbot):
    workbench = Workbench()
    yield workbench
    workbench.close()


@pytest.fixture
def window(qtbot, bench):
    theming = Theming(bench.settings, bench)
    theming.apply()
    window = MainWindow(bench, theming)
    qtbot.addWidget(window)
    window.resize(1280, 720)
    window.show()
    with qtbot.waitSignal(bench.loading.opened):
        bench.sources.open_sample(first=True)
    qtbot.waitUntil(lambda: len(bench.preview.maps) == 12 and not bench.preview.busy)
    yield window
    QApplication.instance().setStyleSheet("")


@pytest.fixture
def photo(tmp_path):
    pixels = np.random.default_rng(0).integers(0, 255, (60, 80, 3), dtype=np.uint8)
    path = tmp_path / "photo.png"
    Image.fromarray(pixels).save(path)
    return path


def drop(window, data: QMimeData) -> None:
    where = window.rect().center()
    chosen = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton)
    none = Qt.KeyboardModifier.NoModifier
    # Qt drops only where it was allowed to enter.
    QApplication.sendEvent(window, QDragEnterEvent(where, *chosen, none))
    QApplication.sendEvent(window, QDropEvent(QPointF(where), *chosen, none))


def test_a_file_dropped_on_the_window_is_the_picture(qtbot, bench, window, photo):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(photo))])
    with qtbot.waitSignal(bench.loading.opened):
        drop(window, data)
    assert bench.document.picture.name == "photo.png"


def test_a_damaged_file_is_one_sentence_and_the_old_picture_stays(qtbot, bench, window, tmp_path):
    bad = tmp_path / "bad.png"
    bad.write_bytes(b"no picture at all")
    before = bench.document.picture
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(bad))])
    with qtbot.waitSignal(bench.document.problem):
        drop(window, data)
    assert "bad.png" in window.messages.text
    assert window.messages.isVisible()
    assert bench.document.picture is before


def test_pasting_takes_the_picture_from_the_clipboard(qtbot, bench, window):
    image = QImage(50, 30, QImage.Format.Format_RGB32)
    image.fill(0xFF336699)
    QGuiApplication.clipboard().setImage(image)
    with qtbot.waitSignal(bench.loading.opened):
        QTest.keyClick(window, Qt.Key.Key_V, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert (bench.document.picture.width, bench.document.picture.height) == (50, 30)


def test_the_open_dialog_shows_a_file_and_opens_it(qtbot, bench, window, photo):
    QTest.keyClick(window, Qt.Key.Key_O, CONTROL)
    dialog = window.findChild(QFileDialog)
    dialog.setDirectory(str(photo.parent))
    dialog.currentChanged.emit(str(photo))
    qtbot.waitUntil(lambda: not dialog.findChild(FilePreview)._picture.pixmap().isNull())
    dialog.findChild(QLineEdit).setText(str(photo))
    with qtbot.waitSignal(bench.loading.opened):
        dialog.accept()
    assert bench.document.picture.name == "photo.png"


def test_undo_and_redo_name_the_edit_and_follow_the_keys(qtbot, bench, window):
    grid = window.kernel.grid
    Hand(grid).wheel(grid.visualRect(grid.model().index(0, 0)).center())
    changed = bench.document.conv
    assert bench.document.undo_stack.undoText() in window.top_bar.undo.toolTip()
    QTest.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert bench.document.conv != changed
    QTest.mouseClick(window.top_bar.redo, Qt.MouseButton.LeftButton)
    assert bench.document.conv == changed


def test_rgb_and_grey_are_a_click_away(qtbot, bench, window):
    for button, channels in ((window.input.bar.rgb, 3), (window.input.bar.grey, 1)):
        with qtbot.waitSignal(bench.loading.opened):
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert bench.document.conv.channels == channels
        assert button.isChecked()


def test_a_dark_picture_of_many_bits_is_a_click_away_from_being_seen(
    qtbot, bench, window, tmp_path
):
    bar = window.input.bar
    assert not bar.stretch.isVisible()
    values = np.arange(64 * 64, dtype=np.uint16).reshape(64, 64)
    Image.fromarray(values).save(tmp_path / "deep.png")
    with qtbot.waitSignal(bench.loading.opened):
        bench.sources.open_file(tmp_path / "deep.png")
    assert bar.stretch.isVisible()
    assert window.input.view.detail.text().endswith(" · uses 6 % of the range")
    with qtbot.waitSignal(bench.loading.opened):
        QTest.mouseClick(bar.stretch, Qt.MouseButton.LeftButton)
    assert bench.document.picture.pixels.max() == 1
    assert bar.stretch.isChecked()
    bench.document.undo_stack.undo()
    assert not bar.stretch.isChecked()


def test_a_stroke_on_the_pad_is_the_picture_at_once(qtbot, bench, window):
    QTest.mouseClick(window.input.bar.draw, Qt.MouseButton.LeftButton)
    canvas = window.input.pad.canvas
    hand = Hand(canvas)
    hand.press(canvas.rect().center())
    hand.move(20, 20)
    hand.release()
    assert bench.document.picture.pixels.max() == 1
    qtbot.waitUntil(lambda: not bench.preview.busy)
    assert bench.preview.maps[10].stats.maximum > 0


def test_while_drawing_nothing_lies_on_anything_else(window):
    QTest.mouseClick(window.input.bar.draw, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    pad = window.input.pad
    parts = (pad.pencil, pad.canvas, window.input.bar, window.input.layer)
    tops = [part.mapTo(window, QPoint()).y() for part in parts]
    ends = [part.mapTo(window, part.rect().bottomLeft()).y() for part in parts]
    assert all(top > end for top, end in zip(tops[1:], ends, strict=False))
    assert min(pad.canvas.width(), pad.canvas.height()) >= 200
    assert not window.input.view.isVisible()
    QTest.mouseClick(window.input.bar.draw, Qt.MouseButton.LeftButton)
    assert window.input.view.isVisible()


def test_pointing_at_a_map_explains_that_maps_value(qtbot, bench, window):
    view = window.maps.view
    pixel = (20, 30)
    with qtbot.waitSignal(bench.explainer.explained):
        Hand(view).hover(view.position_of(7, pixel))
    qtbot.waitUntil(lambda: bench.explainer.explanation.kernel == 7)
    Hand(view).leave()
    Hand(view).hover(QPoint(-50, -50))


def test_explore_has_its_height_again_when_train_is_left(window, bench):
    before = window.arithmetic.height()
    bench.settings.set_mode("train")
    QApplication.processEvents()
    assert not window.arithmetic.isVisible()
    bench.settings.set_mode("explore")
    QApplication.processEvents()
    assert abs(window.arithmetic.height() - before) <= 2


@pytest.mark.parametrize("typed", [False, True])
def test_no_weight_is_pointed_at_once_the_hand_has_gone_elsewhere(qtbot, bench, window, typed):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    grid, bank = window.kernel.grid, window.bank.view
    Hand(grid).click(grid.visualRect(grid.table.index(1, 1)).center())
    Hand(grid).leave()
    assert bench.document.selection.weight == (1, 1)
    if typed:
        QTest.keyClicks(grid, "3")
    bank.setFocus(Qt.FocusReason.MouseFocusReason)
    Hand(bank).click(bank.visualRect(window.bank.model.index(2)).center())
    qtbot.waitUntil(lambda: bench.document.selection.weight is None)


def test_closing_while_it_works_leaves_nothing_behind(qtbot):
    threads = set(threading.enumerate())
    for _ in range(3):
        workbench = Workbench()
        window = MainWindow(workbench, Theming(workbench.settings, workbench))
        window.show()
        workbench.sources.open_sample("coffee")
        workbench.loading.set_working_size(None)
        QApplication.processEvents()
        window.close()
        window.deleteLater()
        workbench.deleteLater()
        QApplication.processEvents()
        del window, workbench
    gc.collect()
    assert set(threading.enumerate()) <= threads
