"""Small shared parts: names and tips of controls, entries of menus, keys of lists."""

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView, QMenu, QWidget

from playground.core.presets import starter_bank
from playground.core.session.session import Session
from playground.core.specs import NetworkSpec
from playground.models.state.document import Document
from playground.models.training.run.freezing import Freezing
from playground.views.widgets.small_widgets import (
    WatchingPage,
    add_entries,
    add_freezing,
    add_key,
    button,
    menu_button,
)


@pytest.fixture
def menu(qtbot):
    menu = QMenu()
    qtbot.addWidget(menu)
    return menu


def test_a_button_is_called_by_its_text_or_by_a_name(qtbot):
    plain, named = button("Draw", what="with a pencil"), button("+", "Add a kernel")
    for made in (plain, named):
        qtbot.addWidget(made)
    assert (plain.accessibleName(), plain.toolTip()) == ("Draw", "Draw: with a pencil")
    assert (named.accessibleName(), named.toolTip()) == ("Add a kernel", "Add a kernel")


def test_a_menu_button_opens_its_menu(qtbot, menu):
    made = menu_button("View", menu, "View: theme and colours")
    qtbot.addWidget(made)
    assert made.menu() is menu
    assert (made.accessibleName(), made.toolTip()) == ("View", "View: theme and colours")


def test_entries_call_their_own_operation_and_have_a_tip(menu):
    called = []
    add_entries(
        menu,
        (
            ("First", "The first", lambda: called.append(1)),
            None,
            ("Second", "The second", lambda: called.append(2)),
        ),
    )
    first, line, second = menu.actions()
    assert line.isSeparator()
    assert (first.toolTip(), second.toolTip()) == ("The first", "The second")
    second.trigger()
    first.trigger()
    assert called == [2, 1]


def test_a_kernel_of_a_frozen_layer_cannot_be_frozen_by_itself(menu):
    freezing = Freezing(Document(Session(None, NetworkSpec((starter_bank(1),)))))
    add_freezing(menu, freezing, 0, 2)
    kernel, layer = menu.actions()
    assert kernel.isEnabled()
    kernel.trigger()
    assert freezing.is_frozen(0, 2)
    layer.trigger()
    menu.clear()
    add_freezing(menu, freezing, 0, 3)
    kernel, layer = menu.actions()
    assert layer.isChecked()
    assert not kernel.isEnabled()


def test_weights_of_a_frozen_kernel_cannot_be_frozen_by_themselves(menu):
    freezing = Freezing(Document(Session(None, NetworkSpec((starter_bank(1),)))))
    one, both = [(0, 0, 0, 2)], [(0, 0, 0, 2), (1, 2, 0, 2)]
    add_freezing(menu, freezing, 0, 2, one)
    menu.actions()[0].trigger()
    assert freezing.holds(0, one[0])
    menu.clear()
    add_freezing(menu, freezing, 0, 2, both)
    weights, kernel, _layer = menu.actions()
    assert weights.text() == "Freeze these 2 weights"
    assert not weights.isChecked()
    weights.trigger()
    assert all(freezing.holds(0, cell) for cell in both)
    assert not kernel.isChecked()
    kernel.trigger()
    menu.clear()
    add_freezing(menu, freezing, 0, 2, both)
    assert menu.actions()[0].isChecked()
    assert not menu.actions()[0].isEnabled()


def test_a_key_works_while_its_list_has_the_focus(qtbot):
    window, called = QWidget(), []
    qtbot.addWidget(window)
    view = QListView(window)
    add_key(view, "Add", "Ins", lambda: called.append(1))
    assert [action.text() for action in view.actions()] == ["Add"]
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    view.setFocus()
    QTest.keySequence(view, "Ins")
    assert called == [1]


def test_the_model_of_a_page_works_while_the_page_is_on_the_screen(qtbot):
    told = []

    class Model:
        def set_watched(self, watched, by):
            told.append((watched, by))

    model = Model()
    page, other = WatchingPage(model), WatchingPage(model)
    for each in (page, other):
        qtbot.addWidget(each)
    page.show()
    page.hide()
    assert [watched for watched, _ in told] == [True, False]
    other.show()
    assert told[0][1] == told[1][1] != told[2][1]
