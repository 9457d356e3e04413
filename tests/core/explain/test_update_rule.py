"""The lines, followed by hand, lead to the number that is shown; and training arrives there."""

import math
import re
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.core import Network, Trainer, layers
from playground.core.explain.update_rule import FROZEN, next_change, update_rule
from playground.core.runs.run import Run
from playground.core.training import optimizers, schedules

KINDS = {
    "sgd": lambda **rest: optimizers.SGD(0.1, **rest),
    "momentum": lambda **rest: optimizers.Momentum(0.05, 0.9, **rest),
    "nesterov": lambda **rest: optimizers.Nesterov(0.05, 0.8125, **rest),
    "rmsprop": lambda **rest: optimizers.RMSprop(0.01, **rest),
    "adam": lambda **rest: optimizers.Adam(0.0123456, **rest),
    "adamw": lambda **rest: optimizers.AdamW(0.01, **({"weight_decay": 0.1} | rest)),
}
EXTRAS = {
    "plain": {},
    "decay": {"weight_decay": 0.0312345},
    "clip by value": {"clipvalue": 0.01},
    "clip by length": {"global_clipnorm": 0.05},
    "both clippings, decay": {"clipvalue": 0.01, "global_clipnorm": 0.02, "weight_decay": 0.1},
    "steps": {"schedule": schedules.Step(2, 0.1)},
    "cosine": {"schedule": schedules.Cosine(7)},
    "warming up": {"schedule": lambda step: min(1.0, (step + 1) / 3)},
}
AS_PYTHON = (
    *(("·", "*"), ("−", "-"), ("^", "**"), ("²", "**2"), ("‖g‖", "length")),
    *(("√v̂", "sqrt(v_hat)"), ("√v", "sqrt(v)"), ("m̂", "m_hat"), ("v̂", "v_hat")),
)


def in_python(text):
    for sign, python in AS_PYTHON:
        text = text.replace(sign, python)
    return text


def rounded(value, like):
    """`value` with as many digits as a printed number has; trailing zeros may have gone."""
    return {format(value, f"+.{digits}g") for digits in range(4, 10)} & {like}


def follow(lines):
    """Do what the lines say with the numbers that are printed, as a reader would."""
    known = {"sqrt": math.sqrt}
    for line in lines[:-1]:
        name, _, formula = in_python(line.formula).partition(" ← ")
        if not formula:
            name, _, formula = name.partition(" = ")
        if formula != "∂L/∂w" and formula:
            assert rounded(eval(formula, {}, known), line.text), line
        elif "clipped" in line.formula:
            name, limit = "g", float(line.formula.split("±")[1])
            assert abs(known["g"]) > limit
            assert rounded(math.copysign(limit, known["g"]), line.text)
        known[name] = float(line.text)
    before, after = lines[-1].text.split(" → ")
    known["w"] = float(before)
    result = eval(in_python(lines[-1].formula).partition(" ← ")[2], {}, known)
    decimals = len(after.partition(".")[2])
    assert float(f"{result:.{decimals}f}") == float(after)
    assert float(after) == float(f"{lines[-1].value:.{decimals}f}")


def small_trainer(optimizer, frozen=0.0):
    rng = np.random.default_rng(0)
    network = Network([layers.Conv2D(2, 3)], (6, 6, 1))
    if frozen:
        network.freeze([rng.random(values.shape) < frozen for values in network.weights])
    inputs, targets = rng.random((8, 6, 6, 1), np.float32), rng.random((8, 4, 4, 2), np.float32)
    return Trainer(network, inputs, targets, optimizer=optimizer, batch_size=4)


@pytest.mark.parametrize("steps", [0, 1, 4])
@pytest.mark.parametrize("frozen", [0.0, 0.4])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("extra", EXTRAS)
def test_the_last_line_is_the_next_weight_and_the_lines_lead_to_it(kind, extra, frozen, steps):
    trainer = small_trainer(KINDS[kind](**EXTRAS[extra]), frozen)
    for _ in range(steps):
        trainer.step()
    trainer.look()
    network, mask = trainer.network, trainer.network.mask()
    before = network.parameters.copy()
    rules = [
        update_rule(trainer.optimizer, index, network.parameters, network.gradients, mask)
        for index in range(before.size)
    ]
    trainer.step()
    assert [rule[-1].value for rule in rules] == network.parameters.tolist()
    for index, rule in enumerate(rules):
        follow(rule)
        if mask is not None and not mask[index]:
            assert rule[-1].formula == FROZEN
            assert rule[-1].value == before[index]


