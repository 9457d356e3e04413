"""From the back row everything is read, whichever views are shown; and what the keys do."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from playground.models.kernels.kernel_edits import KernelEdits
from playground.models.state.presenting import PRESENTED
from playground.models.training.tasks.task_choices import preset_goal
from tests.models.made_tasks import chosen
from tests.views.present.before_class import ALL_VIEWS, PROJECTOR
from tests.views.present.written import all_text, cut

KEY = Qt.Key
SMALLEST, SMALLEST_WEIGHT, SMALLEST_SUM = 18, 28, 20
"""Pixels that text, weights and the digits of a sum have at least."""
SIZES = [PROJECTOR, (1366, 768), (1440, 900), (1920, 1080)]
WITH_NUMBERS = [views for views in ALL_VIEWS if {"equation", "arithmetic"} & set(views)]
TASKS = {
    "digits": {},
    "clothes": {},
    "lines": {},
    "denoise": {},
    "copy": {"goal": preset_goal("sobel_x", 1)},
}


def unreadable(stage, views):
    """What is too small, cut off, or lies on something else."""
    stage.show(*views)
    view = stage.view
    found = [f"{views}: {text}" for text in all_text(view) if text.pixels < SMALLEST or cut(text)]
    if "equation" in views:
        for grid in view.panes["equation"].kernel.grids:
            pixels = QFontInfo(grid.digits.font).pixelSize()
            if pixels < SMALLEST_WEIGHT or grid.digits.style is None:
                found.append(f"{views}: weights of {pixels}")
    if "arithmetic" in views:
        pixels = QFontInfo(view.panes["arithmetic"].grids.digits).pixelSize()
        if pixels < SMALLEST_SUM:
            found.append(f"{views}: digits of {pixels}")
    places = [place_of(view, view.panes[each]) for each in views]
    if any(one.intersects(other) for one, other in pairwise(places)):
        found.append(f"{views}: one lies on the other")
    return found


def place_of(view, part):
    return QRect(part.mapTo(view, part.rect().topLeft()), part.size())


@pytest.mark.parametrize("colour", ["grey", "rgb"])
@pytest.mark.parametrize("side", [3, 5, 7])
def test_weights_and_sums_of_every_kernel_are_read(qtbot, stage, side, colour):
    if colour == "rgb":
        with qtbot.waitSignal(stage.bench.document.picture_changed):
            stage.bench.loading.set_colour(colour)
    if side != 3:
        KernelEdits(stage.bench.document).resize_bank(side, side)
    for size in SIZES:
        stage.begin(size)
        assert not [each for views in WITH_NUMBERS for each in unreadable(stage, views)]


@pytest.mark.parametrize("name", TASKS)
def test_every_view_of_a_run_is_read(qtbot, stage, name):
    training = stage.bench.training
    stage.bench.settings.set_mode("train")
    with qtbot.waitSignal(training.task_changed):
        training.choose(chosen(name, **TASKS[name]))
    training.step_once()
    qtbot.waitUntil(lambda: training.frame is not None and not training.running)
    stage.begin()
    stage.show("equation", "why")
    stage.bench.document.selection.set_weight((1, 1))
    qtbot.waitUntil(lambda: stage.bench.why.answer is not None)
    if stage.bench.classes.names:
        stage.show("classes")
        qtbot.waitUntil(lambda: stage.bench.classes.report is not None)
        qtbot.waitUntil(lambda: stage.bench.classes.guess is not None)
    assert not [each for views in ALL_VIEWS for each in unreadable(stage, views)]


def test_digits_choose_a_view_and_b_adds_the_one_before(stage):
    stage.begin()
    assert QApplication.focusWidget() is stage.view
    for number, view in enumerate(PRESENTED, 1):
        stage.presenting.announce("views", ("equation",))
        stage.press(KEY(KEY.Key_0 + number))
        assert stage.presenting.views == (view,)
    stage.press(KEY.Key_3)
    stage.press(KEY.Key_B)
    assert stage.presenting.views == ("kernels", "arithmetic")
    assert [view for view, pane in stage.view.panes.items() if pane.isVisible()]
    stage.press(KEY.Key_B)
    assert stage.presenting.views == ("arithmetic",)


def test_a_digit_in_a_cell_is_a_weight(stage):
    stage.begin()
    stage.show("equation")
    grid = stage.view.panes["equation"].kernel.grids[0]
    grid.setFocus()
    grid.setCurrentIndex(grid.model().index(0, 0))
    QTest.keyClicks(QApplication.focusWidget(), "5")
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_Return)
    assert stage.bench.document.conv.kernel[0, 0, 0, 0] == 5
    assert stage.presenting.views == ("equation",)


def test_escape_lets_go_one_thing_after_the_other(stage):
    stage.begin()
    stage.view.panes["equation"].kernel.grids[0].setFocus()
    stage.presenting.toggle_pen()
    stage.press(KEY.Key_Escape)
    assert QApplication.focusWidget() is stage.view
    assert stage.presenting.pen
    stage.press(KEY.Key_Escape)
    assert not stage.presenting.pen
    assert stage.window.presentation.active
    stage.press(KEY.Key_Escape)
    assert not stage.window.presentation.active


def test_arrows_go_through_kernels_and_through_the_parts_of_a_sum(qtbot, stage):
    with qtbot.waitSignal(stage.bench.document.picture_changed):
        stage.bench.loading.set_colour("rgb")
    stage.begin()
    selection = stage.bench.document.selection
    stage.press(KEY.Key_Right)
    stage.press(KEY.Key_Right)
    stage.press(KEY.Key_Left)
    assert selection.kernel == 1
    stage.settle()
    stage.press(KEY.Key_Down)
    assert selection.channel == 1
    for _ in range(5):
        stage.press(KEY.Key_Down)
    assert selection.channel == 2
    stage.press(KEY.Key_Up)
    assert selection.channel == 1
    stage.show("equation")
    stage.press(KEY.Key_Up)
    assert selection.channel == 0


def test_a_view_that_is_not_shown_watches_nothing(stage):
    stage.begin()
    stage.bench.settings.set_mode("train")
    stage.show("curve")
    explained = []
    stage.bench.explainer.explained.connect(explained.append)
    stage.bench.document.selection.set_pixel((3, 4))
    stage.settle()
    assert not explained
    stage.show("arithmetic")
    assert explained[-1].row == 3


def test_light_and_dark_are_followed_while_presenting(stage):
    stage.begin()
    before = stage.view.styleSheet()
    stage.bench.settings.set_theme("dark")
    assert stage.view.styleSheet() != before
    assert stage.theming.theme.window in stage.view.styleSheet()
