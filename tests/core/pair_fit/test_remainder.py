"""The error of a kernel over all places, and what is called what."""

import numpy as np
import pytest

from playground.core.pair_fit.evidence import look
from playground.core.pair_fit.pair import Pair
from playground.core.pair_fit.remainder import left_over, remainder_of

RNG = np.random.default_rng(0)
WEIGHTS = np.append(RNG.uniform(0, 0.1, 9), 0.05)[:, np.newaxis]


def pair(change) -> Pair:
    before = RNG.random((60, 50, 1))
    made = Pair(before, np.zeros_like(before), (3, 3), (1, 1))
    rows, columns = made.places
    values = made.windows((slice(0, rows), slice(0, columns))) @ WEIGHTS
    after = np.zeros_like(before)
    after[1:-1, 1:-1] = change(values).reshape(rows, columns, 1)
    return Pair(before, after, (3, 3), (1, 1))


def test_it_is_the_error_at_every_place():
    noise = RNG.normal(0, 0.01, (58 * 48, 1))
    left = left_over(pair(lambda values: values + noise), WEIGHTS, (-np.inf, np.inf))
    assert left.rms == pytest.approx(float(np.sqrt(np.mean(noise**2))), rel=0.02)
    assert left.worst == pytest.approx(float(np.abs(noise).max()), rel=1e-6)


@pytest.mark.parametrize(
    ("change", "spacing", "name"),
    [
        (lambda values: values, 0.0, "nothing"),
        (lambda values: np.rint(values * 255) / 255, 1 / 255, "rounding"),
        (lambda values: values**2, 0.0, "structure"),
    ],
)
def test_what_is_left_is_called_by_its_kind(change, spacing, name):
    made, limits = pair(change), (-np.inf, np.inf)
    evidence, left = look(made, WEIGHTS, limits), left_over(made, WEIGHTS, limits)
    kind, shares = remainder_of(made, WEIGHTS, evidence, left, spacing, few=False)
    assert kind == name
    assert bool(shares) == (name == "structure")
