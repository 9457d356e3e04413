"""Ids are given once; a weight keeps its name wherever it goes, and a mark never names another."""

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.core.errors import PlaygroundError
from playground.core.kernels import bank
from playground.core.kernels.kernel_ops import resize_centered, to_channels
from playground.core.network.building import build
from playground.core.network.refit import new_layer, with_kernels_moved
from playground.core.session.ids import (
    BIAS,
    WeightId,
    identified,
    locate,
    masks,
    same_layout,
    surviving,
    weight_id,
)
from playground.core.specs import (
    ActivationSpec,
    Conv2DSpec,
    DenseSpec,
    DropoutSpec,
    FlattenSpec,
    GlobalAveragePool2DSpec,
    NetworkSpec,
    Pool2DSpec,
)


def conv(filters: int, channels: int, size=(3, 3), **settings) -> Conv2DSpec:
    rng = np.random.default_rng(filters)
    kernel = rng.standard_normal((*size, channels, filters))
    return Conv2DSpec(kernel, np.zeros(filters), ("k",) * filters, **settings)


def dense(inputs: int, units: int) -> DenseSpec:
    return DenseSpec(np.zeros((inputs, units)), np.zeros(units), ("u",) * units)


def named(*layers, shape=(8, 10, 2)) -> NetworkSpec:
    return identified(NetworkSpec(tuple(layers), shape), 1)[0]


def deep() -> NetworkSpec:
    """Maps of 8 × 10, then 4 × 5, in a row of 60, and two dense layers."""
    return named(
        *(conv(4, 2), ActivationSpec("relu"), Pool2DSpec("max", 2), conv(3, 4), DropoutSpec()),
        *(FlattenSpec(), dense(60, 6), ActivationSpec("tanh"), dense(6, 2)),
    )


def all_ids(network: NetworkSpec) -> list[int]:
    return [id for layer in network.layers for id in (layer.layer_id, *getattr(layer, "ids", ()))]


def every_weight(network: NetworkSpec) -> list[WeightId]:
    names = []
    for index, layer in enumerate(network.layers):
        if isinstance(layer, Conv2DSpec):
            at = np.ndindex(layer.kernel.shape)
            names += [weight_id(network, index, k, c, y, x) for y, x, c, k in at]
        elif isinstance(layer, DenseSpec):
            names += [weight_id(network, index, k, i) for i, k in np.ndindex(layer.kernel.shape)]
        names += [weight_id(network, index, k, None) for k in range(len(getattr(layer, "ids", ())))]
    return names


# Giving ids


def test_layers_kernels_and_units_get_ids_of_one_counter_in_order():
    network, following = identified(
        NetworkSpec((conv(2, 1), ActivationSpec("relu"), FlattenSpec(), dense(8, 2))), 7
    )
    assert all_ids(network) == [7, 8, 9, 10, 11, 12, 13, 14]
    assert following == 15


def test_what_has_its_ids_is_handed_back_as_it_is():
    network = deep()
    again, following = identified(network, 500)
    assert again is network
    assert following == 500


def test_only_what_is_missing_is_new():
    network = deep()
    wider = network.with_layer(0, bank.duplicate(network.conv(), [1]))
    again, following = identified(wider, 500)
    assert again.conv().ids == (*network.conv().ids[:2], 500, *network.conv().ids[2:])
    assert following == 501
    assert all(a is b for a, b in zip(again.layers[1:], network.layers[1:], strict=True))
    assert again.conv().kernel is wider.conv().kernel


def test_the_second_of_two_with_one_id_is_new():
    one = named(conv(2, 2))
    twice, _ = identified(NetworkSpec((*one.layers, *one.layers)), 50)
    assert all_ids(twice) == [1, 2, 3, 50, 51, 52]
    assert twice.layers[0] is one.layers[0]


def test_an_id_that_is_there_is_never_given_again():
    network = named(conv(2, 2))
    longer, following = identified(NetworkSpec((*network.layers, FlattenSpec())), 1)
    assert all_ids(longer) == [1, 2, 3, 4]
    assert following == 5


def test_ids_are_no_part_of_equality_nor_of_what_is_printed():
    for layer in deep().layers:
        like = type(layer)(**{f: getattr(layer, f) for f in layer.__match_args__})
        assert like.layer_id == 0
        assert like == layer
        assert repr(like) == repr(layer)


@pytest.mark.parametrize("ids", [(1,), (1, 2, 3)])
def test_as_many_ids_as_kernels_are_needed(ids):
    with pytest.raises(PlaygroundError, match="2 kernels need 2 ids"):
        Conv2DSpec(np.zeros((3, 3, 1, 2)), np.zeros(2), ("a", "b"), ids=ids)
    with pytest.raises(PlaygroundError, match="2 kernels need 2 ids"):
        DenseSpec(np.zeros((3, 2)), np.zeros(2), ("a", "b"), ids=ids)


# Names of weights


def test_every_weight_has_one_name_and_is_found_by_it():
    network = deep()
    names = every_weight(network)
    assert len(set(names)) == len(names)
    places = locate(network, names)
    weights = build(network, network.input_shape).weights
    assert len(set(places)) == sum(values.size for values in weights)
    for position, index in places:
        weights[position][index] = np.nan
    assert all(np.isnan(values).all() for values in weights)


