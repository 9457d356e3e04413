"""The page of kernels before and after: pairs to look at and to click."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from playground.models.training.inspect.kernel_pairs import PairRole
from playground.models.workbench import Workbench
from playground.views.theme.theming import Theming
from playground.views.train.pages.change_page import ChangePage
from playground.views.train.pages.pair_list import plan_pairs
from tests.models.made_tasks import chosen
from tests.views.train.hands import LEFT, click, paused, reached


@pytest.fixture
def page(window):
    window.train.pages.show_page(window.train.pages.change)
    return window.train.pages.change.kernels


def click_pair(page, row):
    view = page.list
    place = view.visualRect(view.model().index(row, 0)).center()
    QTest.mouseClick(view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, place)


def trained(qtbot, window, training, count):
    for step in range(1, count + 1):
        click(window.train.run_controls.step)
        reached(qtbot, training, step)
        paused(qtbot, training)


def test_before_there_is_a_run_it_says_what_to_do(window, page):
    assert "press ▶" in page.empty.text()
    assert page.list.isHidden()


def test_the_steps_that_are_compared_are_named(qtbot, window, lines, page):
    window.train.pages.show_page(window.train.pages.change)
    assert page.title.text() == "run 1 · step 0 → step 0 · no kernel has moved"
    trained(qtbot, window, lines, 2)
    most = window.bench.pairs.pairs.furthest
    assert page.title.text() == f"run 1 · step 0 → step 2 · kernel {most} moved most"
    window.bench.timeline.show(1)
    assert "step 0 → step 1" in page.title.text()


def test_a_kernel_beyond_all_numbers_is_not_said_to_have_stayed(qtbot):
    bench = Workbench()
    page = ChangePage(bench.pairs, bench.document.selection, Theming(bench.settings, bench))
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitSignal(bench.training.task_changed):
        bench.training.choose(chosen("lines"))
    bench.timeline.show(0)
    conv = bench.document.conv
    kernel = conv.kernel.copy()
    kernel[0, 0, 0, 2] = np.nan
    bench.document.change_conv("Edit", replace(conv, kernel=kernel))
    assert "kernel 2 moved most" in page.title.text()
    assert page.list.model().index(2).data(PairRole.MOVED) == "no finite numbers"
    page.grab()
    bench.close()


def test_first_weights_that_are_gone_are_said_to_be(qtbot, window, lines, page):
    window.train.pages.show_page(window.train.pages.change)
    trained(qtbot, window, lines, 2)
    lines.run.log.history.let_go()
    window.bench.timeline.show(1)
    lines.reset()
    assert page.list.isVisible()
    window.bench.document.undo_stack.undo()
    assert "no longer kept" in page.empty.text()
    assert page.title.text() == ""


def test_a_click_on_a_pair_selects_its_kernel_everywhere(window, lines, page):
    window.train.pages.show_page(window.train.pages.change)
    click_pair(page, 3)
    assert window.bench.document.selection.kernel == 3
    assert window.bank.view.currentIndex().row() == 3
    QTest.keyClick(page.list, Qt.Key.Key_Home)
    assert window.bench.document.selection.kernel == 0


def test_a_kernel_selected_elsewhere_is_marked(window, lines, page):
    window.train.pages.show_page(window.train.pages.change)
    window.bench.document.selection.set_kernel(5)
    assert page.list.currentIndex().row() == 5


def test_both_kernels_of_a_pair_are_drawn_in_one_scale(qtbot, window, lines, page):
    window.train.pages.show_page(window.train.pages.change)
    trained(qtbot, window, lines, 1)
    view, plan = page.list, page.list.plan
    box = view.visualRect(view.model().index(0, 0))
    drawn = view.viewport().grab(box).toImage()
    theme = page.list.itemDelegate()._theming.theme
    halves = [
        {drawn.pixelColor(x, plan.side // 2 + 4).name() for x in half}
        for half in (range(8, box.width() // 2 - 12), range(box.width() // 2 + 12, box.width() - 8))
    ]
    for colours in halves:
        assert len(colours - {QColor(theme.panel).name(), QColor(theme.border).name()}) > 2


def test_the_page_is_there_for_every_task(qtbot, window, lines, training, page):
    for name in ("denoise", "shapes"):
        with qtbot.waitSignal(training.task_changed):
            training.choose(chosen(name))
        buttons = {one.text(): one for one in window.train.pages._group.buttons()}
        click(buttons["Before/after"])
        assert window.train.pages._stack.currentWidget() is window.train.pages.change
        click(window.train.pages.change.show_kernels)
        assert page.list.model().rowCount() == window.bench.document.conv.filters


@pytest.mark.parametrize("count", [1, 2, 3, 8, 12, 16, 64])
@pytest.mark.parametrize("size", [(486, 260), (486, 120), (900, 500), (160, 100)])
def test_pairs_fit_into_their_room_or_are_scrolled(count, size):
    room = QSize(*size)
    plan = plan_pairs(count, room, 15, 80)
    across = max(1, room.width() // plan.cell.width())
    rows = -(-count // across)
    assert plan.scrolled or rows * plan.cell.height() <= room.height()
    assert plan.cell.width() >= 80
    assert 2 * plan.side + 16 <= plan.cell.width()
    assert plan.side >= 26
