"""Curve, classes and why, before a class."""

import pytest
from PySide6.QtWidgets import QApplication

from tests.models.made_tasks import chosen


@pytest.fixture
def learned(qtbot, stage):
    training = stage.bench.training
    stage.bench.settings.set_mode("train")
    with qtbot.waitSignal(training.task_changed):
        training.choose(chosen("digits"))
    training.step_once()
    qtbot.waitUntil(lambda: training.frame is not None and not training.running)
    stage.begin()
    return stage


def test_who_is_taken_for_whom_and_what_the_picture_is(qtbot, learned):
    learned.show("classes")
    pane = learned.view.panes["classes"]
    qtbot.waitUntil(lambda: pane.guess.guess is not None)
    qtbot.waitUntil(lambda: pane.matrix.model().rowCount() == 10)
    assert pane.matrix.isVisible()
    assert not pane.list.isVisible()
    assert "what it said" in pane.axes.text()


def test_why_shows_pictures_and_numbers_of_the_weight_that_is_clicked(qtbot, learned):
    learned.show("equation", "why")
    pane = learned.view.panes["why"]
    assert pane.hint.isVisible()
    learned.view.panes["equation"].kernel.grids[0].setCurrentIndex(
        learned.view.panes["equation"].kernel.grids[0].model().index(2, 2)
    )
    qtbot.waitUntil(lambda: pane.sums.text() != "")
    learned.settle()
    assert not pane.hint.isVisible()
    assert pane.errors.width() > 100
    assert "g = ∂L/∂w" in pane.rule.text()
    learned.show("why")  # Alone, it is still about that weight.
    assert "g = ∂L/∂w" in pane.rule.text()


def test_the_curve_is_that_of_the_run(learned):
    learned.show("curve")
    curve = learned.view.panes["curve"]
    curve.redraw()
    assert len(curve.training_line.getOriginalDataset()[0]) == 1


def test_a_view_that_is_made_late_is_no_window_of_its_own(qtbot, learned):
    qtbot.waitUntil(lambda: learned.bench.classes.guess is not None)
    before = {each for each in QApplication.topLevelWidgets() if each.isVisible()}
    learned.show("classes")
    assert {each for each in QApplication.topLevelWidgets() if each.isVisible()} == before
    assert learned.view.panes["classes"].example.isVisible()
