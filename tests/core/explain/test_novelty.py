"""What is unlike the training pictures is told from what was only held out."""

import numpy as np
import pytest

from playground.core.datasets.generated import oriented_lines, shapes
from playground.core.explain.novelty import Novelty, NoveltyMeasure

SIDE = 16


@pytest.fixture(scope="module")
def lines():
    """Training pictures, pictures to compare with, and fresh ones of the same kind."""
    inputs = oriented_lines(1400).inputs
    return inputs[:700], inputs[700:1000], inputs[1000:]


@pytest.fixture(scope="module")
def measure(lines):
    return NoveltyMeasure(*lines[:2])


def test_few_fresh_pictures_of_the_same_kind_are_called_unlike(lines, measure):
    assert np.mean([measure.of(picture).unlike for picture in lines[2]]) < 0.06


def test_of_the_held_out_ones_at_most_three_in_a_hundred_are(lines, measure):
    assert np.mean([measure.of(picture).unlike for picture in lines[1]]) <= 0.03


def test_pictures_of_another_kind_are(measure):
    assert np.mean([measure.of(picture).unlike for picture in shapes(100).inputs]) > 0.9


@pytest.mark.parametrize("level", [0.0, 0.5, 1.0])
def test_an_empty_picture_is(measure, level):
    assert measure.of(np.full((28, 28, 1), level, np.float32)).unlike


def test_a_training_picture_is_as_like_as_can_be(lines, measure):
    assert measure.of(lines[0][5]).nearer == 0


def brute(trained, held_out, picture):
    """Every distance by itself, in float64."""

    def distances(one, others):
        bright = min(np.linalg.norm(one - other) for other in others)
        alike = max(np.corrcoef(one, other)[0, 1] for other in others)
        return bright, 1 - alike

    rows = [np.float64(picture.ravel()) for picture in trained]
    others = [np.float64(picture.ravel()) for picture in held_out]
    known = [distances(one, rows) for one in others]
    known += [distances(one, rows[:at] + rows[at + 1 :]) for at, one in enumerate(rows)]

    def score(pair):
        return max(sum(one[kind] < pair[kind] for one in known) for kind in (0, 1))

    asked = score(distances(np.float64(picture.ravel()), rows))
    return Novelty(sum(score(one) < asked for one in known), len(known))


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("seed", range(4))
def test_it_counts_what_brute_force_counts(channels, seed):
    generator = np.random.default_rng(seed)
    trained, held_out, fresh = (
        generator.random((count, SIDE, SIDE, channels), np.float32) for count in (12, 5, 6)
    )
    measure = NoveltyMeasure(trained, held_out)
    for picture in fresh:
        assert measure.of(picture) == brute(trained, held_out, picture)


def test_large_pictures_are_compared_by_the_mean_of_blocks():
    generator = np.random.default_rng(0)
    small = generator.random((20, SIDE, SIDE, 1), np.float32)
    large = small.repeat(4, axis=1).repeat(4, axis=2)
    fresh = generator.random((SIDE, SIDE, 1), np.float32)
    one = NoveltyMeasure(small[:15], small[15:]).of(fresh)
    assert NoveltyMeasure(large[:15], large[15:]).of(fresh.repeat(4, 0).repeat(4, 1)) == one


def test_with_nothing_to_compare_nothing_is_said():
    one = np.zeros((1, 8, 8, 1), np.float32)
    assert not NoveltyMeasure(one, one[:0]).of(one[0] + 1).unlike
