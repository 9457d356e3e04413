"""The weights of least squared error, and how far the pictures tell them apart."""

import numpy as np

from playground.core.pair_fit.least_squares import Solver, fit
from playground.core.pair_fit.pair import Pair

RNG = np.random.default_rng(0)


def test_it_solves_what_numpy_solves():
    rows, right = RNG.normal(size=(50, 6)), RNG.normal(size=50)
    found = Solver.of(rows.T @ rows).solve(rows.T @ right)
    np.testing.assert_allclose(found, np.linalg.lstsq(rows, right)[0], atol=1e-10)


def test_of_equal_solutions_it_is_the_shortest():
    rows = np.repeat(RNG.normal(size=(50, 1)), 2, axis=1)  # two inputs that are always the same
    found = Solver.of(rows.T @ rows).solve(rows.T @ rows[:, 0])
    np.testing.assert_allclose(found, [0.5, 0.5], atol=1e-10)


def test_directions_that_no_pixel_tells_are_counted():
    rows = np.column_stack([RNG.normal(size=(50, 2)), np.zeros(50), np.ones(50)])
    solver = Solver.of(rows.T @ rows)
    assert solver.undetermined(noise=1e-9, told=0.1) == 1
    assert solver.undetermined(noise=1e9, told=0.1) >= 3


def test_a_kernel_is_found_again_and_what_is_cut_off_is_left_out():
    before = RNG.random((20, 20, 1))
    kernel = RNG.normal(size=(10, 1))  # 3 × 3 and the bias
    made = Pair(before, np.zeros_like(before), (3, 3), (1, 1))
    everywhere = slice(0, 18), slice(0, 18)
    after = np.zeros_like(before)
    after[1:19, 1:19] = (made.windows(everywhere) @ kernel).reshape(18, 18, 1)
    for limits in ((-np.inf, np.inf), (-0.2, 0.5)):
        pair = Pair(before, np.clip(after, *limits), (3, 3), (1, 1))
        found = fit(pair, [everywhere], limits)
        np.testing.assert_allclose(found.weights, kernel, atol=1e-8)
        inside = (after[1:19, 1:19] > limits[0]) & (after[1:19, 1:19] < limits[1])
        assert found.fitted == inside.sum()
        assert found.clipped == 1 - inside.mean()