def test_channels_are_called_by_their_makers():
    network = deep()
    first, second, one, two = (network.layers[i] for i in (0, 3, 6, 8))
    assert weight_id(network, 0, 1, 1, 1, 2) == (first.layer_id, first.ids[1], -2, 0, 1)
    assert weight_id(network, 3, 0, 2, 0, 0) == (
        second.layer_id,
        second.ids[0],
        first.ids[2],
        -1,
        -1,
    )
    # Input 23 of 4 × 5 maps of 3 channels: row 1, column 2, channel 2.
    assert weight_id(network, 6, 4, 23) == (one.layer_id, one.ids[4], second.ids[2], 1, 2)
    assert weight_id(network, 8, 1, 5) == (two.layer_id, two.ids[1], one.ids[5], 0, 0)
    assert weight_id(network, 8, 1, None) == (two.layer_id, two.ids[1], BIAS, 0, 0)


def test_behind_an_average_each_input_is_a_channel():
    network = named(conv(3, 2), GlobalAveragePool2DSpec(), dense(3, 2))
    assert weight_id(network, 2, 0, 1)[2:] == (network.conv().ids[1], 0, 0)
    assert weight_id(named(FlattenSpec(), dense(160, 1)), 1, 0, 7)[2:] == (-2, 0, 3)


sizes = st.integers(1, 11)


@settings(max_examples=150, deadline=None)
@given(sizes, sizes, sizes, sizes)
def test_resizing_a_kernel_keeps_the_names_of_what_it_keeps(kh, kw, new_kh, new_kw):
    before = conv(2, 3, (kh, kw))
    network = named(before, shape=(20, 20, 3))
    resized = resize_centered(network.conv().kernel, new_kh, new_kw)
    after = network.with_layer(0, bank.with_kernels(network.conv(), resized))
    kept = 0
    for name, was in zip(
        every_weight(network), locate(network, every_weight(network)), strict=True
    ):
        (now,) = locate(after, [name])
        if now is not None and was[0] == 0:
            assert after.conv().kernel[now[1]] == network.conv().kernel[was[1]]
            kept += 1
    assert kept == 6 * min(kh, new_kh) * min(kw, new_kw)


def test_the_first_channel_stays_when_the_picture_is_coloured():
    network = named(conv(2, 1), shape=(8, 8, 1))
    name = weight_id(network, 0, 1, 0, 2, 2)
    kernel = to_channels(network.conv().kernel, 3)
    coloured = NetworkSpec((bank.with_kernels(network.conv(), kernel),), (8, 8, 3))
    assert locate(coloured, [name]) == [(0, (2, 2, 0, 1))]
    assert weight_id(coloured, 0, 1, 2, 2, 2).channel == -3


def test_a_name_of_something_else_is_found_nowhere():
    network = deep()
    first, last = network.conv(), network.layers[8]
    wrong = [
        WeightId(999, 2, -1, 0, 0),
        WeightId(network.layers[1].layer_id, 2, -1, 0, 0),
        WeightId(first.layer_id, 999, -1, 0, 0),
        WeightId(first.layer_id, last.ids[0], -1, 0, 0),
        WeightId(first.layer_id, first.ids[0], -3, 0, 0),
        WeightId(first.layer_id, first.ids[0], -1, 2, 0),
        WeightId(first.layer_id, first.ids[0], -1, 0, -2),
        WeightId(first.layer_id, first.ids[0], BIAS, 1, 0),
        WeightId(last.layer_id, last.ids[0], first.ids[0], 0, 0),
        WeightId(0, 0, BIAS, 0, 0),
    ]
    assert locate(network, wrong) == [None] * len(wrong)
    assert surviving(network, frozenset(wrong)) == frozenset()
    assert not any(array.any() for array in masks(network, frozenset(wrong)))


def test_a_layer_without_weights_has_no_names_of_weights():
    with pytest.raises(TypeError, match="no weights"):
        weight_id(deep(), 1, 0, 0)


def test_maps_of_unknown_size_are_counted_in_one_row():
    network = named(conv(3, 2), FlattenSpec(), dense(60, 2), shape=None)
    assert weight_id(network, 2, 1, 23)[2:] == (network.conv().ids[2], 0, 7)


UNFIT = [
    named(FlattenSpec(), conv(2, 5), dense(7, 2), conv(3, 2), dense(9, 4)),
    named(dense(7, 2), FlattenSpec(), Pool2DSpec(), dense(3, 2), GlobalAveragePool2DSpec()),
    named(conv(2, 5, (11, 11), padding="valid"), Pool2DSpec("max", 9), FlattenSpec(), dense(8, 3)),
    named(conv(2, 5), conv(3, 1), conv(1, 7), FlattenSpec(), dense(99, 2), shape=None),
    named(GlobalAveragePool2DSpec(), FlattenSpec(), dense(4, 2), dense(1, 2), shape=None),
]


