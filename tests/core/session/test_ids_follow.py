"""Whatever is done to a network, ids go where their kernels go: none twice, none made up.

Every kernel is known by a bias of its own, and every weight by its value.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.core.errors import PlaygroundError
from playground.core.kernels import bank
from playground.core.kernels.kernel_ops import resize_centered
from playground.core.network.building import initialized, weights_of, with_weights
from playground.core.network.refit import (
    new_layer,
    refitted,
    shape_before,
    with_kernels_moved,
    with_setting,
)
from playground.core.network.transfer import body, transplanted, with_kernels_of
from playground.core.session.ids import identified, locate
from playground.core.specs import (
    ActivationSpec,
    BlockSpec,
    Conv2DSpec,
    DenseSpec,
    FlattenSpec,
    LayerSpec,
    NetworkSpec,
    Pool2DSpec,
)
from playground.core.tasks.classify import classifier
from tests.core.session.test_ids import all_ids, every_weight

SHAPE = (12, 14, 1)
KINDS = ["conv", "relu", "max_pool", "dropout", "flatten", "global_average", "dense"]
numbers = st.integers(0, 10**6)


def start() -> NetworkSpec:
    spec = classifier(SHAPE, (4, 3), tuple("abc"))
    return initialized(replace(spec, input_shape=SHAPE), "he_normal", 0, SHAPE)


def biases(network: NetworkSpec) -> list[tuple[int, float]]:
    """(id, bias) of every kernel and unit."""
    layers = [layer for layer in network.layers if isinstance(layer, Conv2DSpec | DenseSpec)]
    return [pair for layer in layers for pair in zip(layer.ids, layer.bias.tolist(), strict=True)]


class Ledger:
    """A network whose kernels and weights can be told apart, and what was known of it before."""

    def __init__(self, network: NetworkSpec) -> None:
        self.next_id, self._fresh = 1, count(1)
        self.settle(network)

    def settle(self, network: NetworkSpec) -> None:
        """Give ids to what is new, and every number a value that no other number has."""
        before = all_ids(network)
        self.network, self.next_id = identified(network, self.next_id)
        after = all_ids(self.network)
        assert all(new == old for new, old in zip(after, before, strict=True) if old)
        unique = [self._unlike(array) for array in weights_of(self.network)]
        self.network = with_weights(self.network, unique)
        assert all_ids(self.network) == after
        self.known = dict(biases(self.network))

    def _unlike(self, array: np.ndarray) -> np.ndarray:
        values = [next(self._fresh) for _ in range(array.size)]
        return np.array(values, np.float32).reshape(array.shape)

    def check(self, after: NetworkSpec) -> None:
        """Every id that is there stands at its old kernel, and every old kernel has its id."""
        given = [id for id in all_ids(after) if id]
        assert len(set(given)) == len(given)
        assert set(given) <= set(all_ids(self.network))
        for id, value in biases(after):
            assert id == 0 or self.known[id] == value
        values, ids = {value for _, value in biases(after)}, {id for id, _ in biases(after)}
        assert all(id in ids for id, value in self.known.items() if value in values)

    def check_weights(self, after: NetworkSpec) -> None:
        """Every weight whose name is still there has its old value."""
        names = every_weight(self.network)
        old, new = weights_of(self.network), weights_of(after)
        places = zip(locate(self.network, names), locate(after, names), strict=True)
        for was, now in places:
            if now is not None:
                assert new[now[0]][now[1]] == old[was[0]][was[1]]


def one_of(choices, number):
    return choices[number % len(choices)]


def some_conv(network: NetworkSpec, number: int) -> int:
    return one_of(network.convs, number)


def moved(network: NetworkSpec, number: int) -> NetworkSpec:
    """Kernels in another order, and the next layer's weights with them."""
    index = some_conv(network, number)
    kernels = network.conv(index).filters
    order = bank.move_order(
        kernels, {number % kernels, number // 7 % kernels}, number // 5 % kernels
    )
    conv = bank.reorder(network.conv(index), order)
    return with_kernels_moved(network, index, conv, order, number)


def duplicated(network: NetworkSpec, number: int) -> NetworkSpec:
    index = some_conv(network, number)
    kernels = network.conv(index).filters
    if kernels > 8:
        return removed(network, number)
    chosen = sorted({number % kernels, number // 7 % kernels})
    conv = bank.duplicate(network.conv(index), chosen)
    order = list(range(kernels))
    order[chosen[-1] + 1 : chosen[-1] + 1] = [None] * len(chosen)
    return with_kernels_moved(network, index, conv, order, number)


def removed(network: NetworkSpec, number: int) -> NetworkSpec:
    index = some_conv(network, number)
    kernels = network.conv(index).filters
    gone = number // 3 % kernels
    if kernels == 1:
        return network
    order = [kernel for kernel in range(kernels) if kernel != gone]
    return with_kernels_moved(network, index, bank.remove(network.conv(index), [gone]), order, 0)


def resized(network: NetworkSpec, number: int) -> NetworkSpec:
    index = some_conv(network, number)
    conv = network.conv(index)
    kernel = resize_centered(conv.kernel, 1 + number % 5, 1 + number // 5 % 5)
    return network.with_layer(index, bank.with_kernels(conv, kernel))


def renamed(network: NetworkSpec, number: int) -> NetworkSpec:
    index = some_conv(network, number)
    conv = network.conv(index)
    conv = bank.rename(conv, number % conv.filters, f"name {number}")
    return network.with_layer(index, replace(conv, stride=1 + number % 2))


def with_numbers(network: NetworkSpec, number: int) -> NetworkSpec:
    """A weight and a whole kernel are set: they are the same kernels with other numbers."""
    index = some_conv(network, number)
    conv = network.conv(index)
    conv = bank.set_kernel(conv, number % conv.filters, conv.kernel[..., 0] * 0, "zero")
    return network.with_layer(index, bank.set_weights(conv, {(0, 0, 0, 0): 0.5}))


def with_other_units(network: NetworkSpec, number: int) -> NetworkSpec:
    places = [at for at, layer in enumerate(network.layers) if isinstance(layer, DenseSpec)]
    if not places:
        return network
    layer = network.layers[one_of(places, number)]
    return network.with_layer(
        one_of(places, number), with_setting(layer, "units", 1 + number % 7, number)
    )


def with_layer_added(network: NetworkSpec, number: int) -> NetworkSpec:
    if len(network.layers) > 12:
        return with_layer_removed(network, number)
    place = number % (len(network.layers) + 1)
    try:
        shape = shape_before(network, place, SHAPE)
    except PlaygroundError:
        shape = (1,)
    new = new_layer(one_of(KINDS, number // 13), shape, number)
    return with_layers(network, (*network.layers[:place], new, *network.layers[place:]))


def with_layer_removed(network: NetworkSpec, number: int) -> NetworkSpec:
    place = number % len(network.layers)
    if network.convs == (place,):
        return network
    return with_layers(network, (*network.layers[:place], *network.layers[place + 1 :]))


def with_layer_moved(network: NetworkSpec, number: int) -> NetworkSpec:
    layers = list(network.layers)
    layers.insert(number // 17 % len(layers), layers.pop(number % len(layers)))
    return with_layers(network, tuple(layers))


def with_layers(network: NetworkSpec, layers: tuple[LayerSpec, ...]) -> NetworkSpec:
    return refitted(replace(network, layers=layers), SHAPE, 0)


def in_another_block(network: NetworkSpec, number: int) -> NetworkSpec:
    index = some_conv(network, number)
    activation = ActivationSpec(one_of(["none", "relu", "tanh"], number // 3))
    pool = one_of([None, Pool2DSpec("max"), Pool2DSpec("average", 3)], number // 9)
    return network.with_block(index, BlockSpec(network.conv(index), activation, pool))


OF_KERNELS = [moved, duplicated, removed, resized, renamed]
OF_LAYERS = [with_other_units, with_layer_added, with_layer_removed, with_layer_moved]
ALL = [*OF_KERNELS, *OF_LAYERS, with_numbers, in_another_block]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(ALL), numbers), max_size=12))
def test_ids_go_where_their_kernels_go(operations):
    ledger = Ledger(start())
    for operation, number in operations:
        after = operation(ledger.network, number)
        ledger.check(after)
        ledger.settle(after)


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from([SHAPE, None]),
    st.lists(st.tuples(st.sampled_from(OF_KERNELS[:3]), numbers), max_size=8),
)
def test_the_name_of_a_weight_goes_where_the_weight_goes(shape, operations):
    ledger = Ledger(replace(start(), input_shape=shape))
    for operation, number in operations:
        after = operation(ledger.network, number)
        ledger.check_weights(after)
        ledger.settle(after)


@settings(max_examples=40, deadline=None)
@given(numbers, st.sampled_from([resized, with_layer_moved, with_layer_added]))
def test_a_layer_keeps_its_id_when_others_come_and_go(number, operation):
    ledger = Ledger(start())
    after = operation(ledger.network, number)
    kept = {layer.layer_id for layer in after.layers if layer.layer_id}
    assert kept == {layer.layer_id for layer in ledger.network.layers}
    new = [layer for layer in after.layers if not layer.layer_id]
    assert len(new) == (operation is with_layer_added)
    assert all(id == 0 for layer in new for id in getattr(layer, "ids", ()))


def test_an_activation_or_pooling_that_is_replaced_is_still_the_same_layer():
    network = Ledger(start()).network
    _, activation, pool, *_ = network.layers
    block = BlockSpec(network.conv(), ActivationSpec("tanh"), Pool2DSpec("average", 3))
    changed = network.with_block(0, block)
    assert changed.layers[1:3] == (block.activation, block.pool)
    assert [layer.layer_id for layer in changed.layers] == [n.layer_id for n in network.layers]
    changed = network.with_layer(1, ActivationSpec("abs"))
    assert changed.layers[1].layer_id == activation.layer_id
    assert network.with_layer(1, FlattenSpec()).layers[1].layer_id == 0
    without = network.with_block(0, replace(block, pool=None))
    assert pool.layer_id not in all_ids(without)
    again = without.with_block(0, block)
    assert again.layers[1].layer_id == activation.layer_id
    assert again.layers[2].layer_id == 0


def test_fresh_numbers_are_those_of_the_same_kernels():
    network = Ledger(start()).network
    ids = all_ids(network)
    assert all_ids(initialized(network, "he_normal", 3, SHAPE)) == ids
    assert all_ids(initialized(network, "zeros", 3)) == ids
    assert all_ids(with_weights(network, [a * 0 for a in weights_of(network)])) == ids
    assert all_ids(with_kernels_of(network, start())) == ids


def test_kept_kernels_keep_their_ids_and_the_new_head_has_none():
    donor = Ledger(start()).network
    kept = len(body(donor))
    made = transplanted(donor, donor)
    assert [n.layer_id for n in made.layers[:kept]] == [n.layer_id for n in donor.layers[:kept]]
    assert [made.conv(i).ids for i in made.convs] == [donor.conv(i).ids for i in donor.convs]
    assert not any(all_ids(NetworkSpec(made.layers[kept:])))


def test_a_kernel_that_is_chosen_twice_is_the_old_one_once():
    conv = Ledger(start()).network.conv()
    chosen = bank.reorder(conv, [2, 0, 2])
    assert chosen.ids == (conv.ids[2], conv.ids[0], 0)


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_layer_has_no_ids_yet(kind):
    assert not any(all_ids(NetworkSpec((new_layer(kind, (4, 4, 1), 0),))))


def test_the_networks_of_tasks_have_no_ids_yet():
    assert not any(all_ids(classifier(SHAPE, (4,), tuple("ab"))))
