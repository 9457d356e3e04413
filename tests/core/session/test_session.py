"""What one value holds that another does not: arrays count once, and views as what they keep."""

import random

import numpy as np

from playground.core.pictures.picture import Picture
from playground.core.session.session import Session, bytes_apart
from playground.core.specs import Conv2DSpec, NetworkSpec


def bank(kernels=3):
    kernel = np.zeros((5, 5, 1, kernels), np.float32)
    return Conv2DSpec(kernel, np.zeros(kernels, np.float32), ("k",) * kernels)


def test_a_session_that_differs_in_one_kernel_holds_that_kernel():
    conv = bank()
    before = Session(None, NetworkSpec((conv,)))
    other = Conv2DSpec(conv.kernel + 1, conv.bias, conv.names)
    after = Session(None, NetworkSpec((other,)))
    assert bytes_apart(before, after) == 5 * 5 * 3 * 4
    assert bytes_apart(before, before) == 0


def test_a_view_keeps_all_that_it_is_a_view_of_and_an_array_counts_once():
    whole = np.zeros(1000, np.float32)
    assert bytes_apart((whole[:10], whole[5:6], [whole]), None) == 4000
    assert bytes_apart(whole[:10], (whole[500:],)) == 0
    assert bytes_apart(np.frombuffer(b"12345678", np.uint8)[2:], None) == 8


def test_a_picture_counts_with_the_file_it_came_from():
    from playground.files.pictures.sources import BytesSource

    picture = Picture(np.zeros((10, 20, 1), np.float32), "p", (20, 10), source=None)
    pasted = Picture(picture.pixels, "p", (20, 10), source=BytesSource("p", bytes(99)))
    network = NetworkSpec((bank(),))
    assert bytes_apart(Session(pasted, network), Session(picture, network)) == 99
    assert bytes_apart(Session(picture, network), Session(None, network)) == picture.pixels.nbytes


def test_whatever_is_shared_how_deep_ever_the_sum_is_that_of_the_rest():
    chance = random.Random(3)
    arrays = [np.zeros(n) for n in range(1, 20)]
    for _ in range(100):
        mine, its = (chance.choices(arrays, k=8) for _ in range(2))
        expected = sum(n * 8 for n in {len(a) for a in mine} - {len(a) for a in its})
        assert bytes_apart((tuple(mine[:3]), {"a": mine[3:]}), [its]) == expected
