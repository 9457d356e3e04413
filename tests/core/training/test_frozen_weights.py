"""Single weights are held where they are, and the others learn as if those were not there."""

import copy
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.core import Network, Trainer, layers
from playground.core.errors import PlaygroundError
from playground.core.kernels.bank import reorder
from playground.core.network.building import build, freeze, turned, weights_of, with_weights
from playground.core.presets.menu import starter_bank
from playground.core.runs.run import Run
from playground.core.runs.run_updates import state_of, take_state
from playground.core.specs import NetworkSpec
from playground.core.tasks import copy_filter
from playground.core.training import optimizers
from tests.core.cases import kernel_masks

RNG = np.random.default_rng(0)
INPUTS = RNG.random((30, 8, 8, 2), np.float32)
TARGETS = RNG.integers(0, 5, 30)
seeds = st.integers(0, 2**16)
shares = st.floats(0, 1)


def small_network(seed: int = 0) -> Network:
    made = [
        layers.Conv2D(3, 3, padding="same"),
        layers.ReLU(),
        layers.MaxPool2D(2),
        layers.Conv2D(4, 2),
        layers.Tanh(),
        layers.Flatten(),
        layers.Dense(5),
    ]
    return Network(made, (8, 8, 2), seed)


def trainer(optimizer) -> Trainer:
    optimizer = copy.deepcopy(optimizer)
    return Trainer(
        *(small_network(), INPUTS, TARGETS),
        loss="softmax_cross_entropy",
        optimizer=optimizer,
        batch_size=10,
    )


def random_masks(network: Network, seed: int, share: float) -> list[np.ndarray]:
    rng = np.random.default_rng(seed)
    return [rng.random(values.shape) < share for values in network.weights]


def nothing_of(network: Network) -> list[np.ndarray]:
    return [np.zeros(values.shape, bool) for values in network.weights]


def test_freezing_is_a_mask_over_the_parameters():
    network = small_network()
    assert network.mask() is None
    conv, dense = network.layers[0], network.layers[6]
    network.freeze(kernel_masks(network, {(0, 2)}))
    dense.trainable = False
    learns = network.mask()
    assert learns.size == network.parameters.size
    network.parameters[...] = learns
    kernel, bias = conv.weights
    assert not kernel[..., 2].any()
    assert kernel[..., :2].all()
    assert bias.tolist() == [1, 1, 0]
    assert not any(values.any() for values in dense.weights)
    assert all(values.all() for values in network.layers[3].weights)


@settings(max_examples=30, deadline=None)
@given(seeds, shares)
def test_any_single_weights_can_be_frozen_and_are_told(seed, share):
    network = small_network()
    masks = random_masks(network, seed, share)
    network.freeze(masks)
    told = network.frozen or nothing_of(network)
    assert all(map(np.array_equal, told, masks))
    learns = network.mask()
    network.parameters[...] = True if learns is None else learns
    assert all(map(np.array_equal, network.weights, [~mask for mask in masks]))


def test_what_is_frozen_is_replaced_by_the_next_order_and_let_go_by_none():
    network = small_network()
    first, second = nothing_of(network), nothing_of(network)
    first[0][1, 2, 0, 1] = second[3][0] = True
    network.freeze(first)
    network.freeze(second)
    assert all(map(np.array_equal, network.frozen, second))
    network.freeze(None)
    assert network.frozen is None
    assert network.mask() is None


def test_freezing_nothing_costs_nothing():
    network = small_network()
    network.freeze(nothing_of(network))
    assert network.frozen is None
    assert network.mask() is None


def test_what_is_frozen_stays_so_in_a_replica_and_in_doubles():
    network = small_network()
    masks = nothing_of(network)
    masks[0][0, 0, 0, 0] = True
    network.freeze(masks)
    replica = network.replica()
    network.compute_in(np.float64)
    for one in (network, replica):
        assert all(map(np.array_equal, one.frozen, masks))


@pytest.mark.parametrize("change", [lambda m: m[:-1], lambda m: [*m, m[0]], lambda m: m[::-1]])
def test_a_mask_of_another_shape_than_the_weights_is_refused(change):
    network = small_network()
    with pytest.raises(PlaygroundError, match=r"shapes .*\(5,\).* frozen"):
        network.freeze(change(nothing_of(network)))
    with pytest.raises(PlaygroundError, match="frozen"):
        network.freeze([])
    assert network.mask() is None


@pytest.mark.parametrize("kernel", [3, -1])
def test_a_kernel_that_is_not_there_freezes_nothing(kernel):
    network = small_network()
    network.freeze(kernel_masks(network, {(0, kernel), (1, 0), (99, 0)}))
    assert network.mask() is None


DECAY = {"weight_decay": 0.1}
CHOSEN = [
    optimizers.SGD(0.1),
    *(made(0.1, **DECAY) for made in (optimizers.SGD, optimizers.Momentum, optimizers.Nesterov)),
    *(made(0.01, **DECAY) for made in (optimizers.RMSprop, optimizers.Adam, optimizers.AdamW)),
    optimizers.Adam(0.01, clipvalue=1e-3),
]
CLIPPED = [made(0.1, global_clipnorm=1e-2) for made in optimizers.ALL.values()]


