"""Transfer by hand: keep the kernels, train another task, compare with a start from random."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu

from tests.models.made_tasks import chosen
from tests.views.train.hands import click, entries, fill_with_classes, paused, reached

KEY = Qt.Key


def entry(menu, text):
    return next(action for action in entries(menu) if action.text().startswith(text))


@pytest.fixture
def digits(qtbot, window, training):
    with qtbot.waitSignal(training.task_changed):
        entry(window.train.task_menu, "Classify digits").trigger()
    click(window.train.run_controls.step)
    reached(qtbot, training, 1)
    paused(qtbot, training)
    return training


@pytest.fixture
def clothes(qtbot, window, digits):
    with qtbot.waitSignal(digits.task_changed):
        entry(window.train.transfer_menu.present, "Classify clothes").trigger()
    return digits


def test_digits_kernels_stay_bit_for_bit_while_clothes_are_learned(
    qtbot,
    window,
    digits,
):
    before = [digits.network.conv(index).kernel for index in digits.network.convs]
    with qtbot.waitSignal(digits.task_changed):
        entry(window.train.transfer_menu.present, "Classify clothes").trigger()
    assert window.train.task_button.text() == "Clothes"
    click(window.train.run_controls.play)
    reached(qtbot, digits, 70)
    click(window.train.run_controls.play)
    paused(qtbot, digits)
    after = [digits.network.conv(index).kernel for index in digits.network.convs]
    assert all(np.array_equal(a, b) for a, b in zip(before, after, strict=True))
    assert "kernels of Digits" in window.train.detail.text()


def test_the_tick_is_set_by_mouse_and_key_without_closing_the_menu(qtbot, window, digits):
    menu = window.train.transfer_menu
    menu.popup(window.mapToGlobal(window.rect().center()))
    qtbot.waitUntil(menu.isVisible)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(menu.freeze).center())
    assert menu.isVisible()
    assert not window.bench.transferring.freeze
    menu.setActiveAction(menu.freeze)
    QTest.keyClick(menu, KEY.Key_Space)
    assert menu.isVisible()
    assert window.bench.transferring.freeze
    QTest.keyClick(menu, KEY.Key_Escape)
    assert not menu.isVisible()


def test_one_click_compares_with_random_and_both_curves_are_drawn(qtbot, window, clothes):
    panel = window.train
    assert panel.compare.isVisible()
    assert not panel.compare.isEnabled()
    click(panel.run_controls.play)
    reached(qtbot, clothes, 5)
    click(panel.run_controls.play)
    paused(qtbot, clothes)
    qtbot.waitUntil(panel.compare.isEnabled)
    count = len(clothes.curves.loss)
    click(panel.compare)
    reached(qtbot, clothes, 5)
    clothes.pause()
    paused(qtbot, clothes)
    panel.curves.redraw()
    assert panel.pages.runs.isVisible()
    assert "kernels of Digits" in panel.pages.runs.view.currentIndex().data()
    assert len(panel.curves.training_line.getOriginalDataset()[0]) >= 5
    assert len(panel.curves.earlier_lines) == 1
    assert len(panel.curves.earlier_lines[0].getOriginalDataset()[0]) == count
    assert "earlier" in panel.curves.legend.text()
    qtbot.waitUntil(lambda: not panel.compare.isVisible())


def test_the_menu_offers_the_kernels_of_earlier_runs(qtbot, window, digits):
    menu = window.train.transfer_menu
    donor = digits.network
    menu.aboutToShow.emit()
    assert not menu.earlier.menuAction().isEnabled()
    click(window.train.run_controls.reseed)
    for _ in range(2):
        menu.aboutToShow.emit()
    assert menu.earlier.menuAction().isEnabled()
    assert len(menu.earlier.actions()) == 1
    with qtbot.waitSignal(digits.task_changed):
        entry(menu.earlier, "Classify shapes").trigger()
    assert np.array_equal(digits.network.first_conv.kernel, donor.first_conv.kernel)


def test_kernels_can_be_kept_for_coloured_pictures_of_ones_own(qtbot, window, digits, tmp_path):
    fill_with_classes(tmp_path)
    entry(window.train.transfer_menu.present, "Folder, 32 × 32 pixels, in colour").trigger()
    dialog = window.findChild(QFileDialog)
    with qtbot.waitSignal(digits.task_changed):
        dialog.fileSelected.emit(str(tmp_path))
    dialog.close()
    assert digits.task.class_names == ("cats", "dogs")
    assert digits.network.first_conv.channels == 3
    click(window.train.run_controls.step)
    reached(qtbot, digits, 1)
    paused(qtbot, digits)


def test_every_entry_says_what_it_does(window):
    panel = window.train
    for widget in (panel.transfer_button, panel.compare):
        assert widget.accessibleName()
        assert widget.toolTip()
    menu = panel.transfer_menu
    for action in (menu.present.menuAction(), menu.earlier.menuAction(), menu.freeze, menu.compare):
        assert action.toolTip() != action.text()


def test_without_a_transfer_there_is_nothing_to_compare(qtbot, window, digits):
    menu = window.train.transfer_menu
    menu.aboutToShow.emit()
    assert not menu.compare.isEnabled()
    assert not window.train.compare.isVisible()
    with qtbot.waitSignal(digits.task_changed):
        digits.choose(chosen("lines"))
    assert not window.train.compare.isVisible()


def test_a_menu_that_is_closed_keeps_nothing_of_the_runs_it_offered(qtbot, window, digits):
    menu = window.train.transfer_menu
    before = len(window.findChildren(QMenu))
    for _ in range(3):
        click(window.train.run_controls.reseed)
        click(window.train.run_controls.step)
        reached(qtbot, digits, 1)
        menu.popup(window.mapToGlobal(window.rect().center()))
        assert menu.earlier.actions()
        menu.close()
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert len(window.findChildren(QMenu)) == before
