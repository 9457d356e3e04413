"""Layers in order, and the blocks of a convolution with what follows it."""

import numpy as np
import pytest

from playground.core.specs import (
    ActivationSpec,
    BlockSpec,
    Conv2DSpec,
    DropoutSpec,
    NetworkSpec,
    Pool2DSpec,
)

CONV = Conv2DSpec(np.zeros((3, 3, 1, 1)), np.zeros(1), ("k",))
NETWORK = NetworkSpec(
    (
        CONV,
        ActivationSpec("tanh", layer_id=5),
        Pool2DSpec("max", 3, layer_id=6),
        DropoutSpec(),
        CONV,
        Pool2DSpec(),
    )
)


def test_a_block_ends_before_what_is_neither_activation_nor_pooling():
    assert NETWORK.convs == (0, 4)
    assert NETWORK.block(0) == BlockSpec(CONV, ActivationSpec("tanh"), Pool2DSpec("max", 3))
    assert NETWORK.block(4) == BlockSpec(CONV, ActivationSpec("none"), Pool2DSpec())
    assert len(NETWORK.through_block(0)) == 3
    with pytest.raises(TypeError):
        NETWORK.conv(1)


def test_another_block_leaves_the_rest_and_keeps_the_ids_of_what_it_changes():
    block = BlockSpec(CONV, ActivationSpec("tanh", 0.5), Pool2DSpec("average", 2))
    changed = NETWORK.with_block(0, block)
    assert [layer.layer_id for layer in changed.layers[:3]] == [0, 5, 6]
    assert changed.block(0) == block
    assert changed.layers[3:] == NETWORK.layers[3:]
    bare = NETWORK.with_block(0, BlockSpec(CONV))
    assert bare.layers == (CONV, *NETWORK.layers[3:])


def test_a_layer_of_another_kind_is_another_layer():
    assert NETWORK.with_layer(1, ActivationSpec("relu")).layers[1].layer_id == 5
    assert NETWORK.with_layer(1, DropoutSpec()).layers[1].layer_id == 0
