"""Pictures with classes, and the stratified split."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.core.datasets.dataset import Dataset
from playground.core.errors import PlaygroundError


def numbered(counts, name="Pictures"):
    """A data set of 1 × 1 pictures, each of a grey of its own, classes taking turns."""
    labels = np.repeat(np.arange(len(counts)), counts)
    labels = np.random.default_rng(1).permutation(labels)
    inputs = np.arange(len(labels)).reshape(-1, 1, 1, 1) / max(1, len(labels))
    return Dataset(inputs, labels, tuple("abcdefgh"[: len(counts)]), name)


def greys(dataset):
    return dataset.inputs[:, 0, 0, 0].tolist()


def test_arrays_are_float32_and_int64_and_read_only():
    dataset = Dataset(np.zeros((3, 4, 5, 1)), np.array([0, 1, 1], np.uint8), ("a", "b"), "Three")
    assert (dataset.inputs.dtype, dataset.labels.dtype) == (np.float32, np.int64)
    assert not dataset.inputs.flags.writeable
    assert not dataset.labels.flags.writeable
    assert len(dataset) == 3
    assert dataset.input_shape == (4, 5, 1)
    assert dataset.class_counts == (1, 2)


def test_a_writable_array_is_copied_and_a_read_only_one_is_kept():
    inputs, labels = np.zeros((2, 1, 1, 1), np.float32), np.zeros(2, np.int64)
    copied = Dataset(inputs, labels, ("a",), "Copy")
    inputs[:] = 1
    labels[:] = 9
    assert copied.inputs.max() == 0
    assert copied.labels.max() == 0
    labels[:] = 0
    inputs.flags.writeable = labels.flags.writeable = False
    kept = Dataset(inputs, labels, ("a",), "Kept")
    assert kept.inputs is inputs
    assert kept.labels is labels


@pytest.mark.parametrize(
    ("inputs", "labels", "sentence"),
    [
        (np.zeros((2, 3, 3)), [0, 1], r"not \(2, 3, 3\)"),
        (np.zeros((0, 3, 3, 1)), [], r"not \(0, 3, 3, 1\)"),
        (np.zeros((2, 0, 3, 1)), [0, 1], r"not \(2, 0, 3, 1\)"),
        (np.zeros((2, 1, 1, 1)), [0, 1, 0], r"each of its 2 pictures.*\(3,\)"),
        (np.zeros((2, 1, 1, 1)), [[0], [1]], r"\(2, 1\)"),
        (np.zeros((2, 1, 1, 1)), [0, 2], "labels from 0 to 2.*2 class names"),
        (np.zeros((2, 1, 1, 1)), [-1, 0], "labels from -1"),
        (np.zeros((2, 1, 1, 1)), [0.0, 1.0], "whole numbers as labels, not float64"),
        (np.full((2, 1, 1, 1), 255), [0, 1], "outside 0 to 1"),
        (np.full((2, 1, 1, 1), -0.1), [0, 1], "outside 0 to 1"),
        (np.full((2, 1, 1, 1), np.nan), [0, 1], "outside 0 to 1"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_sentence(inputs, labels, sentence):
    with pytest.raises(PlaygroundError, match=f"^Mine .*{sentence}.*\\.$"):
        Dataset(inputs, np.asarray(labels), ("a", "b"), "Mine")


def test_taken_pictures_keep_their_labels_classes_and_order():
    dataset = numbered((3, 3))
    taken = dataset.take([4, 0])
    assert greys(taken) == [greys(dataset)[4], greys(dataset)[0]]
    assert taken.labels.tolist() == dataset.labels[[4, 0]].tolist()
    assert (taken.class_names, taken.name) == (dataset.class_names, dataset.name)


def test_a_fifth_of_every_class_is_set_aside():
    train, validation = numbered((50, 20, 10)).split()
    assert train.class_counts == (40, 16, 8)
    assert validation.class_counts == (10, 4, 2)


@pytest.mark.parametrize(("fraction", "aside"), [(0.01, 1), (0.99, 2)])
def test_neither_part_is_left_without_a_class(fraction, aside):
    train, validation = numbered((3, 3)).split(fraction)
    assert validation.class_counts == (aside, aside)
    assert train.class_counts == (3 - aside, 3 - aside)


def test_the_only_picture_of_a_class_is_learned_from():
    train, validation = numbered((2, 1, 0)).split()
    assert train.class_counts == (1, 1, 0)
    assert validation.class_counts == (1, 0, 0)
    assert validation.class_names == ("a", "b", "c")


def test_there_is_nothing_to_set_aside_of_single_pictures():
    with pytest.raises(PlaygroundError, match=r"^Mine has only one picture of each class"):
        numbered((1, 1), "Mine").split()


@pytest.mark.parametrize("fraction", [0, 1, -0.5, 2, float("nan")])
def test_the_share_set_aside_lies_between_0_and_1(fraction):
    with pytest.raises(PlaygroundError, match="between 0 and 1"):
        numbered((5, 5)).split(fraction)


def test_a_seed_decides_the_split():
    dataset = numbered((20, 20))
    assert greys(dataset.split(seed=3)[1]) == greys(dataset.split(seed=3)[1])
    assert greys(dataset.split(seed=3)[1]) != greys(dataset.split(seed=4)[1])


@given(
    st.lists(st.integers(0, 9), min_size=1, max_size=6).filter(lambda counts: max(counts) > 1),
    st.floats(0.001, 0.999),
    st.integers(0, 100),
)
def test_every_picture_is_in_exactly_one_part_and_order_is_kept(counts, fraction, seed):
    dataset = numbered(counts)
    parts = dataset.split(fraction, seed)
    assert sorted(greys(parts[0]) + greys(parts[1])) == greys(dataset)
    for part in parts:
        assert greys(part) == sorted(greys(part))
        where = np.searchsorted(greys(dataset), greys(part))
        np.testing.assert_array_equal(part.labels, dataset.labels[where])
    for count, aside in zip(counts, parts[1].class_counts, strict=True):
        assert (count > aside > 0) if count > 1 else aside == 0
