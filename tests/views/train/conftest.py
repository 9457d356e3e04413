"""A window in which training is to be worked by hand, and tasks that are quick to learn."""

import pytest

from playground.models.training.tasks.task_choices import preset_goal
from playground.models.workbench import Workbench
from playground.views.theme.theming import Theming
from playground.views.window.main_window import MainWindow
from tests.models.made_tasks import chosen
from tests.views.train.hands import click


@pytest.fixture
def window(qtbot):
    bench = Workbench()
    theming = Theming(bench.settings, bench)
    window = MainWindow(bench, theming)
    window.bench = bench
    qtbot.addWidget(window)
    window.resize(1280, 720)
    window.show()
    with qtbot.waitSignal(bench.loading.opened):
        bench.sources.open_sample(first=True)
    click(window.top_bar.modes.train)
    yield window
    bench.close()


@pytest.fixture
def training(window):
    return window.bench.training


@pytest.fixture
def copying(qtbot, window, training):
    with qtbot.waitSignal(training.task_changed):
        training.choose(chosen("copy", goal=preset_goal("sobel_x", 1)))
    return training


@pytest.fixture
def lines(qtbot, window, training):
    with qtbot.waitSignal(training.task_changed):
        training.choose(chosen("lines"))
    return training
