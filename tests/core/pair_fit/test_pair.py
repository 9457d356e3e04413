"""Windows, targets and surroundings of a pair stand in one order, from inside the pictures."""

import numpy as np
import pytest

from playground.core import conv2d
from playground.core.pair_fit.pair import Pair, between, cut_off, spacing_of

RNG = np.random.default_rng(0)
BEFORE = RNG.random((12, 15, 2)).astype(np.float32)


def pair(size=(3, 4), anchor=(1, 2)) -> Pair:
    return Pair(BEFORE, RNG.random((12, 15, 3)).astype(np.float32), size, anchor)


def test_windows_times_weights_is_the_convolution():
    made, kernel = pair(), RNG.normal(size=(3, 4, 2, 3)).astype(np.float32)
    rows, columns = made.places
    assert (rows, columns) == (10, 12)
    everywhere = slice(0, rows), slice(0, columns)
    weights = np.concatenate([kernel.reshape(-1, 3), [[0.5, 0, -0.5]]])
    found = (made.windows(everywhere) @ weights).reshape(rows, columns, 3)
    bias = np.array([0.5, 0, -0.5], np.float32)
    maps = conv2d(BEFORE, kernel, bias, padding="valid")
    np.testing.assert_allclose(found, maps.transpose(1, 2, 0), atol=1e-5)


def test_the_target_of_a_window_stands_at_its_anchor():
    made = pair()
    tile = slice(2, 5), slice(1, 3)
    expected = made.after[3:6, 3:5].reshape(-1, 3)
    np.testing.assert_array_equal(made.targets(tile), expected.astype(np.float64))


def test_around_a_place_stand_its_own_pixel_and_its_neighbours():
    made = pair()
    around = made.around((slice(2, 5), slice(1, 3)))
    assert around.shape == (6, 9, 2)
    np.testing.assert_array_equal(around[0, 4], BEFORE[3, 3].astype(np.float64))
    np.testing.assert_array_equal(around[0, 0], BEFORE[2, 2].astype(np.float64))


def test_tiles_cover_every_place_once_where_all_are_wanted():
    made, seen = pair(), np.zeros((10, 12), int)
    for tile in made.tiles(10**9):
        seen[tile] += 1
    assert (seen == 1).all()
    assert 2 <= len(made.tiles(1)) < len(made.tiles(10**9))


def test_a_window_larger_than_the_picture_has_no_place():
    assert pair((13, 16)).places == (0, 0)


@pytest.mark.parametrize(("levels", "spacing"), [(255, 1 / 255), (65535, 1 / 65535)])
def test_the_spacing_of_a_picture_of_whole_levels_is_seen(levels, spacing):
    picture = np.rint(BEFORE * levels) / levels
    assert spacing_of(picture.astype(np.float32)) == spacing
    assert spacing_of(BEFORE) == 0


def test_a_picture_within_its_range_is_cut_off_there():
    assert cut_off(BEFORE) == (0.0, 1.0)
    assert cut_off(BEFORE - 0.9) == (-np.inf, 1.0)
    assert between(np.array([0.0, 0.5, 1.0]), 0, 1).tolist() == [False, True, False]
