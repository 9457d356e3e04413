"""One pass forward and back: a loss, its gradient, and parts that add up to the whole."""

import numpy as np
import pytest

from playground.core import Network, layers, losses
from playground.core.training.propagation import Passed, Propagation, part_of, together
from tests.core.differences import assert_slopes

RNG = np.random.default_rng(0)
INPUTS = RNG.random((20, 5, 5, 1))
TARGETS = RNG.random((20, 2))


def propagation() -> Propagation:
    network = Network([layers.Conv2D(2, 3), layers.GlobalAveragePool2D()], (5, 5, 1))
    network.compute_in(np.float64)
    return Propagation(network, losses.MeanSquaredError(), INPUTS, TARGETS)


def test_the_gradient_it_leaves_is_that_of_the_loss_it_gives():
    passing, batch = propagation(), np.arange(7)
    passing.forward_and_back(batch, (0, 0))
    network = passing.network
    found, start = network.gradients.copy(), network.parameters.copy()

    def loss(parameters):
        network.parameters[:] = parameters
        return passing.forward(batch).loss

    assert_slopes(found, loss, start)


def test_parts_of_a_batch_add_up_to_it():
    batch = RNG.permutation(20)
    whole, part = propagation(), propagation()
    expected = whole.forward_and_back(batch, (0, 0))
    passes, total = [], np.zeros_like(part.network.gradients)
    for number in range(3):
        mine = part.forward_and_back(batch, (0, 0), part_of(20, 3, number))
        total += part.network.gradients * (mine.count / 20)
        passes.append(mine)
    assert together(passes).loss == pytest.approx(expected.loss)
    np.testing.assert_allclose(total, whole.network.gradients, atol=1e-12)


@pytest.mark.parametrize(("count", "parts"), [(64, 7), (8, 8), (10, 3), (5, 1)])
def test_parts_are_as_equal_as_can_be_and_leave_nothing_out(count, parts):
    slices = [part_of(count, parts, number) for number in range(parts)]
    assert [i for each in slices for i in range(count)[each]] == list(range(count))
    sizes = [each.stop - each.start for each in slices]
    assert max(sizes) - min(sizes) <= 1


def test_means_are_taken_over_examples_not_over_parts():
    both = together([Passed(1, 4.0, 1.0), Passed(3, 0.0, 0.0)])
    assert (both.count, both.loss, both.accuracy) == (4, 1.0, 0.25)
    assert together([Passed(2, 1.0, None)]).accuracy is None