@settings(max_examples=60, deadline=None)
@given(
    kind=st.sampled_from(list(KINDS)),
    size=st.floats(-12, 3),
    weight=st.floats(-100, 100, width=32),
    seed=st.integers(0, 999),
)
def test_gradients_as_small_as_epsilon_are_followed_too(kind, size, weight, seed):
    rng = np.random.default_rng(seed)
    optimizer = KINDS[kind]()
    weights = np.array([weight, *rng.normal(size=3)], np.float32)
    for _ in range(3):
        gradients = (10**size * rng.normal(size=4)).astype(np.float32)
        rule = update_rule(optimizer, 0, weights, gradients)
        follow(rule)
        optimizer.apply(gradients, weights)
        assert rule[-1].value == weights[0]


def test_epsilon_stands_in_the_rule():
    weights, gradients = np.zeros(1, np.float32), np.full(1, 1e-8, np.float32)
    for optimizer in (optimizers.Adam(0.001), optimizers.RMSprop(0.001)):
        last = update_rule(optimizer, 0, weights, gradients)[-1]
        assert "+ 1e-08)" in last.formula
    assert last.value != pytest.approx(-0.001, rel=0.01)


def test_adam_shows_all_its_terms():
    weights, gradients = np.ones(1, np.float32), np.full(1, 0.5, np.float32)
    lines = update_rule(optimizers.Adam(), 0, weights, gradients)
    assert [line.formula.split(" ")[0] for line in lines] == ["g", "m", "v", "m̂", "v̂", "w"]


def test_a_small_step_is_printed_with_digits_that_show_it():
    weights, gradients = np.full(1, 0.25, np.float32), np.full(1, 1e-3, np.float32)
    before, after = update_rule(optimizers.SGD(1e-3), 0, weights, gradients)[-1].text.split(" → ")
    assert float(after) < float(before)
    assert re.fullmatch(r"\+0\.\d{7,8}", after)


@pytest.fixture(params=EXTRAS)
def extra(request):
    return EXTRAS[request.param]


@pytest.fixture(params=KINDS)
def make(request, extra):
    return partial(KINDS[request.param], **extra)


@pytest.fixture
def run(make):
    rng = np.random.default_rng(0)
    network = Network([layers.Conv2D(3, 3), layers.Flatten(), layers.Dense(4)], (6, 6, 2))
    frozen = [np.zeros(array.shape, bool) for array in network.weights]
    frozen[0][0, 1, 0, 2] = frozen[3][1] = True
    network.freeze(frozen)
    inputs, targets = rng.random((8, 6, 6, 2), np.float32), rng.random((8, 4), np.float32)
    run = Run(Trainer(network, inputs, targets, optimizer=make(), batch_size=4))
    for _ in range(3):
        run.step()
    return run


def test_all_weights_move_as_foretold(run, make):
    frame, before = run.frame(), run.trainer.network.parameters.copy()
    change = next_change(frame, make())
    run.step()
    assert np.array_equal(before + change, run.trainer.network.parameters)


@pytest.mark.parametrize("number", range(4))
def test_some_weights_move_as_they_do_among_all(run, make, number):
    frame, network = run.frame(), run.trainer.network
    places = network.places(number)
    some = next_change(frame, make(), places)
    assert np.array_equal(some, network.unpacked(next_change(frame, make()))[number])


def test_the_places_of_an_array_are_those_of_its_values(run):
    network = run.trainer.network
    vector = np.random.default_rng(1).random(network.parameters.size)
    for number, values in enumerate(network.unpacked(vector)):
        assert np.array_equal(vector[network.places(number)], values)
