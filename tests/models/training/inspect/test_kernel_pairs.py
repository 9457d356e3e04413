"""Each kernel as the run began beside what it is, whatever is shown of the run."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from playground.models.training.inspect.kernel_pairs import PairRole, moved_text
from tests.models.made_tasks import chosen


@pytest.fixture
def pairs(bench):
    bench.pairs.set_watched(True)
    return bench.pairs


def test_nothing_is_compared_before_somebody_looks(bench, lines):
    assert bench.pairs.pairs is None
    bench.pairs.set_watched(True)
    assert bench.pairs.rowCount() == bench.document.conv.filters


def test_without_a_run_there_are_no_pairs(bench, pairs):
    assert pairs.run is None
    assert pairs.rowCount() == 0


def test_the_kernels_of_step_0_stand_beside_those_that_are_shown(bench, lines, steps, pairs):
    first = bench.document.conv.kernel.copy()
    steps(lines, 4)
    found, now = pairs.pairs, bench.document.conv.kernel
    assert (found.start_step, found.step, found.run) == (0, 4, lines.run.number)
    assert np.array_equal(found.start.kernel, first)
    assert np.array_equal(found.now.kernel, now)
    assert found.moved == pytest.approx(np.abs(now - first).max(axis=(0, 1, 2)))
    assert found.furthest == int(np.argmax(found.moved))
    assert found.level == pytest.approx(max(np.abs(first).max(), np.abs(now).max()))
    for row in range(pairs.rowCount()):
        index = pairs.index(row)
        assert np.array_equal(index.data(PairRole.START), first[..., row])
        assert np.array_equal(index.data(PairRole.NOW), now[..., row])
        assert index.data(PairRole.MOVED) == f"moved {found.moved[row]:.3f}"


def test_a_replayed_step_is_compared_with_step_0_too(bench, lines, steps, pairs):
    steps(lines, 4)
    last = pairs.pairs
    bench.timeline.show(2)
    assert pairs.pairs.step == 2
    assert np.array_equal(pairs.pairs.start.kernel, last.start.kernel)
    assert not np.array_equal(pairs.pairs.now.kernel, last.now.kernel)
    bench.timeline.show(0)
    assert not pairs.pairs.moved.any()
    assert pairs.index(0).data(PairRole.MOVED) == "not moved"


def test_a_run_that_goes_on_from_an_earlier_step_began_where_that_one_did(
    bench, lines, steps, pairs
):
    steps(lines, 3)
    first = pairs.pairs.start.kernel
    bench.timeline.show(2)
    lines.step_once()
    steps(lines, 1)
    assert lines.run.number != 1
    assert np.array_equal(pairs.pairs.start.kernel, first)
    assert pairs.pairs.start_step == 0


def test_weights_changed_by_hand_are_compared_with_the_run_they_went_out_from(
    bench, lines, steps, pairs
):
    steps(lines, 3)
    bench.timeline.show(1)
    conv = bench.document.conv
    kernel = conv.kernel.copy()
    kernel[0, 0, 0, 2] += 5
    bench.document.change_conv("Edit", replace(conv, kernel=kernel))
    assert pairs.pairs.step is None
    assert pairs.pairs.furthest == 2
    assert pairs.pairs.moved[2] == pytest.approx(5, abs=0.5)


def test_fresh_weights_begin_anew(bench, lines, steps, pairs):
    steps(lines, 2)
    assert pairs.pairs.moved.any()
    lines.reset(new_seed=True)
    assert not pairs.pairs.moved.any()
    assert pairs.pairs.step == 0


def test_the_pairs_are_those_of_the_selected_layer(qtbot, bench, lines, steps, pairs):
    with qtbot.waitSignal(lines.task_changed):
        lines.choose(chosen("shapes"))
    tester = QAbstractItemModelTester(pairs, QAbstractItemModelTester.FailureReportingMode.Fatal)
    steps(lines, 1)
    one, other = bench.document.network.convs
    for layer in (one, other, one):
        bench.document.selection.set_layer(layer)
        assert pairs.rowCount() == bench.document.network.conv(layer).filters
        assert (
            pairs.index(0).data(PairRole.NOW).shape
            == (bench.document.network.conv(layer).kernel.shape[:3])
        )
    tester.deleteLater()


def test_a_frozen_kernel_is_said_not_to_have_moved(bench, lines, steps, pairs):
    lines.freezing.set_kernel(0, 1, True)
    steps(lines, 2)
    texts = [pairs.index(row).data(PairRole.MOVED) for row in range(pairs.rowCount())]
    assert texts[1] == "not moved"
    assert texts.count("not moved") == 1


def test_a_kernel_added_since_has_nothing_to_be_compared_with(bench, lines, steps, pairs):
    steps(lines, 1)
    kernel = np.repeat(bench.document.conv.kernel, 2, axis=3)
    names = bench.document.conv.names * 2
    bias = np.zeros(len(names))
    conv = replace(bench.document.conv, kernel=kernel, bias=bias, names=names, ids=())
    bench.document.change_conv("More", conv)
    assert pairs.pairs is None


def test_first_weights_that_were_let_go_are_missed(bench, lines, steps, pairs):
    steps(lines, 2)
    lines.run.log.history.let_go()
    bench.document.selection.set_kernel(1)
    pairs._known = None
    pairs.set_watched(True)
    assert pairs.pairs is None
    assert pairs.run is not None


@pytest.mark.parametrize(
    ("moved", "words"),
    [
        (0.0, "not moved"),
        (0.0004, "moved < 0.001"),
        (0.25, "moved 0.250"),
        (12.0, "moved 12.000"),
        (np.nan, "no finite numbers"),
        (np.inf, "no finite numbers"),
    ],
)
def test_how_far_is_said_in_words(moved, words):
    assert moved_text(moved) == words


def test_a_tooltip_says_what_moved_and_since_when(bench, lines, steps, pairs):
    steps(lines, 1)
    tip = pairs.index(2).data(Qt.ItemDataRole.ToolTipRole)
    name, moved = bench.document.conv.names[2], moved_text(float(pairs.pairs.moved[2]))
    assert tip == f"Kernel 2, {name}: {moved} since step 0 (the largest change of a weight)"


def test_while_it_trains_the_pairs_follow(qtbot, lines, pairs):
    lines.play()
    for _ in range(2):
        with qtbot.waitSignal(pairs.changed):
            pass
    qtbot.waitUntil(lambda: pairs.pairs.moved.any())
    lines.pause()
    qtbot.waitUntil(lambda: not lines.running)
    assert pairs.pairs.step == lines.frame.step


def test_a_run_that_nobody_looks_at_is_not_kept_alive(bench, lines, steps, pairs):
    steps(lines, 1)
    bench.pairs.set_watched(False)
    assert bench.pairs._known is bench.pairs._start is None
    bench.pairs.set_watched(True)
    assert bench.pairs.pairs.step == 1
