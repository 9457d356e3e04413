"""What the next step will do follows from a frame alone, for all weights or for some of them."""

from functools import partial

import numpy as np
import pytest

from playground.core import Network, Trainer, layers
from playground.core.explain.next_step import next_change
from playground.core.runs.run import Run
from tests.core.explain.test_update_rule import EXTRAS, KINDS


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
