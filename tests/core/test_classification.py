"""Who is taken for whom, counted; and any picture made into an example."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.core import Network, layers
from playground.core.claims import Claim
from playground.core.classification import as_example, class_report, classify_all


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


@given(side=st.integers(1, 40), bright=st.floats(0, 0.5))
def test_a_flat_picture_of_any_size_stays_flat(side, bright):
    flat = np.full((side, side + 3, 1), bright, np.float32)
    assert as_example(flat, (28, 28, 1)) == pytest.approx(np.full((28, 28, 1), bright), abs=1e-6)


def test_a_picture_of_the_right_size_is_left_as_it_is():
    picture = np.zeros((28, 28, 1), np.float32)
    picture[8:20, 12:16] = 1
    assert as_example(picture, (28, 28, 1)) == pytest.approx(picture)


def test_ink_on_paper_becomes_light_on_dark():
    paper = np.ones((56, 56, 1), np.float32)
    paper[20:40, 26:30] = 0
    example = as_example(paper, (28, 28, 1))
    assert example[0, 0, 0] == pytest.approx(0)
    assert example[15, 13, 0] == pytest.approx(1)


@pytest.mark.parametrize(("given", "wanted"), [(1, 3), (3, 1)])
def test_channels_are_made_to_fit(given, wanted):
    picture = np.random.default_rng(0).random((9, 7, given), np.float32)
    assert as_example(picture, (5, 5, wanted)).shape == (5, 5, wanted)
