"""The bar says which step is shown; a click goes there exactly, on either scale."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from playground.core.runs import run
from playground.views.train.controls.timeline_bar import TimelineBar
from tests.models.training.conftest import bench, copying, steps, training

__all__ = ["bench", "copying", "steps", "training"]

KEY, LEFT = Qt.Key, Qt.MouseButton.LeftButton
STEPS = 60


@pytest.fixture
def bar(qtbot, bench, copying):
    """That of a run of STEPS steps, wide enough for a place of its own for each."""
    bar = TimelineBar(copying, bench.timeline)
    qtbot.addWidget(bar)
    bar.resize(1500, 40)
    bar.show()
    assert copying.ready_to_go() is not None
    copying.go(STEPS, None)
    qtbot.waitUntil(lambda: not copying.running and copying.frame.step == STEPS)
    qtbot.waitUntil(lambda: bar.slider.value() == STEPS)
    return bar


def place_of(bar, step):
    """Where the handle's middle stands when that step is shown."""
    slider, scale = bar.slider, bar._timeline.scale
    room = slider.width() - slider.handle().width()
    x = scale.share(step) * room + slider.handle().width() / 2
    return QPoint(round(x), slider.height() // 2)


def wheel(slider, notches):
    """Turn the wheel over the slider."""
    place = QPointF(slider.rect().center())
    turned = QWheelEvent(
        place, slider.mapToGlobal(place), QPoint(), QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase,
        False,
    )  # fmt: skip
    QApplication.sendEvent(slider, turned)


@pytest.mark.parametrize("large", [False, True])
def test_a_large_network_says_that_only_pauses_and_ends_of_epochs_are_kept(
    qtbot, monkeypatch, large, request
):
    if large:
        monkeypatch.setattr(run, "LARGE_FRAME", 0)
    bench, copying, steps = (request.getfixturevalue(n) for n in ("bench", "copying", "steps"))
    bar = TimelineBar(copying, bench.timeline)
    qtbot.addWidget(bar)
    steps(copying, 2)
    bench.timeline.show(1)
    assert bar.text.text().startswith("step 1 of 2")
    assert ("kept at pauses and ends of epochs" in bar.text.text()) == large


@pytest.mark.parametrize("log", [False, True])
def test_a_click_on_the_groove_goes_to_the_step_that_stands_there(bar, bench, log):
    bench.timeline.set_log(log)
    for step in (1, 2, 7, 30, 59, 0, STEPS):
        QTest.mouseClick(bar.slider, LEFT, pos=place_of(bar, step))
        assert bar.slider.value() == step
        assert bench.timeline.step == (None if step == STEPS else step)
        assert abs(bar.slider.handle().center().x() - place_of(bar, step).x()) <= 1


def test_the_handle_follows_the_mouse_that_holds_it(bar, bench):
    QTest.mousePress(bar.slider, LEFT, pos=place_of(bar, STEPS))
    assert bench.timeline.step is None, "to take hold of the handle changes nothing"
    QTest.mouseMove(bar.slider, place_of(bar, 12))
    assert bench.timeline.step == 12
    QTest.mouseRelease(bar.slider, LEFT, pos=place_of(bar, 12))
    assert bar.slider.value() == 12


@pytest.mark.parametrize("log", [False, True])
def test_arrows_move_by_one_step_on_either_scale(bar, bench, log):
    bench.timeline.set_log(log)
    bar.slider.setFocus()
    QTest.keyClick(bar.slider, KEY.Key_Left)
    assert bench.timeline.step == STEPS - 1
    QTest.keyClick(bar.slider, KEY.Key_Home)
    QTest.keyClick(bar.slider, KEY.Key_Right)
    assert bench.timeline.step == 1


def test_arrows_lead_on_where_not_every_step_is_kept(bar, bench, copying):
    history = copying.run.log.history
    history._thin(history._rows)  # as in a run of more steps than there is room for
    bench.timeline.show(20)
    bar.slider.setFocus()
    QTest.keyClick(bar.slider, KEY.Key_Right)
    assert bench.timeline.step == bar.slider.value() == 22
    QTest.keyClick(bar.slider, KEY.Key_Left)
    assert bench.timeline.step == bar.slider.value() == 20


def test_the_wheel_leads_on_too(bar, bench, copying):
    history = copying.run.log.history
    for _ in range(4):
        history._thin(history._rows)  # every sixteenth step is kept
    bench.timeline.show(16)
    wheel(bar.slider, notches=1)
    assert bench.timeline.step == 32
    wheel(bar.slider, notches=-1)
    assert bench.timeline.step == 16


def test_the_button_and_the_scale_are_one(bar, bench):
    assert bar.log.isChecked(), "of a task without classes most is learned early"
    QTest.mouseClick(bar.log, LEFT)
    assert not bench.timeline.log
    bench.timeline.set_log(True)
    assert bar.log.isChecked()


def test_the_slider_stays_where_it_is_while_steps_are_looked_at(bar, bench):
    place = bar.slider.geometry()
    for step in (0, 5, STEPS):
        bench.timeline.show(step)
        assert bar.slider.geometry() == place


def test_newest_of_a_thinned_run_is_reached(bar, bench, copying):
    history = copying.run.log.history
    history._thin(history._rows)
    bench.timeline.show(STEPS - 2)
    bar.slider.setFocus()
    QTest.keyClick(bar.slider, KEY.Key_Right)
    assert bench.timeline.step is None
