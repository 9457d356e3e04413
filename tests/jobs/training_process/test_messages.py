"""What goes to the training process arrives there as it was, names and masks included."""

import io

import numpy as np

from playground.core.runs.run import Run
from playground.core.runs.run_updates import state_of, take_state
from playground.core.session.ids import identified, masks
from playground.core.specs import ActivationSpec, FlattenSpec, NetworkSpec
from playground.core.tasks import copy_filter
from playground.jobs.training_process.messages import Go, Load, receive, send
from tests.core.session.test_ids import all_ids, conv, dense


def sent(message):
    stream = io.BytesIO()
    send(stream, message)
    stream.seek(0)
    return receive(stream)


def test_ids_arrive_with_the_network():
    layers = (conv(3, 1), ActivationSpec("relu"), FlattenSpec(), dense(192, 2))
    network, _ = identified(NetworkSpec(layers, (8, 8, 1)), 1)
    task = copy_filter(np.random.default_rng(0).random((30, 30, 1)), conv(1, 1))
    arrived = sent(Load(1, task, network, task.setup)).network
    assert all_ids(arrived) == all_ids(network)
    assert arrived == network


def test_what_is_frozen_arrives_with_the_state():
    picture = np.random.default_rng(0).random((30, 30, 1), np.float32)
    task = copy_filter(picture, conv(1, 1))
    network, _ = identified(task.network, 1)
    held = masks(network, frozenset({(1, 2, -1, 1, 0), (1, 2, -1, 0, 0)}))
    for chosen in (None, masks(network, frozenset({(1, 2)})), held):
        here, there = (Run(task.trainer(network, task.setup, m)) for m in (chosen, None))
        take_state(there, sent(Go(state_of(here), 9, 1)).state)
        one, other = here.trainer.network.mask(), there.trainer.network.mask()
        assert (one is None) == (chosen is None)
        assert np.array_equal(one, other)