class Alone:
    """The reference: an optimizer that is given the weights that learn, and no others."""

    def __init__(self, optimizer, learns) -> None:
        self.optimizer, self.learns = copy.deepcopy(optimizer), learns

    def step(self, gradients: np.ndarray, parameters: np.ndarray) -> np.ndarray:
        after, free = parameters.copy(), parameters[self.learns]
        self.optimizer.apply(gradients[self.learns], free)
        after[self.learns] = free
        return after


def check_against_the_others_alone(optimizer, seed, share, agree):
    training = trainer(optimizer)
    network = training.network
    network.freeze(random_masks(network, seed, share))
    learns = network.mask()
    if learns is None or not learns.any():
        return
    alone, start = Alone(optimizer, learns), network.parameters.copy()
    for _ in range(4):
        before = network.parameters.copy()
        training.step()
        expected = alone.step(network.gradients, before)
        assert np.array_equal(network.parameters[~learns], start[~learns])
        assert agree(network.parameters, expected)


@pytest.mark.parametrize("index", range(len(CHOSEN)))
@settings(max_examples=8, deadline=None)
@given(seeds, shares)
def test_frozen_weights_never_move_and_the_rest_learns_as_if_alone(index, seed, share):
    check_against_the_others_alone(CHOSEN[index], seed, share, np.array_equal)


@pytest.mark.parametrize("index", range(len(CLIPPED)))
@settings(max_examples=8, deadline=None)
@given(seeds, shares)
def test_frozen_weights_do_not_count_for_clipping_and_memory(index, seed, share):
    # The gradient's length is the same sum in another order.
    def close(one, other):
        return np.allclose(one, other, rtol=1e-5, atol=1e-6)

    check_against_the_others_alone(CLIPPED[index], seed, share, close)


@settings(max_examples=20, deadline=None)
@given(seeds, shares)
def test_what_is_frozen_goes_along_to_where_a_run_goes_on(seed, share):
    one, other = (Run(trainer("adam")) for _ in range(2))
    one.trainer.network.freeze(random_masks(one.trainer.network, seed, share))
    one.trainer.network.layers[3].trainable = False
    other.trainer.network.freeze(random_masks(one.trainer.network, seed + 1, 0.5))
    take_state(other, state_of(one))
    here, there = one.trainer.network.mask(), other.trainer.network.mask()
    assert np.array_equal(here, there)
    assert not other.trainer.network.layers[3].trainable


@pytest.mark.parametrize("flip", [False, True])
def test_the_weight_that_is_seen_is_the_weight_that_is_frozen(flip):
    """True convolution computes with turned kernels, and shows them unturned."""
    goal = replace(starter_bank(1), flip=flip)
    task = copy_filter(RNG.random((40, 40, 1), np.float32), reorder(goal, [0]))
    spec = task.network.with_layer(0, replace(task.network.conv(), flip=flip))
    seen = [np.zeros((3, 3, 1, 1), bool), np.zeros(1, bool)]
    seen[0][0, 1] = True
    training = task.trainer(spec, task.setup, seen)
    for _ in range(3):
        training.step()
    after = with_weights(spec, training.network.weights).conv()
    assert np.array_equal(after.kernel != spec.conv().kernel, ~seen[0])
    assert np.array_equal(after.bias != spec.conv().bias, ~seen[1])


def test_turning_twice_is_not_turning():
    flipped = NetworkSpec((replace(starter_bank(1), flip=True), starter_bank(12)))
    arrays = weights_of(flipped)
    assert np.array_equal(turned(flipped, arrays)[0], flipped.first_conv.kernel)
    assert np.array_equal(turned(flipped, arrays)[2], flipped.conv(1).kernel)
    assert all(map(np.array_equal, turned(flipped, turned(flipped, arrays)), arrays))


@pytest.mark.parametrize("wrong", [[], [np.zeros(9, bool)] * 2, [np.zeros((3, 3, 1, 1), bool)]])
def test_what_is_seen_in_another_shape_is_refused(wrong):
    spec = NetworkSpec((replace(reorder(starter_bank(1), [0]), flip=True),))
    network = build(spec, (9, 9, 1))
    with pytest.raises(PlaygroundError, match="frozen"):
        freeze(network, spec, wrong)


def test_nothing_is_remembered_of_frozen_weights_weight_decay_neither():
    training = trainer(optimizers.Momentum(0.1, weight_decay=0.5))
    masks = [np.ones(values.shape, bool) for values in training.network.weights[:2]]
    rest = [np.zeros(values.shape, bool) for values in training.network.weights[2:]]
    training.network.freeze([*masks, *rest])
    for _ in range(3):
        training.step()
    learns = training.network.mask()
    assert not training.optimizer.state["u"][~learns].any()
    assert training.optimizer.state["u"][learns].all()


@pytest.mark.parametrize("index", range(len(CHOSEN)))
def test_a_frozen_zero_keeps_its_sign(index):
    training = trainer(copy.deepcopy(CHOSEN[index]))
    parameters = training.network.parameters
    parameters[:2] = -0.0, 0.0
    held = training.network.unpacked(np.arange(parameters.size) < 2)
    training.network.freeze(held)
    training.step()
    training.step()
    assert training.network.parameters[:2].tobytes() == np.array([-0.0, 0.0], np.float32).tobytes()
