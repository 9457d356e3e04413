"""Networks: the chain rule over layers, weights in and out, and what does not fit."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.core import Network, layers
from playground.core.errors import ImpossibleLayerError, PlaygroundError
from tests.core.differences import check_network, spaced, with_normal_weights


def small_layers() -> list[layers.Layer]:
    return [
        layers.Conv2D(3, 3, padding="same"),
        layers.ReLU(),
        layers.MaxPool2D(2),
        layers.Conv2D(4, 2),
        layers.Tanh(),
        layers.Flatten(),
        layers.Dense(5),
    ]


def small_network(seed: int = 0) -> Network:
    return Network(small_layers(), (8, 8, 2), seed)


BATCH = np.random.default_rng(0).random((5, 8, 8, 2), np.float32)


@pytest.mark.parametrize("seed", range(4))
def test_gradients_go_back_through_all_layers(seed):
    rng = np.random.default_rng(seed)
    network = with_normal_weights(small_network(), rng)
    network.set_weights([0.3 * values for values in network.weights])
    check_network(network, rng.normal(size=(2, 8, 8, 2)), step=1e-6, seed=seed)


@pytest.mark.parametrize("seed", range(3))
def test_gradients_go_back_through_every_kind_of_layer(seed):
    kinds = [
        layers.Conv2D(4, (2, 3), stride=2, padding="same", dilation=1),
        layers.LeakyReLU(0.3),
        layers.AveragePool2D(2),
        layers.Dropout(0.5),
        layers.Conv2D(3, 2, padding=(1, 0, 0, 2), dilation=2, use_bias=False),
        layers.Sigmoid(),
        layers.PReLU(),
        layers.GlobalAveragePool2D(),
        layers.Dense(4),
        layers.PReLU(),
        layers.Tanh(),
        layers.Dense(2, use_bias=False),
    ]
    rng = np.random.default_rng(seed)
    network = with_normal_weights(Network(kinds, (11, 9, 3)), rng)
    check_network(network, spaced((2, 11, 9, 3), rng, gap=0.003), step=1e-6, seed=seed)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 99), st.integers(2, 3), st.booleans())
def test_pooling_before_relu_is_the_same_as_after_it(seed, size, ties):
    # The network takes the maximum first where it knows a ReLU, but not where that is a leaky one
    # that does not leak.
    rng = np.random.default_rng(seed)
    shape = (7, 6, 2)
    batch = rng.normal(size=(3, *shape)).astype(np.float32)
    if ties:
        batch = np.rint(batch)
    fast = Network([layers.ReLU(), layers.MaxPool2D(size)], shape)
    plain = Network([layers.LeakyReLU(0.0), layers.MaxPool2D(size)], shape)
    outputs = fast.forward(batch)
    assert np.array_equal(outputs, plain.forward(batch))
    rates = rng.normal(size=outputs.shape).astype(np.float32)
    assert np.array_equal(fast.backward(rates), plain.backward(rates))


def test_one_picture_alone_is_as_in_a_batch():
    network = small_network()
    whole = network.forward(BATCH)
    for picture, output in zip(BATCH, whole, strict=True):
        assert network.forward(picture[np.newaxis])[0] == pytest.approx(output, abs=1e-6)


def test_activations_are_every_layers_output():
    network = small_network()
    outputs = network.activations(BATCH[0])
    assert [output.shape for output in outputs] == network.shapes
    assert outputs[-1] == pytest.approx(network.forward(BATCH[:1])[0], abs=1e-6)
    assert np.array_equal(outputs[1], np.maximum(outputs[0], 0))
    kept = outputs[0].copy()
    network.activations(BATCH[1])
    assert np.array_equal(outputs[0], kept)


def test_the_same_seed_gives_the_same_weights():
    first, again, other = small_network(3), small_network(3), small_network(4)
    assert all(map(np.array_equal, first.weights, again.weights))
    assert not np.array_equal(first.weights[0], other.weights[0])
    other.initialize(3)
    assert all(map(np.array_equal, first.weights, other.weights))


def test_a_networks_weights_are_copies_and_a_layers_are_the_live_numbers():
    network = small_network()
    before, layer = network.weights, network.layers[0]
    layer.weights[0][0, 0, 0, 0] = 7
    assert before[0][0, 0, 0, 0] != 7
    assert network.weights[0][0, 0, 0, 0] == 7
    network.weights[0][...] = 0
    assert layer.weights[0][0, 0, 0, 0] == 7
    view = layer.weights[0]
    network.set_weights(before)
    assert np.array_equal(view, before[0])


def test_weights_are_kernel_and_bias_layer_by_layer():
    shapes = [values.shape for values in small_network().weights]
    assert shapes == [(3, 3, 2, 3), (3,), (2, 2, 3, 4), (4,), (36, 5), (5,)]


def test_weights_of_other_shapes_are_refused_and_nothing_changes():
    network = small_network()
    before = network.weights
    wrong = [
        before[:-1],
        [*before, np.zeros(3)],
        [before[0].transpose(3, 0, 1, 2), *before[1:]],
        [*[np.zeros_like(values) for values in before[:-1]], np.zeros((5, 1))],
        [],
    ]
    for weights in wrong:
        with pytest.raises(PlaygroundError, match="shapes"):
            network.set_weights(weights)
        assert all(map(np.array_equal, network.weights, before))


def test_nothing_given_is_changed():
    network = small_network()
    batch, rates = BATCH.copy(), np.ones((5, 5), np.float32)
    weights = [values + 1 for values in network.weights]
    copies = [values.copy() for values in weights]
    network.set_weights(weights)
    network.forward(batch)
    network.backward(rates)
    network.activations(batch[0])
    network.parameters *= 2
    assert np.array_equal(batch, BATCH)
    assert (rates == 1).all()
    assert all(map(np.array_equal, weights, copies))


def test_outputs_and_gradients_are_new_arrays():
    network = small_network()
    outputs = network.forward(BATCH)
    back = network.backward(np.ones((5, 5)))
    kept = outputs.copy(), back.copy()
    network.forward(BATCH + 1)
    network.backward(np.zeros((5, 5)))
    assert np.array_equal(outputs, kept[0])
    assert np.array_equal(back, kept[1])


@pytest.mark.parametrize("dtype", [np.uint8, np.int64, np.float16, bool])
def test_pictures_of_other_types_are_taken_as_float32(dtype):
    batch = (np.random.default_rng(0).random((2, 8, 8, 2)) * 255).astype(dtype)
    network = small_network()
    outputs = network.forward(batch)
    assert outputs.dtype == np.float32
    assert np.array_equal(outputs, network.forward(batch.astype(np.float32)))


def test_lists_of_numbers_are_taken_as_float32():
    network = small_network()
    outputs = network.forward(BATCH.tolist())
    assert outputs.dtype == np.float32
    assert np.array_equal(outputs, network.forward(BATCH))
    network.set_weights([values.tolist() for values in network.weights])
    assert network.activations(BATCH[0].tolist())[0].dtype == np.float32
    network.forward(BATCH)
    assert network.backward([[1.5] * 5] * 5).dtype == np.float32


def test_doubles_make_the_network_compute_in_doubles():
    network = small_network()
    single = network.forward(BATCH)
    double = network.forward(BATCH.astype(np.float64))
    assert double.dtype == network.dtype == np.float64
    assert single == pytest.approx(double, abs=1e-5)
    assert network.layers[0].weights[0].dtype == np.float64
    assert network.backward(np.ones((5, 5), np.float32)).dtype == np.float64


@pytest.mark.parametrize(
    ("index", "wrong", "words"),
    [
        (0, layers.Dense(3), "Flatten"),
        (2, layers.MaxPool2D(9), "9 × 9"),
        (3, layers.Conv2D(4, 5), "5 × 5"),
        (6, layers.Conv2D(4, 1), "before Flatten"),
        (6, layers.AveragePool2D(1), "before Flatten"),
        (6, layers.GlobalAveragePool2D(), "pictures"),
    ],
)
def test_a_layer_that_does_not_fit_is_found(index, wrong, words):
    chain = small_layers()
    chain[index] = wrong
    with pytest.raises(ImpossibleLayerError, match=words) as caught:
        Network(chain, (8, 8, 2))
    assert caught.value.index == index


@pytest.mark.parametrize("shape", [(8, 8), (8, 8, 0), (8,), (0, 8, 1)])
def test_pictures_have_height_width_and_channels(shape):
    with pytest.raises(PlaygroundError, match="height, width, channels"):
        Network([layers.ReLU()], shape)


def test_a_network_has_layers_and_each_only_once():
    with pytest.raises(PlaygroundError, match="at least one layer"):
        Network([], (8, 8, 1))
    layer = layers.ReLU()
    with pytest.raises(PlaygroundError, match="only once"):
        Network([layer, layer], (8, 8, 1))


@pytest.mark.parametrize("shape", [(5, 8, 8), (5, 8, 8, 1), (8, 8, 2), (5, 7, 8, 2), ()])
def test_pictures_of_another_shape_are_refused(shape):
    with pytest.raises(PlaygroundError, match=r"\(8, 8, 2\)"):
        small_network().forward(np.zeros(shape, np.float32))


@pytest.mark.parametrize("shape", [(5, 4), (4, 5), (5,), (5, 5, 1), ()])
def test_a_gradient_of_another_shape_than_the_outputs_is_refused(shape):
    network = small_network()
    network.forward(BATCH)
    with pytest.raises(PlaygroundError, match=r"\(5, 5\)"):
        network.backward(np.zeros(shape))


def test_the_gradient_of_maps_is_told_batch_first():
    network = Network([layers.Conv2D(3, 3)], (8, 7, 2))
    network.forward(np.zeros((4, 8, 7, 2), np.float32))
    with pytest.raises(PlaygroundError, match=r"\(4, 6, 5, 3\).*\(4, 5, 6, 3\)"):
        network.backward(np.zeros((4, 5, 6, 3)))


def test_there_is_no_way_back_without_a_way_forward():
    network = small_network()
    with pytest.raises(PlaygroundError, match="forward"):
        network.backward(np.zeros((1, 5)))
    network.forward(BATCH)
    network.activations(BATCH[0])
    with pytest.raises(PlaygroundError, match="forward"):
        network.backward(np.zeros((5, 5)))


def test_a_replica_shares_the_weights_and_nothing_else():
    network = small_network()
    outputs = network.forward(BATCH)
    network.backward(np.ones((5, 5)))
    gradient = network.gradients.copy()
    replica = network.replica()
    assert np.array_equal(replica.forward(BATCH), outputs)
    replica.backward(np.zeros((5, 5)))
    assert np.array_equal(network.gradients, gradient)
    network.layers[0].weights[0][...] = 0
    assert not replica.layers[0].weights[0].any()


def test_a_replicas_borders_are_zero_too():
    network = Network([layers.Conv2D(2, 5, padding="same", dilation=2)], (9, 9, 3))
    batch = np.random.default_rng(0).random((4, 9, 9, 3), np.float32)
    outputs = network.forward(batch)
    for _ in range(5):
        np.full(batch.size * 4, np.nan, np.float32)  # what the next array is likely to find
        assert np.array_equal(network.replica().forward(batch), outputs)
