"""Train → Classify digits → RGB → ↺ → Explore: five clicks that once ended the app."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from playground.models.workbench import Workbench
from playground.views.theme.theming import Theming
from playground.views.window.main_window import MainWindow
from tests.views.hand import Hand


def click(widget):
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


@pytest.fixture
def window(qtbot):
    bench = Workbench()
    window = MainWindow(bench, Theming(bench.settings, bench))
    window.bench = bench
    qtbot.addWidget(window)
    window.resize(1280, 720)
    window.show()
    with qtbot.waitSignal(bench.loading.opened):
        bench.sources.open_sample(first=True)
    yield window
    bench.close()


@pytest.fixture
def after_rgb(qtbot, window):
    """Train → Classify digits → RGB: the task is grey, the picture is not."""
    bench = window.bench
    click(window.top_bar.modes.train)
    digits = next(a for a in window.train.task_menu.actions() if "digits" in a.text().lower())
    with qtbot.waitSignal(bench.training.task_changed):
        digits.trigger()
    with qtbot.waitSignal(bench.loading.opened):
        click(window.input.bar.rgb)
    assert bench.document.picture.channels == bench.document.conv.channels == 3
    return window


def test_the_arithmetic_is_there_after_the_five_clicks(qtbot, after_rgb):
    window, bench = after_rgb, after_rgb.bench
    click(window.train.run_controls.again)
    with qtbot.waitSignal(bench.explainer.explained):
        click(window.top_bar.modes.explore)
    equation = window.arithmetic.equation
    equation.grab()
    shown = bench.explainer.explanation
    assert shown.patch.shape == shown.weights.shape == shown.products.shape == (5, 5, 1)
    hand = Hand(equation)
    for x in range(0, equation.width(), 7):
        hand.hover(QPoint(x, equation.height() // 2))
        equation.tip_at(QPoint(x, equation.height() // 2))


def test_starting_again_brings_the_picture_of_the_task_s_channels_in_one_step(after_rgb):
    document, training = after_rgb.bench.document, after_rgb.bench.training
    before = document.session
    click(after_rgb.train.run_controls.again)
    assert document.picture.channels == document.conv.channels == 1
    assert document.network.input_shape == training.task.inputs.shape[1:]
    assert training.run is not None
    document.undo_stack.undo()
    assert document.session == before
    document.undo_stack.redo()
    assert document.picture.channels == 1


def test_starting_again_leaves_a_picture_that_fits_alone(qtbot, after_rgb):
    document = after_rgb.bench.document
    with qtbot.waitSignal(after_rgb.bench.loading.opened):
        click(after_rgb.input.bar.grey)
    picture = document.picture
    click(after_rgb.train.run_controls.again)
    assert document.picture is picture


def test_training_goes_on_after_the_five_clicks(qtbot, after_rgb):
    training = after_rgb.bench.training
    click(after_rgb.train.run_controls.again)
    click(after_rgb.top_bar.modes.explore)
    click(after_rgb.top_bar.modes.train)
    click(after_rgb.train.run_controls.step)
    qtbot.waitUntil(lambda: training.frame is not None and training.frame.step == 1)
    qtbot.waitUntil(lambda: not training.running)
    assert np.isfinite(after_rgb.bench.document.conv.kernel).all()
