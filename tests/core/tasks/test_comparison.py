"""A task's target is compared with what the network itself makes, as training computes it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.core import conv2d
from playground.core.errors import PlaygroundError
from playground.core.specs import (
    ActivationSpec,
    Conv2DSpec,
    DenseSpec,
    FlattenSpec,
    NetworkSpec,
    Pool2DSpec,
)
from playground.core.tasks import comparison, copy_filter, denoise, filter_between
from playground.core.tasks.comparison import compare


def picture(height, width, channels=1, seed=0):
    return np.random.default_rng(seed).random((height, width, channels), np.float32)


def kernels(size, channels, count, seed=1, **settings):
    rng = np.random.default_rng(seed)
    weights = rng.normal(size=(*size, channels, count)) / (size[0] * size[1])
    return Conv2DSpec(weights, rng.normal(size=count), ("k",) * count, **settings)


def as_trained(task, network):
    """What a network of the training side makes of the whole picture: another way to compute it."""
    built = replace(task, inputs=task.before[np.newaxis], targets=task.after[np.newaxis])
    return built.built(network).forward(task.before[np.newaxis])[0]


@given(
    channels=st.sampled_from([1, 3]),
    flip=st.booleans(),
    relu=st.booleans(),
    sizes=st.sampled_from([((3, 3),), ((2, 2), (2, 2)), ((1, 3), (3, 1)), ((1, 1), (3, 3))]),
)
@settings(max_examples=20, deadline=None)
def test_it_is_the_networks_own_output(channels, flip, relu, sizes):
    task = copy_filter(picture(20, 24, channels), kernels((3, 3), channels, 1, seed=5))
    layers, depth = [], channels
    for number, size in enumerate(sizes):
        count = 2 if number < len(sizes) - 1 else 1
        layers.append(kernels(size, depth, count, seed=number, flip=flip))
        layers += [ActivationSpec("relu")] * relu
        depth = count
    network = NetworkSpec(tuple(layers))
    found = compare(task, network)
    expected = as_trained(task, network)
    assert found.made == pytest.approx(expected, abs=1e-5)
    assert found.error == pytest.approx(expected - task.after, abs=1e-5)
    assert found.rms == pytest.approx(np.sqrt(((expected - task.after) ** 2).mean()), rel=1e-4)
    assert found.whole


@pytest.mark.parametrize("edge", ["zero", "wrap", "reflect"])
@pytest.mark.parametrize("size", [(40, 30), (21, 18), (20, 33), (16, 16)])
def test_of_a_large_picture_the_middle_is_what_the_whole_would_give(monkeypatch, size, edge):
    task = denoise(picture(*size), kernels=2)
    first = kernels((5, 3), 1, 2, edge=edge, dilation=2)
    join = kernels((3, 3), 2, 1, seed=3, edge=edge)
    network = NetworkSpec((first, ActivationSpec("relu"), join))
    whole = compare(task, network)
    assert whole.made.shape == (*size, 1)
    monkeypatch.setattr(comparison, "SIDE", 16)
    part = compare(task, network)
    top, left = (size[0] - 16) // 2, (size[1] - 16) // 2
    window = np.s_[top : top + 16, left : left + 16]
    assert part.made == pytest.approx(whole.made[window], abs=1e-6)
    assert np.array_equal(part.target, task.after[window])
    spoiled = (task.before - task.after)[window]
    assert part.rms_before == pytest.approx(np.sqrt((spoiled**2).mean()))
    assert part.whole == (size == (16, 16))


@pytest.mark.parametrize(
    "layers",
    [
        (kernels((3, 3), 1, 1, dilation=2),),
        (kernels((3, 3), 1, 1, stride=2),),
        (kernels((5, 5), 1, 1),),
        (kernels((1, 1), 1, 1),),
        (kernels((3, 3), 1, 2),),
        (kernels((3, 3), 1, 1), Pool2DSpec("max", 2)),
        (
            kernels((3, 3), 1, 1),
            FlattenSpec(),
            DenseSpec(np.zeros((396, 2)), np.zeros(2), ("a", "b")),
        ),
    ],
    ids=["dilation", "stride", "larger", "1 × 1", "two maps", "pool", "dense"],
)
def test_what_is_not_shaped_like_the_target_is_not_compared(layers):
    task = copy_filter(picture(20, 24), kernels((3, 3), 1, 1))
    found = compare(task, NetworkSpec(layers))
    assert found.made is found.error is found.rms is None
    assert found.made_shape != found.target_shape == task.after.shape
    assert np.array_equal(found.target, task.after)


def test_kernels_for_other_channels_are_refused_in_a_sentence():
    task = copy_filter(picture(20, 24), kernels((3, 3), 1, 1))
    with pytest.raises(PlaygroundError, match="3 input channels"):
        compare(task, NetworkSpec((kernels((3, 3), 3, 1),)))


def test_kernels_are_measured_where_they_are_of_one_shape_and_as_they_are_applied():
    goal = kernels((3, 3), 3, 1, seed=7)
    task = copy_filter(picture(20, 24, 3), goal)
    turned = replace(goal, kernel=goal.kernel[::-1, ::-1], flip=True)
    found = compare(task, NetworkSpec((turned,)))
    assert found.distance == 0
    assert found.rms < 1e-6
    assert np.array_equal(found.learner, goal.kernel)
    one_off = goal.kernel.copy()
    one_off[2, 0, 1, 0] += 0.25
    assert compare(task, NetworkSpec((replace(goal, kernel=one_off),))).distance == 0.25
    assert compare(task, NetworkSpec((kernels((1, 1), 3, 1),))).distance is None
    assert compare(task, NetworkSpec((kernels((3, 3), 3, 2),))).distance is None


def test_a_restored_picture_is_measured_beside_the_spoiled_one():
    task = denoise(picture(30, 30))
    identity = np.zeros((3, 3, 1, 1))
    identity[1, 1] = 1
    found = compare(task, NetworkSpec((Conv2DSpec(identity, np.zeros(1), ("same",)),)))
    assert found.rms == pytest.approx(found.rms_before)
    assert found.rms_before == pytest.approx(np.sqrt(((task.before - task.after) ** 2).mean()))
    assert found.learner is found.distance is None


@pytest.mark.parametrize("gain", [1, 3])
def test_of_a_pair_both_errors_are_of_all_values_and_cut_off_as_the_second_picture_is(gain):
    before = picture(30, 34)
    made = conv2d(before, gain * kernels((3, 3), 1, 1).kernel, np.full(1, 0.4), padding="same")
    task = filter_between(before, np.clip(made, 0, 1).astype(np.float32).transpose(1, 2, 0))
    network = NetworkSpec((kernels((3, 3), 1, 1, seed=9),))
    found = compare(task, network)
    assert found.rms_fitted == pytest.approx(task.fit.residual, abs=1e-6)
    expected = np.clip(as_trained(task, network), 0, 1) - task.after
    assert found.rms == pytest.approx(np.sqrt((expected**2).mean()), rel=1e-5)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_an_output_that_is_not_finite_is_not_taken_for_one_that_was_cut_off(value):
    task = filter_between(picture(20, 24), picture(20, 24, seed=1))
    exploded = kernels((3, 3), 1, 1)
    network = NetworkSpec((replace(exploded, bias=np.float32([value])),))
    assert np.isnan(compare(task, network).rms)


def test_an_output_that_is_no_number_is_not_taken_for_a_small_error():
    task = copy_filter(picture(20, 24), kernels((3, 3), 1, 1))
    exploded = kernels((3, 3), 1, 1)
    exploded = replace(exploded, kernel=exploded.kernel * np.float32(np.nan))
    assert np.isnan(compare(task, NetworkSpec((exploded,))).rms)


def test_it_can_be_stopped():
    task = denoise(picture(512, 512))
    assert compare(task, task.network, should_stop=lambda: True) is None
