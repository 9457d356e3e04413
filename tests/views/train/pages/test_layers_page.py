"""Layers are listed as they are at the step that is shown."""

from tests.models.made_tasks import chosen
from tests.views.train.hands import (
    click,
)


def test_layers_are_listed_with_their_histograms(qtbot, window, training):
    with qtbot.waitSignal(training.task_changed, timeout=20_000):
        training.choose(chosen("lines"))
    with qtbot.waitSignal(window.bench.layers.changed, timeout=10_000):
        click(window.train.run_controls.step)
    rows = window.train.pages.layers.rows
    assert [layer.name for layer in rows.layers][:2] == ["Conv2D", "ReLU"]
    assert rows.layers[0].update_ratio > 0
    rows.repaint()
