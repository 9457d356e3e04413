"""Initializers: Keras's names, shapes, fans and variances."""

import doctest

import numpy as np
import pytest

from playground.core.errors import PlaygroundError
from playground.core.kernels import initializers

SHAPE = (5, 5, 32, 64)
FAN_IN, FAN_OUT = 5 * 5 * 32, 5 * 5 * 64
NAMES = [choice.name for choice in initializers.CHOICES]
VARIANCES = {
    "glorot": 2 / (FAN_IN + FAN_OUT),
    "he": 2 / FAN_IN,
    "lecun": 1 / FAN_IN,
}


def draw(name: str, **settings: float) -> np.ndarray:
    return initializers.get(name, **settings)(SHAPE, 7)


@pytest.mark.parametrize("name", NAMES)
def test_every_initializer_fills_the_shape_with_float32(name):
    weights = draw(name)
    assert weights.shape == SHAPE
    assert weights.dtype == np.float32
    assert np.all(np.isfinite(weights))


@pytest.mark.parametrize("family", VARIANCES)
@pytest.mark.parametrize("kind", ["uniform", "normal"])
def test_the_variance_is_the_papers(family, kind):
    weights = draw(f"{family}_{kind}")
    assert weights.var(dtype=np.float64) == pytest.approx(VARIANCES[family], rel=0.03)
    assert abs(weights.mean(dtype=np.float64)) < 0.02 * np.sqrt(VARIANCES[family])


@pytest.mark.parametrize("family", VARIANCES)
def test_uniform_values_fill_the_range_and_stay_inside(family):
    limit = np.sqrt(3 * VARIANCES[family])
    largest = np.abs(draw(f"{family}_uniform")).max()
    assert 0.99 * limit < largest <= limit * (1 + 1e-6)


@pytest.mark.parametrize("family", VARIANCES)
def test_normal_values_are_cut_off_at_two_deviations_of_the_bell_they_come_from(family):
    limit = 2 * np.sqrt(VARIANCES[family]) / 0.87962566103423978
    largest = np.abs(draw(f"{family}_normal")).max()
    assert 0.99 * limit < largest <= limit * (1 + 1e-6)


def test_the_plain_normal_has_its_deviation_and_is_not_cut_off():
    weights = draw("random_normal", stddev=0.5)
    assert weights.std(dtype=np.float64) == pytest.approx(0.5, rel=0.02)
    assert np.abs(weights).max() > 3 * 0.5


def test_the_plain_uniform_lies_between_its_bounds():
    weights = draw("random_uniform", minval=-1, maxval=3)
    assert -1 <= weights.min() < -0.99
    assert 2.99 < weights.max() <= 3


def test_zeros_and_constants():
    assert not draw("zeros").any()
    assert np.all(draw("constant", value=0.25) == 0.25)


@pytest.mark.parametrize("name", NAMES)
def test_the_same_seed_gives_the_same_weights(name):
    initializer = initializers.get(name)
    np.testing.assert_array_equal(initializer((3, 3, 1, 4), 5), initializer((3, 3, 1, 4), 5))


def test_other_seeds_and_a_generator_drawn_on_give_other_weights():
    generator = np.random.default_rng(5)
    first = initializers.he_normal((3, 3, 1, 4), generator)
    np.testing.assert_array_equal(first, initializers.he_normal((3, 3, 1, 4), 5))
    assert not np.array_equal(first, initializers.he_normal((3, 3, 1, 4), generator))
    assert not np.array_equal(first, initializers.he_normal((3, 3, 1, 4), 6))


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ((3, 3, 1, 12), (9, 108)),
        ((5, 2, 3, 4), (30, 40)),
        ((128, 10), (128, 10)),
        ((7,), (7, 7)),
        ((), (1, 1)),
    ],
)
def test_fans_count_as_in_keras(shape, expected):
    assert initializers.fans(shape) == expected


def test_an_initializer_itself_is_passed_through():
    assert initializers.get(initializers.zeros) is initializers.zeros


@pytest.mark.parametrize(
    ("name", "settings", "message"),
    [
        ("xavier", {}, "no initializer called “xavier”: choose one of glorot_uniform"),
        ("glorot_uniform", {"stddev": 1}, "Glorot uniform has no setting called stddev"),
        ("random_uniform", {"minval": 1, "maxval": 0}, "swap them"),
        ("random_normal", {"stddev": -1}, "cannot be below zero"),
        ("random_normal", {"stddev": float("nan")}, "must be a number"),
        ("constant", {"value": float("inf")}, "must be a number"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_sentence(name, settings, message):
    with pytest.raises(PlaygroundError, match=message):
        draw(name, **settings)


def test_the_examples_in_the_docstrings_run():
    assert doctest.testmod(initializers).failed == 0
