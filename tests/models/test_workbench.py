"""A window's models are wired together: a picture is explained at once, and all workers end."""

import numpy as np
import pytest

from playground.core.pictures.picture import Picture
from playground.models.workbench import Workbench
from playground.models.worker import LatestWorker


@pytest.fixture
def bench(qtbot):
    workbench = Workbench()
    yield workbench
    workbench.close()


def test_it_begins_with_twelve_kernels_and_nothing_to_undo(bench):
    assert bench.document.picture is None
    assert bench.document.conv.filters == 12
    assert not bench.document.undo_stack.canUndo()


def test_the_middle_of_the_first_picture_is_pointed_at_and_no_other_place_is_left_for_it(
    qtbot, bench
):
    with qtbot.waitSignal(bench.loading.opened):
        bench.sources.open_sample(first=True)
    height, width = bench.document.picture.height, bench.document.picture.width
    assert bench.document.selection.pixel == (height // 2, width // 2)
    bench.document.selection.set_pixel((1, 2))
    with qtbot.waitSignal(bench.loading.opened):
        bench.sources.open_sample()
    assert bench.document.selection.pixel == (1, 2)


def test_closed_no_worker_runs_any_more(qtbot):
    bench = Workbench()
    picture = Picture(np.zeros((8, 9, 1), np.float32), "dark", (9, 8))
    bench.preview.set_target((0,), 100)
    bench.document.change_picture("Open", picture, bench.document.conv)
    workers = bench.findChildren(LatestWorker)
    assert any(worker.isRunning() for worker in workers)
    bench.close()
    assert not any(worker.isRunning() for worker in workers)
