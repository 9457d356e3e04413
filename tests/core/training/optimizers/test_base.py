"""Optimizers: the formulas written plainly, and what is kept from step to step."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.core.errors import PlaygroundError
from playground.core.training import optimizers

NAMES = sorted(optimizers.ALL)


def plain(name: str, gradients, weights, rate, decay, momentum=0.9):
    """The module's formulas, value by value in Python's numbers."""
    w = list(weights)
    m, v = [0.0] * len(w), [0.0] * len(w)
    for t, gradient in enumerate(gradients, 1):
        for i, g in enumerate(gradient):
            if name != "adamw":
                g += decay * w[i]
            if name == "sgd":
                w[i] -= rate * g
            elif name in ("momentum", "nesterov"):
                m[i] = momentum * m[i] + g
                w[i] -= rate * (m[i] if name == "momentum" else g + momentum * m[i])
            elif name == "rmsprop":
                v[i] = 0.99 * v[i] + 0.01 * g * g
                w[i] -= rate * g / (math.sqrt(v[i]) + 1e-8)
            else:
                m[i] = 0.9 * m[i] + 0.1 * g
                v[i] = 0.999 * v[i] + 0.001 * g * g
                first, second = m[i] / (1 - 0.9**t), v[i] / (1 - 0.999**t)
                w[i] *= 1 - (rate * decay if name == "adamw" else 0)
                w[i] -= rate * first / (math.sqrt(second) + 1e-8)
    return np.array(w)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(NAMES),
    st.floats(1e-4, 0.5),
    st.sampled_from([0.0, 0.01, 0.3]),
    st.integers(0, 99),
)
def test_the_formulas(name, rate, decay, seed):
    rng = np.random.default_rng(seed)
    gradients, start = rng.normal(size=(6, 5)), rng.normal(size=5)
    optimizer, weights = optimizers.ALL[name](rate, weight_decay=decay), start.copy()
    for gradient in gradients:
        optimizer.apply(gradient, weights)
    assert weights == pytest.approx(plain(name, gradients, start, rate, decay), rel=1e-9)


@pytest.mark.parametrize("name", NAMES)
def test_gradients_are_left_alone(name):
    optimizer = optimizers.ALL[name](weight_decay=0.1, clipvalue=0.5, global_clipnorm=0.7)
    gradients = np.linspace(-1, 1, 5)
    weights, kept = np.ones(5), gradients.copy()
    optimizer.apply(gradients, weights)
    assert np.array_equal(gradients, kept)
    changed = weights.copy()
    optimizer.change(gradients, weights)
    assert np.array_equal(weights, changed)


def test_clipvalue_limits_each_gradient():
    weights = np.zeros(3)
    optimizers.SGD(1.0, clipvalue=0.5).apply(np.array([-2.0, 0.1, 3.0]), weights)
    assert weights == pytest.approx([0.5, -0.1, -0.5])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("size", [1e-3, 1.0, 1e30])
def test_global_clipnorm_keeps_the_direction(size, dtype):
    gradient = np.array([3, -4], dtype) * dtype(size)
    weights = np.zeros(2, dtype)
    with np.errstate(over="ignore"):
        optimizers.SGD(1.0, global_clipnorm=1.0).apply(gradient, weights)
    expected = np.array([-3, 4]) * (size if 5 * size < 1 else 0.2)
    assert weights == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("before", [0, 3])
def test_a_snapshot_can_be_returned_to(name, before):
    rng = np.random.default_rng(0)
    optimizer, weights = optimizers.get(name), rng.normal(size=4)
    for _ in range(before):
        optimizer.apply(rng.normal(size=4), weights)
    snapshot, start = optimizer.snapshot(), weights.copy()
    gradients = rng.normal(size=(5, 4))
    ends = []
    for _ in range(3):
        optimizer.restore(snapshot)
        weights = start.copy()
        for gradient in gradients:
            optimizer.apply(gradient, weights)
        ends.append(weights)
    assert np.array_equal(ends[0], ends[1])
    assert np.array_equal(ends[0], ends[2])
    assert optimizer.steps == before + 5


@pytest.mark.parametrize("name", NAMES)
def test_doubles_are_computed_as_doubles(name):
    optimizer, weights = optimizers.get(name), np.ones(3)
    assert optimizer.change(np.full(3, 0.1), weights).dtype == np.float64
    assert all(memory.dtype == np.float64 for memory in optimizer.state.values())


@pytest.mark.parametrize("name", NAMES)
def test_weights_of_another_number_start_afresh(name):
    optimizer, fresh = optimizers.get(name), optimizers.get(name)
    optimizer.apply(np.ones(3), np.ones(3))
    assert np.array_equal(optimizer.change(np.ones(5), np.ones(5)), fresh.change(*np.ones((2, 5))))


@pytest.mark.parametrize("name", NAMES)
def test_more_precise_weights_keep_what_is_remembered(name):
    optimizer, other = optimizers.get(name), optimizers.get(name)
    for _ in range(3):
        optimizer.apply(np.ones(3, np.float32), np.ones(3, np.float32))
        other.apply(np.ones(3), np.ones(3))
    assert optimizer.change(*np.ones((2, 3))) == pytest.approx(other.change(*np.ones((2, 3))))


def test_momentum_can_be_turned_up_while_learning():
    optimizer, weights = optimizers.SGD(1.0), np.zeros(1)
    optimizer.apply(np.ones(1), weights)
    optimizer.momentum = 0.5
    optimizer.apply(np.ones(1), weights)
    optimizer.apply(np.ones(1), weights)
    assert weights == pytest.approx([-1 - 1 - 1.5])


@pytest.mark.parametrize(
    "setting",
    [
        {"learning_rate": -1},
        {"learning_rate": math.nan},
        {"learning_rate": math.inf},
        {"weight_decay": -0.1},
        {"weight_decay": math.nan},
        {"clipvalue": 0},
        {"clipvalue": -1},
        {"clipvalue": math.nan},
        {"global_clipnorm": 0},
        {"global_clipnorm": -1},
        {"global_clipnorm": math.nan},
    ],
)
@pytest.mark.parametrize("name", NAMES)
def test_impossible_settings_are_refused(name, setting):
    with pytest.raises(PlaygroundError):
        optimizers.ALL[name](**setting)


@pytest.mark.parametrize(
    ("name", "setting"),
    [
        ("sgd", {"momentum": 1}),
        ("momentum", {"momentum": -0.1}),
        ("nesterov", {"momentum": math.nan}),
        ("rmsprop", {"rho": 1}),
        ("rmsprop", {"epsilon": 0}),
        ("adam", {"beta_1": 1}),
        ("adam", {"beta_2": -0.1}),
        ("adamw", {"epsilon": -1e-8}),
    ],
)
def test_memories_fade_and_nothing_is_divided_by_zero(name, setting):
    with pytest.raises(PlaygroundError):
        optimizers.ALL[name](**setting)


def test_optimizers_have_names():
    assert isinstance(optimizers.get("adam"), optimizers.Adam)
    optimizer = optimizers.SGD(0.5)
    assert optimizers.get(optimizer) is optimizer
    with pytest.raises(PlaygroundError, match="lion"):
        optimizers.get("lion")


def test_each_kind_takes_the_settings_of_another_and_keeps_its_memory():
    rng = np.random.default_rng(4)
    weights, gradients = rng.normal(size=5).astype("f4"), rng.normal(size=5).astype("f4")
    for kind in optimizers.ALL.values():
        tuned, fresh = kind(0.1), kind(0.02, weight_decay=0.3, global_clipnorm=2.0)
        tuned.apply(gradients, weights.copy())
        before = tuned.snapshot()
        tuned.tune(fresh)
        assert [getattr(tuned, name) for name in kind.settings] == [
            getattr(fresh, name) for name in kind.settings
        ]
        assert tuned.steps == before[0]
        for name, values in before[1].items():
            np.testing.assert_array_equal(tuned.state[name], values)


def test_each_kind_says_what_it_does():
    tips = [kind.tip for kind in optimizers.ALL.values()]
    assert all(tips)
    assert len(set(tips)) == len(tips)
