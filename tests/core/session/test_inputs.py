"""What a weight looks at has a name that outlives resizing and reordering."""

import numpy as np

from playground.core.session.inputs import Inputs, inputs_of
from playground.core.specs import Conv2DSpec, DenseSpec, FlattenSpec, NetworkSpec, Pool2DSpec


def conv(channels: int, ids: tuple[int, ...]) -> Conv2DSpec:
    kernel = np.zeros((3, 3, channels, len(ids)), np.float32)
    names = tuple("abcdef"[: len(ids)])
    return Conv2DSpec(kernel, np.zeros(len(ids), np.float32), names).with_ids(99, ids)


def test_an_input_in_a_row_is_a_place_of_a_channel():
    inputs = Inputs((7, 9), (2, 3))
    for index in range(12):
        channel, row, column = inputs.name(index)
        assert index == (row * 3 + column) * 2 + inputs.channels.index(channel)
        assert inputs.index(channel, row, column) == index
    assert inputs.index(8, 0, 0) is inputs.index(7, 2, 0) is inputs.index(7, 0, -1) is None


def test_a_convolution_looks_at_the_picture_or_at_the_kernels_before_it():
    network = NetworkSpec((conv(3, (11, 12)), Pool2DSpec("max"), conv(2, (21,))), (12, 12, 3))
    found = inputs_of(network)
    assert found[0].channels == (-1, -2, -3)
    assert found[2].channels == (11, 12)


def test_a_dense_layer_looks_at_every_place_of_every_map():
    dense = DenseSpec(np.zeros((32, 4), np.float32), np.zeros(4, np.float32), tuple("abcd"))
    padded = conv(1, (11, 12))
    network = NetworkSpec((padded, FlattenSpec(), dense), (4, 4, 1))
    found = inputs_of(network)[2]
    assert found.channels == (11, 12)
    assert found.size == (4, 4)
    assert found.name(5) == (12, 0, 2)
