"""Who is taken for whom, counted."""

import numpy as np
import pytest

from playground.core import Network, layers
from playground.core.claims import Claim
from playground.core.explain.classification import class_report, classify_all


@pytest.fixture
def network():
    return Network([layers.Flatten(), layers.Dense(3)], (4, 4, 1), seed=1)


@pytest.fixture
def pictures():
    return np.random.default_rng(0).random((300, 4, 4, 1), np.float32)


def test_chances_are_the_softmax_of_the_outputs_and_sum_to_one(network, pictures):
    chances = classify_all(network, pictures)
    powers = np.exp(network.forward(pictures).astype(np.float64))
    assert chances == pytest.approx(powers / powers.sum(axis=1, keepdims=True), abs=1e-6)


def test_a_picture_alone_gets_exactly_the_chances_it_gets_among_others():
    network = Network(
        [layers.Conv2D(8, 3), layers.ReLU(), layers.Flatten(), layers.Dense(7)], (9, 8, 3)
    )
    network.set_weights([20 * weight for weight in network.weights])
    pictures = np.random.default_rng(1).random((75, 9, 8, 3), np.float32)
    alone = [classify_all(network, picture[np.newaxis])[0] for picture in pictures]
    assert np.array_equal(classify_all(network, pictures), alone)


def test_the_matrix_counts_every_picture_once_in_its_own_row(network, pictures):
    labels = np.arange(300) % 3
    report = class_report(network, pictures, labels, 3)
    predicted = network.forward(pictures).argmax(axis=1)
    for row in range(3):
        for column in range(3):
            both = np.sum((labels == row) & (predicted == column))
            assert report.confusion[row, column] == both
    assert report.accuracy == np.trace(report.confusion) / 300


def test_mistakes_are_listed_with_the_surest_first(network, pictures):
    labels = np.arange(300) % 3
    report = class_report(network, pictures, labels, 3)
    sure = report.chances[report.mistaken].max(axis=1)
    assert (np.diff(sure) <= 0).all()
    assert set(report.mistaken) == set(np.flatnonzero(report.predicted != labels))


def test_outputs_beyond_all_numbers_name_no_class(network, pictures):
    kernel, bias = network.weights
    network.set_weights([np.sign(kernel) * np.float32(3e38), bias])
    spoiled = pictures.copy()
    spoiled[::3] = 0
    with np.errstate(all="ignore"):
        outputs = network.forward(spoiled).astype(np.float64)
        report = class_report(network, spoiled, np.zeros(300, np.intp), 3)
    # What is infinitely small beside another output is a chance of zero.
    numbers = np.isfinite(outputs.max(axis=1))
    assert numbers[::3].all()
    assert not numbers.all()
    assert (report.predicted[~numbers] == -1).all()
    assert (report.predicted[numbers] == outputs[numbers].argmax(axis=1)).all()
    assert report.confusion.sum() == numbers.sum()
    assert report.no_numbers == Claim("no numbers", (int((~numbers).sum()),), 300)
    assert report.accuracy == np.mean(numbers & (report.predicted == 0))
    assert set(report.mistaken) == set(np.flatnonzero(report.predicted != 0))
    assert class_report(network, spoiled[::3], np.zeros(100, np.intp), 3).no_numbers is None
