"""Flatten keeps Keras's order: row by row, pixel by pixel, channel by channel."""

import numpy as np

from playground.core import Network, layers
from tests.core.differences import check_network


def test_the_order_is_height_width_channel():
    batch = np.random.default_rng(0).normal(size=(3, 4, 5, 2))
    network = Network([layers.Flatten()], (4, 5, 2))
    assert np.array_equal(network.forward(batch), batch.reshape(3, -1))
    check_network(network, batch)


def test_a_row_of_numbers_stays_as_it_is():
    batch = np.random.default_rng(0).normal(size=(2, 3, 2, 2))
    network = Network([layers.Flatten(), layers.Flatten()], (3, 2, 2))
    assert np.array_equal(network.forward(batch), batch.reshape(2, -1))
    check_network(network, batch)
