"""What a linear filter leaves over is called structure only where features predict it."""

import numpy as np
import pytest

from playground.core.pair_fit.structure import brightness, colours, explained, neighbours, position

RNG = np.random.default_rng(0)
COUNT = 4000
HALF = RNG.random(COUNT) < 0.5
WINDOW = np.column_stack([RNG.random((COUNT, 4)), np.ones(COUNT)])
MADE = WINDOW @ RNG.normal(size=5)


def share(rest: np.ndarray, features: np.ndarray) -> float:
    return explained(WINDOW, {"brightness": features}, rest, HALF)["brightness"]


def test_a_curve_of_the_brightness_is_explained_by_it():
    assert share(np.tanh(3 * MADE), brightness(MADE, WINDOW[:, 0])) > 0.95


def test_noise_is_explained_by_nothing():
    assert share(RNG.normal(size=COUNT), brightness(MADE, WINDOW[:, 0])) < 0.02


def test_what_the_window_explains_is_no_structure():
    rest = WINDOW @ RNG.normal(size=5) + 0.01 * RNG.normal(size=COUNT)
    assert share(rest, brightness(MADE, WINDOW[:, 0])) < 0.05


def test_light_from_place_to_place_is_explained_by_the_position():
    across, down = RNG.uniform(-1, 1, (2, COUNT))
    assert share(MADE * across**2, position(MADE, across, down)) > 0.95


def test_a_median_is_explained_by_the_neighbours_and_a_maximum_by_the_colours():
    around, pixels = RNG.random((COUNT, 9)), RNG.random((COUNT, 3))
    assert share(np.median(around, axis=1), neighbours(around)) > 0.9
    assert share(pixels.max(axis=1), colours(pixels)) == pytest.approx(1, abs=1e-3)
