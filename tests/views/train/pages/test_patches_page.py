"""The page that shows which patches excite the selected kernel."""

import numpy as np
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from playground.core.network.layer_input import layer_input
from playground.views.train.pages.patches_page import fitted_cell
from tests.models.made_tasks import chosen
from tests.views.train.hands import click

LEFT = Qt.MouseButton.LeftButton


def page_with_lines(qtbot, window, training):
    with qtbot.waitSignal(training.task_changed):
        training.choose(chosen("lines"))
    tab = next(b for b in window.train.findChildren(QToolButton) if b.text() == "Patches")
    click(tab)
    page = window.train.pages.patches
    assert page.isVisible()
    qtbot.waitUntil(lambda: page.model.rowCount() == 9)
    QApplication.processEvents()
    return page


def test_all_nine_are_seen_at_once_and_follow_the_kernel(qtbot, window, training):
    page = page_with_lines(qtbot, window, training)
    assert "kernel 0" in page.title.text()
    room = page.list.viewport().rect()
    for row in range(9):
        assert room.contains(page.list.visualRect(page.model.index(row)))
    window.bench.document.selection.set_kernel(2)
    qtbot.waitUntil(lambda: "kernel 2" in page.title.text())


def test_a_click_makes_the_example_the_input_and_points_at_the_place(
    qtbot,
    window,
    training,
):
    page = page_with_lines(qtbot, window, training)
    document, patch = window.bench.document, window.bench.patches.answer.patches[4]
    place = page.list.visualRect(page.model.index(4)).center()
    QTest.mouseClick(page.list.viewport(), LEFT, pos=place)
    assert np.array_equal(document.picture.pixels, training.task.inputs[patch.example])
    row, column = document.selection.pixel
    assert (row, column) == (patch.row // 2, patch.column // 2)
    layers = document.network.through_block(0)
    shown = layer_input(document.picture.pixels, layers)[row, column, 0]
    assert shown == pytest.approx(patch.value, abs=1e-4)
    assert document.undo_stack.undoText() == "Example as input"


def test_enter_does_what_a_click_does(qtbot, window, training):
    page = page_with_lines(qtbot, window, training)
    page.list.setFocus()
    page.list.setCurrentIndex(page.model.index(1))
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    patch = window.bench.patches.answer.patches[1]
    shown = window.bench.document.picture.pixels
    assert np.array_equal(shown, training.task.inputs[patch.example])


def test_without_a_task_the_page_says_what_it_is_for(window):
    page = window.train.pages.patches
    window.train.pages.show_page(page)
    assert "Choose a task" in page.empty.text()
    assert not page.list.isVisible()


def test_a_silent_kernel_is_called_silent(qtbot, window, copying):
    document, page = window.bench.document, window.train.pages.patches
    conv = document.conv
    dark = type(conv)(-np.ones_like(conv.kernel), -conv.bias - 1, conv.names)
    document.change_conv("Dark", dark)
    window.train.pages.show_page(page)
    qtbot.waitUntil(lambda: "nowhere above zero" in page.empty.text())
    assert not page.list.isVisible()


def test_pictures_are_as_large_as_the_room_allows(qapp):
    metrics = QFontMetrics(qapp.font())
    for width, height in ((440, 120), (600, 120), (600, 400), (200, 500), (1500, 700)):
        cell = fitted_cell(QSize(width, height), metrics, 2)
        across = (width - 2) // cell.width()
        assert -(-9 // across) * cell.height() <= height
    small = fitted_cell(QSize(150, 60), metrics, 2)
    assert small.width() >= 28
