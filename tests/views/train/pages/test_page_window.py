"""A page in a window of its own goes on with its work, and comes back where it was."""

import gc

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from playground.views.train.pages.page_window import AwayNote, PageWindow
from tests.models.made_tasks import chosen
from tests.views.train.hands import click, paused, reached

PAGES = ["classes", "why", "patches", "layers", "runs"]


@pytest.fixture
def pages(window, lines):
    return window.train.pages


def windows():
    """The windows of pages that are on screen."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, PageWindow)]


def out(pages, page):
    """Move that page out by hand."""
    click(pages.button_of(page))
    click(pages.own_window)
    return page.window()


@pytest.mark.parametrize("name", PAGES)
def test_a_click_moves_a_page_out_and_another_brings_it_back(window, pages, name):
    page = getattr(pages, name)
    its = out(pages, page)
    assert isinstance(its, PageWindow)
    assert its.isVisible()
    assert its.windowTitle() == pages.button_of(page).text()
    assert its.parentWidget() is window
    assert page.isVisible()
    note = pages._stack.currentWidget()
    assert isinstance(note, AwayNote)
    assert pages.own_window.isChecked()
    click(note.back)
    assert pages._stack.currentWidget() is page
    assert page.isVisible()
    assert page.window() is window
    assert not pages.own_window.isChecked()
    assert windows() == []


def test_the_button_itself_brings_it_back_too(pages):
    out(pages, pages.why)
    click(pages.own_window)
    assert pages._stack.currentWidget() is pages.why
    assert windows() == []


def test_to_close_the_window_brings_the_page_back(pages):
    its = out(pages, pages.layers)
    click(pages.button_of(pages.why))
    its.close()
    assert pages._stack.currentWidget() is pages.why, "what is looked at stays"
    assert not pages.layers.isVisible()
    click(pages.button_of(pages.layers))
    assert pages.layers.isVisible()
    assert windows() == []


def test_two_pages_are_out_at_once_and_each_button_leads_to_its_own(window, pages):
    first, second = out(pages, pages.classes), out(pages, pages.layers)
    assert first is not second
    assert first.isVisible()
    assert second.isVisible()
    assert first.geometry().topLeft() != second.geometry().topLeft()
    for page in (pages.classes, pages.layers):
        click(pages.button_of(page))
        assert isinstance(pages._stack.currentWidget(), AwayNote)
    click(pages.button_of(pages.patches))
    assert pages._stack.currentWidget() is pages.patches
    assert all(page.isVisible() for page in (pages.classes, pages.layers, pages.patches))


def test_only_what_is_seen_works(monkeypatch, window, pages):
    watched, bench = {}, window.bench
    models = {
        pages.classes: bench.classes,
        pages.why: bench.why,
        pages.patches: bench.patches,
        pages.target: bench.target,
    }
    for page, model in models.items():
        monkeypatch.setattr(
            model, "set_watched", lambda on, _by, page=page: watched.update({page: on})
        )
    out(pages, pages.patches)
    assert watched == {pages.classes: False, pages.patches: True}
    its = out(pages, pages.classes)
    assert watched == {pages.classes: True, pages.patches: True}
    click(pages.button_of(pages.why))
    assert watched == {pages.classes: True, pages.patches: True, pages.why: True}
    its.close()
    assert watched == {pages.classes: False, pages.patches: True, pages.why: True}


def test_a_page_that_is_out_follows_the_run(qtbot, window, pages, lines):
    out(pages, pages.layers)
    click(pages.button_of(pages.why))
    click(window.train.run_controls.step)
    reached(qtbot, lines, 1)
    paused(qtbot, lines)
    layers = window.bench.layers
    qtbot.waitUntil(lambda: layers.answer is not None and layers.step == 1)


def test_keys_of_the_main_window_work_in_it(qtbot, window, pages, lines):
    its = out(pages, pages.layers)
    its.activateWindow()
    qtbot.waitUntil(its.isActiveWindow)
    QTest.keyClick(its, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: lines.running)
    QTest.keyClick(its, Qt.Key.Key_Space)
    paused(qtbot, lines)


def test_by_keys_alone_it_goes_out_and_comes_back(qtbot, window, pages):
    pages.show_page(pages.patches)
    pages.own_window.setFocus()
    QTest.keyClick(pages.own_window, Qt.Key.Key_Space)
    its = pages.patches.window()
    assert its is not window
    its.activateWindow()
    qtbot.waitUntil(its.isActiveWindow)
    QTest.keyClick(its, Qt.Key.Key_Tab)
    if its.focusWidget() is not None:
        assert its._ring.isVisible()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    note = pages._stack.currentWidget()
    note.back.setFocus()
    qtbot.waitUntil(note.back.hasFocus)
    QTest.keyClick(note.back, Qt.Key.Key_Space)
    assert pages.patches.window() is window


def test_the_windows_go_with_the_app(window, pages):
    out(pages, pages.classes)
    out(pages, pages.layers)
    window.close()
    assert windows() == []


def test_another_task_leaves_a_window_where_it_is(qtbot, window, pages, lines):
    its = out(pages, pages.classes)
    with qtbot.waitSignal(lines.task_changed):
        lines.choose(chosen("shapes"))
    assert its.isVisible()
    assert isinstance(pages._stack.currentWidget(), AwayNote)


def test_another_mode_leaves_it_too(window, pages):
    its = out(pages, pages.classes)
    window.bench.settings.set_mode("explore")
    assert its.isVisible()
    assert isinstance(its, QWidget)
    window.bench.settings.set_mode("train")
    assert its.isVisible()
