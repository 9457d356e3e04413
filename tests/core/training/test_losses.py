"""Losses: the formula, its slope, what is right, and what is refused."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.core.errors import PlaygroundError
from playground.core.training import losses
from tests.core.differences import assert_slopes

counts = st.integers(1, 5)


@settings(max_examples=40, deadline=None)
@given(counts, st.sampled_from([(), (3,), (2, 3, 2)]), st.integers(0, 99))
def test_mean_squared_error(count, shape, seed):
    rng = np.random.default_rng(seed)
    outputs, targets = rng.normal(size=(2, count, *shape))
    loss = losses.MeanSquaredError()
    assert loss(outputs, targets) == pytest.approx(((outputs - targets) ** 2).mean(), rel=1e-12)
    assert_slopes(loss.gradient(outputs, targets), lambda z: loss(z, targets), outputs, 1e-3)


@settings(max_examples=40, deadline=None)
@given(counts, st.integers(1, 6), st.integers(0, 99))
def test_softmax_cross_entropy_of_classes(count, classes, seed):
    rng = np.random.default_rng(seed)
    outputs, targets = 3 * rng.normal(size=(count, classes)), rng.integers(0, classes, count)
    chances = np.exp(outputs) / np.exp(outputs).sum(axis=1, keepdims=True)
    loss = losses.SoftmaxCrossEntropy()
    expected = -np.log(chances[np.arange(count), targets]).mean()
    assert loss(outputs, targets) == pytest.approx(expected, abs=1e-12)
    assert_slopes(loss.gradient(outputs, targets), lambda z: loss(z, targets), outputs, 1e-5)


@settings(max_examples=40, deadline=None)
@given(counts, st.integers(1, 6), st.integers(0, 99))
def test_softmax_cross_entropy_of_shares(count, classes, seed):
    rng = np.random.default_rng(seed)
    outputs, targets = 3 * rng.normal(size=(count, classes)), rng.random((count, classes))
    logs = outputs - np.log(np.exp(outputs).sum(axis=1, keepdims=True))
    loss = losses.SoftmaxCrossEntropy()
    expected = -(targets * logs).sum() / count
    assert loss(outputs, targets) == pytest.approx(expected, abs=1e-12)
    assert_slopes(loss.gradient(outputs, targets), lambda z: loss(z, targets), outputs, 1e-5)


def test_a_class_and_its_row_of_one_and_zeros_are_the_same():
    outputs = np.random.default_rng(0).normal(size=(4, 3))
    loss = losses.SoftmaxCrossEntropy()
    rows = np.eye(3, dtype=int)[[2, 0, 1, 1]]
    assert loss(outputs, rows) == pytest.approx(loss(outputs, [2, 0, 1, 1]), rel=1e-12)
    assert loss.gradient(outputs, rows) == pytest.approx(loss.gradient(outputs, [2, 0, 1, 1]))


@settings(max_examples=60, deadline=None)
@given(counts, st.integers(1, 4), st.booleans(), st.integers(0, 99))
def test_binary_cross_entropy(count, units, from_logits, seed):
    rng = np.random.default_rng(seed)
    logits, targets = 3 * rng.normal(size=(count, units)), rng.random((count, units)).round(1)
    chances = 1 / (1 + np.exp(-logits))
    outputs = logits if from_logits else chances
    loss = losses.BinaryCrossEntropy(from_logits)
    expected = -(targets * np.log(chances) + (1 - targets) * np.log(1 - chances)).mean()
    assert loss(outputs, targets) == pytest.approx(expected, rel=1e-9)
    found = loss.gradient(outputs, targets)
    if from_logits:
        assert_slopes(found, lambda z: loss(z, targets), outputs)
    else:
        # d/dp of the formula: differences of so steep a function are not as exact.
        slopes = (chances - targets) / (chances * (1 - chances)) / chances.size
        assert found == pytest.approx(slopes, rel=1e-9)


@settings(max_examples=30, deadline=None)
@given(counts, st.integers(0, 99))
def test_binary_cross_entropy_of_chances_away_from_the_ends(count, seed):
    rng = np.random.default_rng(seed)
    outputs, targets = rng.uniform(0.2, 0.8, (count, 2)), rng.integers(0, 2, (count, 2))
    loss = losses.BinaryCrossEntropy()
    assert_slopes(loss.gradient(outputs, targets), lambda z: loss(z, targets), outputs, 1e-5)


def test_yes_and_no_can_be_one_number_for_each_picture():
    loss = losses.BinaryCrossEntropy(from_logits=True)
    outputs = np.array([[0.5], [-1.0], [2.0]])
    assert loss(outputs, [1, 0, 1]) == loss(outputs, [[1], [0], [1]])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("extreme", [0.0, 1.0])
def test_certain_chances_cost_much_but_not_without_end(extreme, dtype):
    loss = losses.BinaryCrossEntropy()
    outputs = np.full((1, 1), extreme, dtype)
    for target in (0, 1):
        assert np.isfinite(loss(outputs, [[target]]))
        assert np.isfinite(loss.gradient(outputs, [[target]])).all()
    assert loss(outputs, [[1 - extreme]]) > 10 > 1e-5 > loss(outputs, [[extreme]])


@pytest.mark.parametrize("size", [1e3, 1e30])
def test_huge_logits_overflow_nothing(size):
    outputs = np.array([[size, -size, 0]], np.float32)
    assert losses.SoftmaxCrossEntropy()(outputs, [0]) == 0
    assert losses.SoftmaxCrossEntropy()(outputs, [1]) == pytest.approx(2 * size)
    assert losses.BinaryCrossEntropy(from_logits=True)(outputs[:, :2], [[1, 0]]) == 0


@pytest.mark.parametrize("name", sorted(losses.ALL))
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_what_is_given_stays_as_it_is_and_sets_the_precision(name, dtype):
    rng = np.random.default_rng(0)
    outputs, targets = rng.uniform(0.1, 0.9, (2, 4, 3)).astype(dtype)
    copies = outputs.copy(), targets.copy()
    loss = losses.get(name)
    loss(outputs, targets)
    assert loss.gradient(outputs, targets).dtype == dtype
    assert np.array_equal(outputs, copies[0])
    assert np.array_equal(targets, copies[1])


@pytest.mark.parametrize("name", sorted(losses.ALL))
@pytest.mark.parametrize("targets", [np.zeros((4, 2)), np.zeros((3, 3)), np.zeros((4, 3, 1))])
def test_targets_of_another_shape_are_refused(name, targets):
    outputs = np.full((4, 3), 0.5)
    with pytest.raises(PlaygroundError, match=r"\(4, 3\)"):
        losses.get(name)(outputs, targets)


@pytest.mark.parametrize("name", sorted(losses.ALL))
@pytest.mark.parametrize("count", [0, 1, 3, 5])
def test_another_number_of_targets_is_refused(name, count):
    with pytest.raises(PlaygroundError):
        losses.get(name)(np.full((4, 3), 0.5), np.zeros(count, int))


def test_one_answer_for_each_picture_is_not_enough_for_several_outputs():
    with pytest.raises(PlaygroundError, match=r"\(4, 3\)"):
        losses.BinaryCrossEntropy()(np.full((4, 3), 0.5), [0, 1, 1, 0])


def test_the_shapes_of_pictures_are_told_batch_first():
    with pytest.raises(PlaygroundError, match=r"\(5, 2, 3, 4\).*\(5, 2, 3, 1\)"):
        losses.MeanSquaredError()(np.zeros((5, 2, 3, 4)), np.zeros((5, 2, 3, 1)))


@pytest.mark.parametrize("targets", [[0, 3], [-1, 0], [0.5, 1.0], [float("nan"), 0]])
def test_a_class_that_is_not_there_is_refused(targets):
    with pytest.raises(PlaygroundError, match="class"):
        losses.SoftmaxCrossEntropy()(np.zeros((2, 3)), targets)


def test_classes_may_come_as_whole_floats_or_small_integers():
    outputs = np.random.default_rng(0).normal(size=(3, 3))
    loss = losses.SoftmaxCrossEntropy()
    expected = loss(outputs, [0, 2, 1])
    assert loss(outputs, np.array([0.0, 2.0, 1.0])) == expected
    assert loss(outputs, np.array([0, 2, 1], np.uint8)) == expected


def test_cross_entropy_needs_one_row_for_each_picture():
    with pytest.raises(PlaygroundError, match="row"):
        losses.SoftmaxCrossEntropy()(np.zeros((2, 3, 3, 1)), [0, 1])


def test_accuracy_is_the_share_of_right_answers():
    outputs = np.array([[0.1, 0.8, 0.3], [2.0, 0.0, 1.0]])  # two classes, three pictures
    softmax, binary = losses.SoftmaxCrossEntropy(), losses.BinaryCrossEntropy()
    assert softmax.accuracy(outputs, np.array([1, 0, 0])) == pytest.approx(2 / 3)
    assert softmax.accuracy(outputs, np.array([[0, 1, 0], [1, 0, 1]])) == 1
    assert binary.accuracy(outputs[:1], np.array([0, 1, 1])) == pytest.approx(2 / 3)
    logits = losses.BinaryCrossEntropy(from_logits=True)
    assert logits.accuracy(outputs[:1] - 0.5, np.array([0, 1, 1])) == pytest.approx(2 / 3)
    assert losses.MeanSquaredError().accuracy(outputs, outputs) is None


def test_softmax_makes_chances():
    chances = losses.softmax(np.array([[1e4, 0.0], [0.0, np.log(3)]]))
    assert chances == pytest.approx(np.array([[1, 0.25], [0, 0.75]]))


def test_losses_have_names():
    assert isinstance(losses.get("mean_squared_error"), losses.MeanSquaredError)
    loss = losses.BinaryCrossEntropy(from_logits=True)
    assert losses.get(loss) is loss
    with pytest.raises(PlaygroundError, match="hinge"):
        losses.get("hinge")
