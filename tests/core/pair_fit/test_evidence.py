"""What is left over is looked at in places from all over the picture, all numbers of the same."""

import numpy as np
import pytest

from playground.core.pair_fit.evidence import look, rounded_weights
from playground.core.pair_fit.pair import Pair

RNG = np.random.default_rng(0)
WEIGHTS = np.append(RNG.uniform(0, 0.1, 9), 0.05)[:, np.newaxis]
BEFORE = RNG.random((40, 50, 1))


def pair(change=lambda values: values) -> Pair:
    made = Pair(BEFORE, np.zeros_like(BEFORE), (3, 3), (1, 1))
    rows, columns = made.places
    values = made.windows((slice(0, rows), slice(0, columns))) @ WEIGHTS
    after = np.zeros_like(BEFORE)
    after[1:-1, 1:-1] = change(values).reshape(rows, columns, 1)
    return Pair(BEFORE, after, (3, 3), (1, 1))


def test_a_true_kernel_leaves_nothing():
    evidence = look(pair(), WEIGHTS, (0, 1))
    np.testing.assert_allclose(evidence.rest, 0, atol=1e-12)
    assert evidence.place.min() >= -1
    assert evidence.place.max() <= 1
    assert 0.3 < evidence.half.mean() < 0.7


def test_a_curve_behind_the_kernel_is_seen_as_brightness():
    evidence = look(pair(lambda values: values**3), WEIGHTS, (-np.inf, np.inf))
    shares = evidence.structure(0)
    assert shares["brightness"] > 0.9 > shares["position"]


def test_the_tails_of_what_is_left_are_told():
    bell = look(pair(lambda values: values + RNG.normal(0, 0.01, values.shape)), WEIGHTS, (-1, 2))
    flat = look(pair(lambda values: values + RNG.uniform(0, 0.01, values.shape)), WEIGHTS, (-1, 2))
    assert bell.kurtosis() == pytest.approx(3, abs=0.6)
    assert flat.kurtosis() < 2.5


def test_weights_are_found_that_predict_every_rounded_value():
    spacing = 1 / 255
    evidence = look(pair(lambda values: np.rint(values / spacing) * spacing), WEIGHTS, (0, 1))
    found = rounded_weights(evidence, WEIGHTS + 0.002, spacing / 2)
    assert found is not None
    assert np.abs(evidence.windows @ found - evidence.wanted).max() <= 0.76 * spacing
    assert rounded_weights(evidence, WEIGHTS, spacing / 1e6) is None


def test_near_a_limit_nothing_is_kept_that_a_jpeg_has_spread():
    evidence = look(pair(), WEIGHTS, (0, 1))
    margin = float(np.median(evidence.made))
    kept = evidence.as_kept(margin)
    assert 0 < len(kept.made) < len(evidence.made)
    assert kept.made.min() > margin
