"""A weight changed by hand during a run has exactly that value, and no other weight is touched."""

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication

from playground.core.kernels import bank
from playground.models.state.shown import Live, Own

CELL = (1, 1, 0, 0)


@pytest.fixture
def steady(copying):
    """A run whose steps change nothing, so that every other change would be seen."""
    copying.change_setup(learning_rate=0.0, epochs=100_000)
    return copying


def set_weight(bench, value, cell=CELL):
    document = bench.document
    document.change_conv("Set weight", bank.set_weights(document.conv, {cell: value}))


def kernel_in_run(run):
    return run.weights[0]


def taken_in(qtbot, training):
    qtbot.waitUntil(lambda: not training._document.shown.pending)


def test_of_120_quick_edits_none_is_lost(qtbot, bench, steady):
    steady.play()
    qtbot.waitUntil(lambda: steady.frame.step > 5)
    rng, wanted = np.random.default_rng(0), {}
    for number in range(120):
        cell = (int(rng.integers(3)), int(rng.integers(3)), 0, 0)
        wanted[cell] = float(np.float32(rng.normal()))
        set_weight(bench, wanted[cell], cell)
        assert bench.document.conv.kernel[cell] == np.float32(wanted[cell])
        if number % 7 == 0:
            QCoreApplication.processEvents()
    taken_in(qtbot, steady)
    steady.pause()
    qtbot.waitUntil(lambda: not steady.running)
    for cell, value in wanted.items():
        assert kernel_in_run(steady.run)[cell] == np.float32(value)
        assert bench.document.conv.kernel[cell] == np.float32(value)


def test_an_edit_sets_no_other_weight_back(qtbot, bench, copying):
    copying.change_setup(epochs=100_000, learning_rate=1e-3, optimizer="sgd")
    copying.play()
    qtbot.waitUntil(lambda: copying.frame.step > 5)
    for value in (0.5, 1.0, 1.5):
        set_weight(bench, value)
        step = copying.run.steps
        qtbot.waitUntil(lambda step=step: copying.run.steps > step + 20)
    copying.pause()
    qtbot.waitUntil(lambda: not copying.running)
    # The same by hand: a run alone, edited at the very steps at which this one took them in.
    log = copying.run.log
    frames = [log.frame(step) for step in range(copying.run.steps)]
    revisions = {f.revision: f for f in reversed(frames) if f.step == frames[f.step].step}
    for revision in sorted(revisions)[1:]:
        first = revisions[revision]
        before = frames[first.step - 1]
        if before.revision == revision or before.step != first.step - 1:
            continue
        rate = copying.setup.learning_rate
        learned = before.moment.parameters - np.float32(rate) * before.gradients
        changed = np.flatnonzero(~np.isclose(first.moment.parameters, learned, atol=1e-6))
        assert len(changed) <= 1


def test_many_edits_do_not_starve_the_run(qtbot, bench, copying):
    copying.change_setup(epochs=100_000, learning_rate=1e-5)
    copying.play()
    qtbot.waitUntil(lambda: copying._thread.elsewhere and copying.run.steps > 20)
    before = copying.run.steps
    for number in range(100):
        set_weight(bench, number / 100)
        taken_in(qtbot, copying)
    assert copying.run.steps - before >= 100


def test_at_the_next_step_exactly_those_cells_have_those_values(qtbot, bench, steady, steps):
    steps(steady, 2)
    before = bench.document.conv.kernel
    set_weight(bench, 3.25)
    assert isinstance(bench.document.shown, Live)
    steps(steady, 1)
    expected = before.copy()
    expected[CELL] = 3.25
    assert np.array_equal(bench.document.conv.kernel, expected)
    assert np.array_equal(kernel_in_run(steady.run), expected)


def test_a_turned_kernel_is_edited_where_it_is_seen(qtbot, bench, steady, steps):
    bench.document.change_conv("Flip", bank_flip(bench.document.conv))
    assert isinstance(bench.document.shown, Own)
    steps(steady, 1)
    set_weight(bench, 7.0, (0, 2, 0, 0))
    steps(steady, 1)
    assert bench.document.conv.kernel[0, 2, 0, 0] == 7.0
    assert steady.run.weights[0][2, 0, 0, 0] == 7.0


def bank_flip(conv):
    from dataclasses import replace

    return replace(conv, flip=True)
