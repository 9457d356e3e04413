"""Bars of four orientations and five shapes, drawn by rule."""

from __future__ import annotations

import time

import numpy as np
import pytest

from playground.core import Network, Trainer, layers
from playground.core.datasets.generated import SHAPES, oriented_lines, shapes
from playground.core.errors import PlaygroundError

MAKERS = (oriented_lines, shapes)


def slopes(images):
    """The direction across the strongest edges of each picture (N, H, W), in degrees."""
    down, across = np.gradient(images, axis=(1, 2))
    double = np.arctan2((2 * across * down).sum((1, 2)), (across**2 - down**2).sum((1, 2)))
    return np.degrees(double) / 2


@pytest.mark.parametrize("make", MAKERS)
class TestBoth:
    def test_values_are_float32_from_0_to_1(self, make):
        dataset = make(50)
        assert dataset.inputs.shape == (50, 28, 28, 1)
        assert dataset.inputs.dtype == np.float32
        assert dataset.inputs.min() >= 0
        assert dataset.inputs.max() <= 1

    @pytest.mark.parametrize("count", [5, 59, 60])
    def test_classes_take_equal_shares_in_a_random_order(self, make, count):
        dataset = make(count)
        assert len(dataset) == count
        assert max(dataset.class_counts) - min(dataset.class_counts) <= 1
        assert dataset.labels.tolist() != sorted(dataset.labels.tolist())

    def test_a_seed_decides_every_pixel(self, make):
        first, same, other = make(40, seed=3), make(40, seed=3), make(40, seed=4)
        np.testing.assert_array_equal(first.inputs, same.inputs)
        np.testing.assert_array_equal(first.labels, same.labels)
        assert not np.array_equal(first.inputs, other.inputs)

    def test_no_two_pictures_are_alike(self, make):
        dataset = make(200)
        assert len({picture.tobytes() for picture in dataset.inputs}) == 200

    @pytest.mark.parametrize("size", [16, 33, 128])
    def test_pictures_are_as_large_as_asked_for(self, make, size):
        dataset = make(8, size)
        assert dataset.input_shape == (size, size, 1)
        spread = dataset.inputs.max((1, 2, 3)) - dataset.inputs.min((1, 2, 3))
        assert spread.min() > 0.4, "something is drawn in each"

    def test_2000_pictures_take_well_under_a_second(self, make):
        start = time.perf_counter()
        make(2000)
        assert time.perf_counter() - start < 0.8

    @pytest.mark.parametrize(
        ("count", "size", "sentence"), [(3, 28, "At least . pictures"), (50, 15, "at least 16")]
    )
    def test_too_few_or_too_small_is_refused(self, make, count, size, sentence):
        with pytest.raises(PlaygroundError, match=sentence):
            make(count, size)


@pytest.mark.parametrize(("make", "enough"), [(oriented_lines, 0.95), (shapes, 0.6)])
def test_a_small_network_learns_to_tell_them_apart(make, enough):
    train, validation = make(2000, seed=1).split()
    blocks = [
        *(layers.Conv2D(8, 5), layers.ReLU(), layers.MaxPool2D(2)),
        *(layers.Conv2D(16, 3), layers.ReLU(), layers.MaxPool2D(2)),
    ]
    head = [layers.Flatten(), layers.Dense(len(train.class_names))]
    trainer = Trainer(
        *(Network([*blocks, *head], train.input_shape), train.inputs, train.labels),
        loss="softmax_cross_entropy",
        optimizer="adam",
        batch_size=32,
    )
    for _ in range(6 * trainer.steps_per_epoch):
        trainer.step()
    assert trainer.evaluate(validation.inputs, validation.labels)[1] > enough


@pytest.mark.parametrize(
    ("name", "across"), [("horizontal", 90), ("vertical", 0), ("rising", 45), ("falling", -45)]
)
def test_edges_run_across_the_line(name, across):
    dataset = oriented_lines(400, 48)
    found = slopes(dataset.inputs[dataset.labels == dataset.class_names.index(name), ..., 0])
    # A direction and its opposite are the same line.
    error = (found - across + 90) % 180 - 90
    assert np.median(np.abs(error)) < 6
    assert np.abs(error).max() < 20


def test_the_middle_of_a_ring_is_dark_and_of_every_other_shape_bright():
    dataset = shapes(200, 64)
    for picture, label in zip(dataset.inputs[..., 0], dataset.labels, strict=True):
        blurred = picture > (picture.min() + picture.max()) / 2
        rows, columns = np.nonzero(blurred)
        middle = picture[round(rows.mean()) + np.arange(-1, 2), round(columns.mean())].mean()
        ground = np.median(np.concatenate([picture[0], picture[-1]]))
        assert (middle - ground < 0.25) == (SHAPES[label] == "ring")


def test_shapes_lie_inside():
    dataset = shapes(200, 32)
    inside = dataset.inputs[:, 4:-4, 4:-4].std((1, 2, 3)).mean()
    for rim in (dataset.inputs[:, 0], dataset.inputs[:, -1], dataset.inputs[:, :, 0]):
        assert rim.std((1, 2)).mean() < inside / 2


def test_rims_are_antialiased():
    clear = [np.sort(picture.ravel()) for picture in shapes(60, 32).inputs]
    between = [
        ((v > 0.3 * v[-1] + 0.7 * v[0]) & (v < 0.7 * v[-1] + 0.3 * v[0])).sum() for v in clear
    ]
    assert np.median(between) > 8
