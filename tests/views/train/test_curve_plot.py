"""The curves' axes and marks, from the numbers to the rectangles of their labels."""

import math
from itertools import combinations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from playground.core.runs.run import Curves
from playground.models.workbench import Workbench
from playground.views.theme.theming import Theming
from playground.views.train.curve_plot import CurvePlot
from tests.views.train.hands import click, paused, reached

RUNS = {
    "one step": [0.0123],
    "two equal losses": [0.5, 0.5],
    "two losses": [0.5, 0.4],
    "six powers of ten": np.geomspace(10, 1e-5, 300),
    "thirty powers of ten": np.geomspace(1e15, 1e-15, 300),
    "a long run": np.geomspace(2, 0.01, 20_000),
    "less than one power of ten": np.linspace(0.0046, 0.0041, 40),
    "down to zero": [1.0, 0.1, 0.01, 0.0, 0.0],
    "all zero": [0.0, 0.0],
    "at the end no numbers": [1.0, 5.0, 1e9, math.inf, math.nan],
    "no numbers amid others": [1.0, math.inf, math.inf, math.nan, *np.geomspace(1e30, 1, 40)],
    "no number at all": [math.nan],
    "huge": [3e38, 1e38],
    "through all that floats hold": [*np.geomspace(1e-37, 1e38, 300), math.inf, math.inf, 1.0],
    "nothing": [],
}


@pytest.fixture
def plot(qtbot, monkeypatch):
    bench = Workbench()
    theming = Theming(bench.settings, bench)
    curves = Curves()
    monkeypatch.setattr(type(bench.training), "curves", property(lambda _self: curves))
    plot = CurvePlot(bench.training, bench.runs, bench.timeline, theming)
    plot.resize(370, 150)
    qtbot.addWidget(plot)
    plot.show()

    def draw(log):
        plot.log.setChecked(log)
        plot.redraw()
        QApplication.processEvents()  # the axis gets its width
        plot.grab()
        return plot

    def fill(losses):
        curves.loss.extend(np.array(losses, np.float32))
        return draw

    yield fill
    bench.close()


def click_at(widget, place):
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place)


def labels(plot, side):
    """The text and the rectangle of each label that is painted."""
    axis = plot.plot.getAxis(side)
    painter = QPainter(image := QImage(10, 10, QImage.Format.Format_RGB32))
    painter.setFont(axis.style["tickFont"])
    specs = axis.generateDrawSpecs(painter)[2]
    painter.end()
    assert image.width()
    return [(text, rect) for rect, _flags, text in specs]


@pytest.mark.parametrize("losses", RUNS.values(), ids=RUNS)
def test_all_losses_are_in_sight_and_no_label_lies_on_another(plot, losses):
    draw = plot(losses)
    for log in (True, False):
        drawn = draw(log)
        (left, right), (low, high) = drawn.plot.viewRange()
        steps, values = drawn.training_line.getData()
        if len(losses) and np.isfinite(losses).any():
            assert (
                len(steps) == np.isfinite(np.array(losses, np.float32)).sum() or len(steps) > 1999
            )
            assert left <= steps.min() <= steps.max() <= right
            assert low <= values.min() <= values.max() <= high
        assert -0.1 * right < left < 0
        for side in ("left", "bottom"):
            painted = labels(drawn, side)
            assert len(painted) == len(drawn.plot.getAxis(side)._tickLevels[0]) > 0
            for (_, one), (_, other) in combinations(painted, 2):
                assert not one.intersects(other)


def test_one_loss_is_not_lost_in_a_wide_axis(plot):
    draw = plot([0.0123])
    for log in (True, False):
        low, high = (10**v if log else v for v in draw(log).plot.viewRange()[1])
        assert 0.009 < low < 0.0123 < high < 0.015


@pytest.mark.filterwarnings("error")
def test_a_dot_at_zero_stays_drawn_when_the_axis_becomes_logarithmic(plot):
    drawn = plot([1.0, 0.5])(False)
    drawn.here.setData([1], [0.0])
    drawn.plot.grab()
    drawn.log.setChecked(True)
    drawn.redraw()
    drawn.here.scatter.boundingRect()


def test_a_dot_stands_at_the_step_that_is_shown_live_and_replayed(qtbot, window, copying):
    curves = window.train.curves
    curves.redraw()
    assert curves.here.getOriginalDataset()[0] is None
    for step in (1, 2, 3):
        click(window.train.run_controls.step)
        reached(qtbot, copying, step)
        paused(qtbot, copying)
    curves.redraw()
    curves.smooth.setValue(0)
    for shown in (3, 1, 2):
        window.bench.timeline.show(shown)
        curves.redraw()
        steps, values = curves.here.getOriginalDataset()
        assert steps.tolist() == [window.bench.timeline.scale.place(shown)]
        assert curves.log.isChecked()
        assert 10**values == pytest.approx(copying.run.curves.loss.since(shown - 1)[:1])
        assert curves.marker.isVisible() == (shown < 3)
    conv = window.bench.document.conv
    window.bench.timeline.show(3)
    copying.reset()
    curves.redraw()
    assert curves.here.getOriginalDataset()[0] is None
    assert conv is not window.bench.document.conv


@pytest.mark.parametrize("log", [False, True])
def test_a_click_shows_the_step_that_stands_there(qtbot, window, copying, log):
    curves, timeline = window.train.curves, window.bench.timeline
    timeline.set_log(log)
    assert copying.ready_to_go() is not None
    copying.go(60, None)
    reached(qtbot, copying, 60)
    paused(qtbot, copying)
    curves.redraw()
    QApplication.processEvents()
    view = curves.plot.getViewBox()
    for step in (3, 30, 1, 60):
        place = view.mapViewToScene(QPointF(timeline.scale.place(step), view.viewRange()[1][0]))
        click_at(curves.plot.viewport(), curves.plot.mapFromScene(place))
        assert timeline.step == (None if step == 60 else step)
        assert window.train.timeline.slider.value() == step
        if step < 60:
            assert curves.marker.value() == pytest.approx(timeline.scale.place(step))
            assert curves.marker.isVisible()


def test_the_curve_stands_on_the_scale_of_the_timeline(qtbot, window, copying):
    curves, timeline = window.train.curves, window.bench.timeline
    assert copying.ready_to_go() is not None
    copying.go(40, None)
    reached(qtbot, copying, 40)
    paused(qtbot, copying)
    for log in (True, False):
        timeline.set_log(log)
        curves.redraw()
        steps, _ = curves.training_line.getOriginalDataset()
        assert steps == pytest.approx(timeline.scale.drawn(np.arange(1, 41)))
        texts = [text for text, _ in labels(curves, "bottom")]
        assert ("1" in texts) == log


def test_a_click_where_there_is_no_run_does_nothing(window, copying):
    copying.freezing.set_layer(0, True)
    click_at(window.train.curves.plot.viewport(), QPoint(200, 60))
    assert window.bench.timeline.step is None
