"""Another network's kernels come along bit for bit, and the head is a new one."""

from dataclasses import replace

import numpy as np
import pytest

from playground.core.convolve.convolution import conv2d
from playground.core.errors import PlaygroundError
from playground.core.network.building import build, initialized
from playground.core.network.transfer import body, transplanted, with_kernels_of
from playground.core.presets import starter_bank
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
from playground.core.tasks.classify import classifier

CLOTHES, LETTERS = ("shirt", "shoe", "bag"), ("a", "b")


def network(shape=(28, 28, 1), kernels=(4, 6), names=LETTERS, seed=1):
    return initialized(classifier(shape, kernels, names), "glorot_uniform", seed, shape)


def kernels_of(spec):
    return [(spec.conv(index).kernel, spec.conv(index).bias) for index in spec.convs]


def assert_same_kernels(one, other):
    for (kernel, bias), (expected, offset) in zip(kernels_of(one), kernels_of(other), strict=True):
        assert np.array_equal(kernel, expected)
        assert np.array_equal(bias, offset)


@pytest.mark.parametrize("shape", [(28, 28, 1), (64, 48, 1)])
def test_the_convolutions_are_kept_bit_for_bit_and_the_head_is_new(shape):
    donor = network(kernels=(4, 6, 5))
    made = transplanted(network(shape, (8, 16), CLOTHES), donor, seed=3)
    assert_same_kernels(made, donor)
    assert made.layers[: len(body(made))] == body(donor)
    assert made.layers[-1].names == CLOTHES
    assert made.input_shape == shape
    assert build(made, shape).shapes[-1] == (3,)


def test_a_random_start_with_the_same_seed_has_the_same_head():
    made = transplanted(network(names=CLOTHES), network(), initializer="he_normal", seed=5)
    random = initialized(made, "he_normal", 5, made.input_shape)
    assert random.layers[-1] == made.layers[-1]
    assert not np.array_equal(random.first_conv.kernel, made.first_conv.kernel)


def test_two_dense_layers_are_both_a_head_and_dropout_before_them_is_kept():
    donor = network()
    head = (FlattenSpec(), DenseSpec(np.ones((7, 5)), np.zeros(5), ("u",) * 5))
    donor = replace(donor, layers=(*body(donor), DropoutSpec(), *head, donor.layers[-1]))
    made = transplanted(network(names=CLOTHES), donor)
    assert [type(layer) for layer in made.layers[-3:]] == [DropoutSpec, FlattenSpec, DenseSpec]


def test_a_bank_made_by_hand_can_be_kept():
    made = transplanted(network(names=CLOTHES), NetworkSpec((starter_bank(1),)))
    assert_same_kernels(made, NetworkSpec((starter_bank(1),)))
    assert build(made, (28, 28, 1)).shapes[-1] == (3,)


@pytest.mark.parametrize(("had", "wanted"), [(1, 3), (3, 1)])
def test_grey_and_coloured_kernels_answer_alike_to_grey(had, wanted):
    donor = network((28, 28, had))
    made = transplanted(network((28, 28, wanted), names=CLOTHES), donor)
    picture = np.random.default_rng(0).random((20, 20, 1), np.float32)
    one, other = (
        conv2d(np.repeat(picture, each.channels, axis=2), each.kernel, each.bias)
        for each in (donor.first_conv, made.first_conv)
    )
    assert other == pytest.approx(one, abs=1e-5)


def test_what_cannot_be_kept_is_said_in_a_sentence():
    spec = network(names=CLOTHES)
    with pytest.raises(PlaygroundError, match="look at 2 channels"):
        transplanted(spec, network((28, 28, 2)))
    with pytest.raises(PlaygroundError, match="no head to replace"):
        transplanted(NetworkSpec(body(spec), spec.input_shape), spec)
    with pytest.raises(PlaygroundError, match="no convolution before its head"):
        transplanted(spec, NetworkSpec((FlattenSpec(), *spec.layers)))
    deep = NetworkSpec((*body(spec), *[Pool2DSpec()] * 6))
    with pytest.raises(PlaygroundError, match="The kept layers do not fit"):
        transplanted(spec, deep)
    wide = NetworkSpec((replace(starter_bank(1), edge="wrap"), ActivationSpec()))
    with pytest.raises(PlaygroundError, match="edge mode zero"):
        transplanted(spec, wide)


def test_a_head_with_too_many_weights_is_refused():
    shape = (128, 128, 1)
    many = Conv2DSpec(np.ones((3, 3, 1, 64)), np.zeros(64), ("k",) * 64)
    with pytest.raises(PlaygroundError, match="weights here"):
        transplanted(network(shape, names=("a", "b", "c", "d")), NetworkSpec((many,)))


def test_a_head_that_averages_is_kept_as_it_is():
    spec = network(names=CLOTHES)
    spec = replace(spec, layers=(*body(spec), GlobalAveragePool2DSpec(), spec.layers[-1]))
    made = transplanted(spec, network(kernels=(4, 9)))
    assert made.layers[-1].kernel.shape == (9, 3)


def test_kernels_are_put_back_only_where_they_fit():
    donor = network(kernels=(4, 6))
    other = network(kernels=(4, 7), seed=2)
    made = with_kernels_of(other, donor)
    assert np.array_equal(made.first_conv.kernel, donor.first_conv.kernel)
    assert made.layers[1:] == other.layers[1:]
