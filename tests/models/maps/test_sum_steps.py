"""Part by part through a sum: rows of a channel, then the next channel."""

import pytest

from playground.models.maps.sum_steps import SumSteps
from playground.models.workbench import Workbench


@pytest.fixture
def bench(qtbot):
    bench = Workbench()
    with qtbot.waitSignal(bench.loading.opened):
        bench.sources.open_sample(first=True)
    with qtbot.waitSignal(bench.document.picture_changed):
        bench.loading.set_colour("rgb")
    qtbot.waitUntil(lambda: bench.explainer.explanation is not None)
    qtbot.waitUntil(lambda: bench.explainer.explanation.patch.shape == (3, 3, 3))
    yield bench
    bench.close()


@pytest.fixture
def steps(bench):
    return SumSteps(bench.document, bench.explainer)


def test_it_goes_through_all_rows_of_all_channels_and_no_further(bench, steps):
    seen = []
    for _ in range(12):
        part = steps.parts[steps.index]
        seen.append((part.channel, part.first))
        steps.move(1)
    assert seen == [*((c, r) for c in range(3) for r in range(3)), (2, 2), (2, 2), (2, 2)]
    assert bench.document.selection.channel == 2
    for _ in range(20):
        steps.move(-1)
    assert steps.index == 0


def test_the_part_s_channel_is_the_selected_one(bench, steps):
    steps.set_rows(3)
    assert len(steps.parts) == 3
    bench.document.selection.set_channel(1)
    assert steps.index == 1
    assert steps.shown.products.shape == (3, 3, 1)


def test_another_value_is_told_and_keeps_the_part(qtbot, bench, steps):
    steps.move(4)
    with qtbot.waitSignal(steps.changed):
        bench.document.selection.set_pixel((5, 5))
    assert steps.index == 4
    assert steps.explanation.row == 5


def test_without_a_value_there_is_nothing_to_go_through(qtbot, bench, steps):
    with qtbot.waitSignal(steps.changed):
        bench.document.selection.set_pixel(None)
    steps.move(1)
    assert steps.parts == ()
    assert steps.index == 0
    assert steps.shown is None
