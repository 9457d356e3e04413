"""What stands beside a weight is what training used."""

import numpy as np
import pytest

from playground.models.kernels.kernel_edits import KernelEdits

CELL = (1, 2, 0, 0)


def test_no_hints_outside_train_mode_or_before_the_first_step(bench, copying, steps):
    assert bench.hints.hint(CELL) is None
    bench.hints.set_visible(True)
    steps(copying, 1)
    assert bench.hints.hint(CELL) is not None
    bench.hints.set_visible(False)
    assert bench.hints.hint(CELL) is None


def test_gradient_and_trail_are_the_runs(bench, copying, steps):
    bench.hints.set_visible(True)
    steps(copying, 3)
    hint = bench.hints.hint(CELL)
    assert hint.gradient == pytest.approx(copying.run.unpacked(copying.frame.gradients)[0][CELL])
    assert hint.trail[-1] == copying.network.conv().kernel[CELL]


def test_the_step_is_what_the_optimizer_would_do_with_this_gradient(bench, copying, steps):
    bench.hints.set_visible(True)
    copying.change_setup(momentum=0.0, learning_rate=0.5)
    steps(copying, 1)
    hint = bench.hints.hint(CELL)
    assert hint.step == pytest.approx(-0.5 * hint.gradient, rel=1e-4)


def test_a_frozen_kernel_takes_no_step(bench, copying, steps):
    bench.hints.set_visible(True)
    copying.freezing.set_kernel(0, 0, frozen=True)
    steps(copying, 1)
    hint = bench.hints.hint(CELL)
    assert hint.gradient != 0
    assert hint.step == 0


def test_a_cell_beyond_the_kernel_has_no_hint(bench, copying, steps):
    bench.hints.set_visible(True)
    steps(copying, 1)
    assert bench.hints.hint((9, 0, 0, 0)) is None


def test_long_runs_keep_a_short_trail(bench, copying, steps):
    bench.hints.set_visible(True)
    steps(copying, 100)
    assert len(bench.hints.hint(CELL).trail) <= 80
    assert np.isfinite(bench.hints.hint(CELL).trail).all()


def test_an_edit_where_nothing_is_learned_has_no_cell_drawn_again(bench):
    told = []
    bench.hints.set_visible(True)
    bench.hints.changed.connect(lambda: told.append(True))
    KernelEdits(bench.document).nudge([(0, 0, 0, 0)], 1)
    assert not told
