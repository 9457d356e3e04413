"""What the window can be asked for."""

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from playground import __version__
from playground.models.workbench import Workbench
from playground.views.theme.theming import Theming
from playground.views.window.key_sheet import KeySheet
from playground.views.window.main_window import MainWindow
from tests.models.made_tasks import chosen

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def bench(qtbot):
    bench = Workbench()
    yield bench
    bench.close()


@pytest.fixture
def window(qtbot, bench):
    window = MainWindow(bench, Theming(bench.settings, bench))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    return window


def test_no_two_actions_have_the_same_keys(window):
    for presenting in (False, True):
        keys = Counter(
            key.toString()
            for one in window.action_table
            for key in one.shortcuts()
            if one.objectName().startswith("present.") == presenting
        )
        assert max(keys.values()) == 1


def test_text_grows_and_shrinks_by_keys(window, bench):
    usual = bench.settings.text_points
    QTest.keyClick(window, Qt.Key.Key_Plus, CONTROL)
    QTest.keyClick(window, Qt.Key.Key_Equal, CONTROL)
    assert bench.settings.text_points == usual + 2
    QTest.keyClick(window, Qt.Key.Key_Minus, CONTROL)
    assert bench.settings.text_points == usual + 1
    QTest.keyClick(window, Qt.Key.Key_0, CONTROL)
    assert bench.settings.text_points == usual


def test_the_modes_are_chosen_by_keys(window, bench):
    QTest.keyClick(window, Qt.Key.Key_2, CONTROL)
    assert bench.settings.mode == "train"
    QTest.keyClick(window, Qt.Key.Key_1, CONTROL)
    assert bench.settings.mode == "explore"


def test_training_is_begun_only_where_it_is_seen(window, bench):
    of_training = [
        action
        for action in window.action_table
        if action.objectName().startswith("train.") and action.objectName() != "train.own"
    ]
    assert of_training
    assert not any(action.isEnabled() for action in of_training)
    bench.settings.set_mode("train")
    assert all(action.isEnabled() for action in of_training)


@pytest.mark.parametrize("mode", ["explore", "train"])
def test_own_kernels_can_be_brought_back_while_they_are_set_aside(qtbot, window, bench, mode):
    action, network = window.action_table["train.own"], bench.document.network
    assert not action.isEnabled()
    bench.settings.set_mode("train")
    assert not action.isEnabled()
    with qtbot.waitSignal(bench.training.task_changed):
        bench.training.choose(chosen("lines"))
    bench.settings.set_mode(mode)
    assert action.isEnabled()
    action.trigger()
    assert bench.document.network is network
    assert not action.isEnabled()


def test_f1_opens_one_sheet_of_keys(qtbot, window):
    for _ in range(2):
        QTest.keyClick(window, Qt.Key.Key_F1)
    sheets = window.findChildren(KeySheet)
    assert len(sheets) == 1
    sheets[0].reject()


def test_about_names_the_version(window):
    window.action_table["help.about"].trigger()
    about = window.findChild(QMessageBox)
    assert __version__ in about.text()
    about.reject()