@pytest.mark.parametrize("network", UNFIT, ids=range(len(UNFIT)))
def test_what_does_not_fit_has_names_too_and_each_only_once(network):
    names = every_weight(network)
    assert len(set(names)) == len(names)
    assert None not in locate(network, names)
    assert surviving(network, frozenset(names)) == frozenset(names)
    assert all(array.all() for array in masks(network, frozenset(names)))


def test_a_network_without_ids_has_arrays_that_nothing_names():
    bare = NetworkSpec((conv(2, 2), ActivationSpec("relu"), conv(3, 2)), (8, 8, 2))
    shapes = [array.shape for array in masks(bare, frozenset({(0,), (0, 0)}))]
    assert shapes == [values.shape for values in build(bare, (8, 8, 2)).weights]
    assert surviving(bare, frozenset({(0,), (0, 0)})) == frozenset()
    assert locate(bare, every_weight(bare)) == [None] * len(every_weight(bare))


# Marks


def test_layers_kernels_and_weights_can_be_marked():
    network = deep()
    first, second = network.layers[0], network.layers[3]
    single = weight_id(network, 6, 5, 23)
    arrays = masks(
        network, frozenset({(first.layer_id,), (second.layer_id, second.ids[1]), single})
    )
    assert [a.shape for a in arrays] == [w.shape for w in build(network, (8, 10, 2)).weights]
    assert arrays[0].all()
    assert arrays[1].all()
    assert arrays[2][..., 1].all()
    assert arrays[3].tolist() == [False, True, False]
    assert arrays[2].sum() == arrays[2][..., 1].sum()
    assert np.argwhere(arrays[4]).tolist() == [[23, 5]]
    assert not any(array.any() for array in arrays[5:])


def test_marks_of_what_is_gone_are_dropped_and_all_others_stay():
    network = deep()
    first, second = network.layers[0], network.layers[3]
    kept = {
        *((first.layer_id,), (network.layers[1].layer_id,), (first.layer_id, first.ids[2])),
        *(weight_id(network, 3, 0, 3, 0, 0), weight_id(network, 0, 3, None)),
    }
    gone = {
        *((first.layer_id, first.ids[1]), weight_id(network, 0, 1, 0, 0, 0)),
        *(weight_id(network, 0, 1, None), weight_id(network, 3, 0, 1, 0, 0)),
    }
    marks = frozenset(kept | gone)
    assert surviving(network, marks) is marks
    smaller = bank.remove(first, [1])
    after = with_kernels_moved(network, 0, smaller, [0, 2, 3], 0)
    assert surviving(after, marks) == kept
    without = NetworkSpec(network.layers[1:], network.input_shape)
    assert surviving(without, frozenset({(first.layer_id,), (second.layer_id,)})) == {
        (second.layer_id,)
    }


def test_a_layer_put_in_front_leaves_every_mark_where_it_is():
    network = named(conv(4, 2), ActivationSpec("relu"))
    mark = (network.conv().layer_id, network.conv().ids[1])
    front = new_layer("conv", (8, 10, 2), 0)
    after, _ = identified(NetworkSpec((front, *network.layers), (8, 10, 2)), 100)
    arrays = masks(after, frozenset({mark}))
    assert not arrays[0].any()
    assert arrays[3].tolist() == [False, True, False, False]


def test_masks_of_millions_of_weights_take_a_moment():
    network = named(FlattenSpec(), dense(18_750, 128), shape=(75, 125, 2))
    layer = network.layers[1]
    rng = np.random.default_rng(0)
    some = {weight_id(network, 1, 0, 0)}
    some |= {
        WeightId(layer.layer_id, layer.ids[k], -1, int(row), int(column))
        for k, row, column in zip(
            range(128), rng.integers(0, 75, 128), rng.integers(0, 125, 128), strict=True
        )
    }
    marks = frozenset(some | {(layer.layer_id, layer.ids[0])})
    took = []
    for _ in range(7):
        start = time.perf_counter()
        kernel, _ = masks(network, marks)
        took.append(time.perf_counter() - start)
    assert kernel.sum() == 18_750 + 127
    assert min(took) < 0.05


@given(st.permutations(range(4)))
def test_a_layout_is_the_same_where_every_name_stands_for_the_same_place(order):
    network, _ = identified(NetworkSpec((conv(4, 1), ActivationSpec(), conv(2, 4))), 1)
    first = network.conv()
    other = network.with_layer(0, bank.set_bias(first, 1, 3.0))
    assert same_layout(network, other)
    moved = network.with_layer(0, bank.reorder(first, order))
    everywhere = [masks(network, frozenset({(first.layer_id, id)})) for id in first.ids]
    there = [masks(moved, frozenset({(first.layer_id, id)})) for id in first.ids]
    same = all(
        (a == b).all()
        for x, y in zip(everywhere, there, strict=True)
        for a, b in zip(x, y, strict=True)
    )
    assert same_layout(network, moved) == same == (list(order) == [0, 1, 2, 3])
    assert not same_layout(network, network.with_layer(1, ActivationSpec("tanh")))
    # A kernel that comes in another's place moves nothing.
    put_in = identified(network.with_layer(0, conv(4, 1)), 99)[0]
    assert same_layout(network, put_in)
