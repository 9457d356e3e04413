"""The patches that excite a kernel most, held against looking at every place of every example."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from playground.core import conv2d
from playground.core.convolve.geometry import ReceptiveField, map_size
from playground.core.errors import PlaygroundError
from playground.core.explain.strongest import (
    cut,
    find_patch,
    strongest_patches,
    unit_over,
    up_to_kernel,
)
from playground.core.network.layer_input import layer_input
from playground.core.specs import (
    ActivationSpec,
    Conv2DSpec,
    DenseSpec,
    DropoutSpec,
    FlattenSpec,
    NetworkSpec,
    Pool2DSpec,
)


def conv(rng, channels, kernels, size=3, **set_to):
    weights = rng.normal(size=(size, size, channels, kernels))
    return Conv2DSpec(weights, rng.normal(size=kernels), ("k",) * kernels, **set_to)


def examples(rng, count=12, height=11, width=13, channels=1):
    return rng.random((count, height, width, channels), np.float32)


def brute_force(layers, kernel, pictures):
    """(value, example, row, column) of the best place of every example, strongest first."""
    found = []
    for number, picture in enumerate(pictures):
        values = layer_input(picture, layers)[:, :, kernel]
        row, column = np.unravel_index(values.argmax(), values.shape)
        found.append((float(values[row, column]), number, int(row), int(column)))
    best = sorted(found, key=lambda one: (-one[0], one[1]))
    return [one for one in best if one[0] > 0]


@st.composite
def networks(draw):
    """One to three convolutions with whatever may stand between them."""
    rng = np.random.default_rng(draw(st.integers(0, 999)))
    layers, channels = [], draw(st.sampled_from([1, 3]))
    first = channels
    for _ in range(draw(st.integers(1, 3))):
        kernels = draw(st.integers(1, 3))
        layers.append(
            conv(
                rng,
                channels,
                kernels,
                draw(st.integers(1, 4)),
                stride=draw(st.integers(1, 2)),
                dilation=draw(st.integers(1, 2)),
                padding=draw(st.sampled_from(["same", "valid", 1, (2, 0, 1, 3)])),
                flip=draw(st.booleans()),
            )
        )
        if draw(st.booleans()):
            layers.append(ActivationSpec(draw(st.sampled_from(["relu", "tanh", "abs"]))))
        if draw(st.booleans()):
            layers.append(Pool2DSpec(draw(st.sampled_from(["max", "average"])), 2))
        if draw(st.booleans()):
            layers.append(DropoutSpec(0.5))
        channels = kernels
    while not isinstance(layers[-1], Conv2DSpec):
        layers.pop()
    return NetworkSpec(tuple(layers)), examples(rng, channels=first)


@settings(max_examples=60, deadline=None)
@given(networks(), st.data())
def test_they_are_those_that_looking_everywhere_finds(case, data):
    spec, pictures = case
    try:
        map_size(pictures.shape[1:3], spec.layers)
    except PlaygroundError:
        assume(False)
    layer = len(spec.layers) - 1
    kernel = data.draw(st.integers(0, spec.conv(layer).filters - 1))
    found = strongest_patches(spec, layer, kernel, pictures)
    expected = brute_force(spec.layers, kernel, pictures)[:9]
    assert [one.value for one in found] == pytest.approx(
        [one[0] for one in expected], rel=1e-3, abs=1e-4
    )
    assert len({one.example for one in found}) == len(found)
    for one in found:
        values = layer_input(pictures[one.example], spec.layers)[:, :, kernel]
        assert values[one.row, one.column] == pytest.approx(one.value, rel=1e-3, abs=1e-4)


@settings(max_examples=40, deadline=None)
@given(networks())
def test_nothing_outside_the_cut_field_matters(case):
    spec, pictures = case
    try:
        map_size(pictures.shape[1:3], spec.layers)
    except PlaygroundError:
        assume(False)
    for one in strongest_patches(spec, len(spec.layers) - 1, 0, pictures, count=3):
        other = np.full_like(pictures[one.example], 7.0)
        rows = slice(max(0, one.field.top), max(0, one.field.top + one.field.height))
        columns = slice(max(0, one.field.left), max(0, one.field.left + one.field.width))
        other[rows, columns] = pictures[one.example][rows, columns]
        values = layer_input(other, spec.layers)[:, :, 0]
        assert values[one.row, one.column] == pytest.approx(one.value, rel=1e-3, abs=1e-3)
        assert one.pixels.shape[:2] == (one.field.height, one.field.width)


def test_the_patch_under_one_kernel_gives_its_value():
    rng = np.random.default_rng(3)
    spec, pictures = NetworkSpec((conv(rng, 3, 4, 5),)), examples(rng, channels=3)
    for one in strongest_patches(spec, 0, 2, pictures):
        bank = spec.conv(0)
        alone = conv2d(one.pixels, bank.kernel[..., 2:3], bank.bias[2:3], padding="valid")
        assert alone.item() == pytest.approx(one.value, rel=1e-4)


def test_only_positive_responses_count():
    rng = np.random.default_rng(0)
    dark = replace(conv(rng, 1, 1), kernel=-np.ones((3, 3, 1, 1)), bias=-np.ones(1))
    assert strongest_patches(NetworkSpec((dark,)), 0, 0, examples(rng)) == ()


def test_of_equal_examples_the_first_comes_first():
    rng = np.random.default_rng(0)
    pictures = np.repeat(examples(rng, count=1), 20, axis=0)
    bright = replace(conv(rng, 1, 1), kernel=np.ones((3, 3, 1, 1)))
    found = strongest_patches(NetworkSpec((bright,)), 0, 0, pictures)
    assert [one.example for one in found] == list(range(9))


def test_many_examples_go_through_in_parts(monkeypatch):
    rng = np.random.default_rng(1)
    spec, pictures = NetworkSpec((conv(rng, 1, 2),)), examples(rng, count=70)
    whole = strongest_patches(spec, 0, 1, pictures)
    monkeypatch.setattr("playground.core.explain.strongest._CHUNK_VALUES", 9 * 11 * 13 * 4)
    asked = []
    parts = strongest_patches(spec, 0, 1, pictures, should_stop=lambda: bool(asked.append(1)))
    assert len(asked) == 18
    assert [(one.example, one.row, one.column) for one in parts] == [
        (one.example, one.row, one.column) for one in whole
    ]


def test_it_can_be_stopped():
    rng = np.random.default_rng(1)
    spec = NetworkSpec((conv(rng, 1, 2),))
    assert strongest_patches(spec, 0, 0, examples(rng), should_stop=lambda: True) is None


def test_the_padding_of_the_task_takes_the_place_of_the_layers_own():
    rng = np.random.default_rng(2)
    spec, pictures = NetworkSpec((conv(rng, 1, 1, padding="same"),)), examples(rng)
    for one in strongest_patches(spec, 0, 0, pictures, padding="valid"):
        assert (one.field.top, one.field.left) == (one.row, one.column)


def test_a_head_behind_the_layer_does_not_matter():
    rng = np.random.default_rng(2)
    head = (FlattenSpec(), DenseSpec(np.zeros((5, 2)), np.zeros(2), ("a", "b")))
    spec = NetworkSpec((conv(rng, 1, 3), *head))
    assert len(up_to_kernel(spec, 0, 2).layers) == 1
    assert len(strongest_patches(spec, 0, 2, examples(rng))) == 9


def test_weights_that_are_no_numbers_excite_nothing():
    rng = np.random.default_rng(2)
    broken = replace(conv(rng, 1, 1), kernel=np.full((3, 3, 1, 1), np.nan))
    assert strongest_patches(NetworkSpec((broken,)), 0, 0, examples(rng)) == ()


def test_beyond_the_border_a_cut_is_zero():
    picture = np.arange(1, 13, dtype=np.float32).reshape(3, 4, 1)
    made = cut(picture, ReceptiveField((-1, 0, 1), (2, 3, 4, 5)))[:, :, 0]
    assert made.tolist() == [[0, 0, 0, 0], [3, 4, 0, 0], [7, 8, 0, 0]]
    assert not cut(picture, ReceptiveField((-9, -8, -7), (0, 1, 2))).any()


def test_a_patch_is_found_where_it_was_cut():
    rng = np.random.default_rng(4)
    picture = rng.integers(0, 3, (30, 40, 1)).astype(np.float32)
    assert find_patch(picture, picture[7:16, 21:33]) == (7, 21)
    assert find_patch(picture, picture[7:16, 21:33] + 1) is None
    assert find_patch(picture[:5], picture[7:16, 21:33]) is None


def test_the_unit_over_a_field_is_the_one_that_has_it():
    rng = np.random.default_rng(5)
    layers = (conv(rng, 1, 2, padding="same"), Pool2DSpec("max", 2), conv(rng, 2, 1))
    spec, pictures = NetworkSpec(layers), examples(rng, height=20, width=16)
    for one in strongest_patches(spec, 2, 0, pictures):
        place = one.field.top, one.field.left
        assert unit_over(spec, 2, place, (20, 16)) == (one.row, one.column)
    for one in strongest_patches(spec, 0, 1, pictures, padding="valid"):
        # The window's maps are padded, so what was seen first stands one further in them.
        place = one.field.top, one.field.left
        assert unit_over(spec, 0, place, (20, 16)) == ((one.row + 1) // 2, (one.column + 1) // 2)
