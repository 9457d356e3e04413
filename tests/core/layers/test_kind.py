"""The table of layer kinds: what an entry says is what its description and its class do."""

import numpy as np
import pytest

from playground.core.layers import LAYER_KINDS, Layer, kind_of
from playground.core.network.building import build, make_layer, weights_of, with_weights
from playground.core.network.layer_input import layer_input
from playground.core.network.refit import new_layer
from playground.core.session.ids import WeightId, identified, locate, masks, weight_id
from playground.core.specs import ActivationSpec, FlattenSpec, NetworkSpec
from playground.core.specs.base import WeightedSpec
from playground.jobs.training_process.messages import KNOWN

SHAPE = (6, 8, 3)
KINDS = {key: kind for key, kind in LAYER_KINDS.items() if kind.fresh}
WEIGHTED = [key for key, kind in KINDS.items() if kind.stored]


def network_of(key: str) -> NetworkSpec:
    """One layer of the kind, behind Flatten where it takes no maps, with its ids."""
    before = (FlattenSpec(),) if key == "dense" else ()
    shape = (144,) if before else SHAPE
    layer = new_layer(key, shape, 0)
    generator = np.random.default_rng(1)
    layer = layer.with_weights([generator.normal(size=w.shape) for w in layer.weights])
    return identified(NetworkSpec((*before, layer), SHAPE), 1)[0]


@pytest.mark.parametrize("key", KINDS)
def test_a_new_layer_is_of_its_kind_and_can_be_computed(key):
    spec = network_of(key)
    layer = spec.layers[-1]
    assert type(layer) is LAYER_KINDS[key].spec
    assert kind_of(layer) is LAYER_KINDS[key]
    assert isinstance(make_layer(layer), Layer)
    batch = np.random.default_rng(0).normal(size=(2, *SHAPE))
    assert build(spec, SHAPE).forward(batch).shape[0] == 2


@pytest.mark.parametrize("key", LAYER_KINDS)
def test_every_kind_has_its_words_and_its_names_elsewhere(key):
    kind = LAYER_KINDS[key]
    assert all((kind.name, kind.about, kind.formula, kind.section, *kind.elsewhere[::2]))
    assert bool(kind.tip) == (kind.fresh is not None)


@pytest.mark.parametrize("key", [key for key in KINDS if network_of(key).layers[-1].window])
def test_exploring_and_training_compute_the_same_maps(key):
    spec = network_of(key)
    image = np.random.default_rng(0).normal(size=SHAPE).astype(np.float32)
    explored = layer_input(image, spec.layers)
    trained = build(spec, SHAPE).forward(image[np.newaxis])[0]
    np.testing.assert_allclose(explored, trained, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("key", WEIGHTED)
def test_weights_lie_as_the_entry_says(key):
    kind, spec = LAYER_KINDS[key], network_of(key)
    network, layer = build(spec, SHAPE), spec.layers[-1]
    assert with_weights(spec, weights_of(spec)) == spec
    own = network.layers[-1].weights
    pieces = network.layers[-1].weight_shapes((network.shapes[-2:-1] or [SHAPE])[0])
    for seen, array, piece, stored, computed in zip(
        layer.weights, own, pieces, kind.stored, kind.computed, strict=True
    ):
        assert np.array_equal(seen, array)
        sizes = dict(zip(stored.split(), array.shape, strict=True))
        assert piece == tuple(sizes[axis] for axis in computed.split())


@pytest.mark.parametrize("key", WEIGHTED)
def test_every_weight_has_a_name_that_finds_it(key):
    spec = network_of(key)
    index, layer = len(spec.layers) - 1, spec.layers[-1]
    assert isinstance(layer, WeightedSpec)
    array = layer.weights[0]
    for place in np.ndindex(array.shape):
        row, column = place[:2] if layer.looks_at_maps else (0, 0)
        channel, *kernel = place[2:] if layer.looks_at_maps else place
        name = weight_id(spec, index, *(kernel or [0]), channel, row, column)
        assert isinstance(name, WeightId)
        assert locate(spec, [name]) == [(0, place)]
        mask = masks(spec, frozenset([name]))
        assert mask[0].sum() == 1
        assert mask[0][place]


@pytest.mark.parametrize("key", WEIGHTED)
def test_a_frozen_layer_is_frozen_in_all_its_weights(key):
    spec = network_of(key)
    whole = masks(spec, frozenset([(spec.layers[-1].layer_id,)]))
    assert all(mask.all() for mask in whole)
    assert len(whole) == len(spec.layers[-1].weights)


@pytest.mark.parametrize("key", LAYER_KINDS)
def test_every_kind_travels_to_the_training_process(key):
    assert KNOWN[LAYER_KINDS[key].spec.__name__] is LAYER_KINDS[key].spec


def test_a_setting_is_a_number_of_its_description():
    for kind in KINDS.values():
        if kind.setting is not None:
            layer = kind.fresh((30,) if kind.key == "dense" else SHAPE, np.zeros)
            current = getattr(layer, kind.setting.field)
            assert kind.setting.change.format(current) != kind.setting.change
            other = layer.with_setting(kind.setting.field, kind.setting.choices[-1], np.zeros)
            assert getattr(other, kind.setting.field) == kind.setting.choices[-1]


def test_activations_that_only_a_block_has_are_not_offered():
    hidden = [key for key, kind in LAYER_KINDS.items() if kind.fresh is None]
    assert hidden == ["abs", "none"]
    assert [kind_of(ActivationSpec(key)).key for key in hidden] == hidden
    with pytest.raises(KeyError):
        new_layer("abs", SHAPE, 0)
