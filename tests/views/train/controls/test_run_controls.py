"""The bar says which step is shown, and where only some steps can be."""

import pytest

from playground.core.runs import run
from playground.views.train.controls.run_controls import TimelineBar
from tests.models.training.conftest import bench, copying, steps, training

__all__ = ["bench", "copying", "steps", "training"]


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
