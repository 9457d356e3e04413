"""What every description of a layer answers, whichever kind it is of."""

import numpy as np
import pytest

from playground.core.specs import ActivationSpec, DenseSpec, DropoutSpec
from playground.core.specs.base import Window, first_of, frozen_array

DENSE = DenseSpec(np.ones((3, 2)), np.zeros(2), ("a", "b"), ids=(4, 5), layer_id=9)


def test_an_array_is_frozen_once_and_then_shared():
    array = frozen_array([1, 2])
    assert (array.dtype, array.flags.writeable) == (np.float32, False)
    spec = DenseSpec(frozen_array(np.ones((1, 2))), array, ("a", "b"))
    assert spec.bias is array
    with pytest.raises(ValueError, match="read-only"):
        spec.kernel[0, 0] = 2


def test_ids_say_which_layer_it_is_and_not_what_it_is_like():
    other = DENSE.with_ids(1, (2, 3))
    assert other == DENSE
    assert (other.layer_id, other.kernel_ids) == (1, (2, 3))
    assert DropoutSpec(layer_id=3).with_ids(4, ()).layer_id == 4


def test_a_layer_without_weights_fits_everything_and_stays_itself():
    layer = ActivationSpec("tanh")
    assert (layer.weights, layer.inputs, layer.window) == ((), 0, Window())
    assert layer.with_weights([]) is layer
    assert layer.fitted((1, 2, 3), np.zeros) is layer
    assert layer.fresh(None, np.zeros) is layer
    assert layer.outline == ActivationSpec("tanh", layer_id=7)


def test_an_outline_is_all_but_numbers_and_names():
    other = DenseSpec(np.zeros((3, 2)), np.ones(2), ("c", "d"))
    assert other != DENSE
    assert other.outline == DENSE.outline
    assert other.with_weights(DENSE.weights) != DENSE, "the names differ"
    assert DenseSpec(np.zeros((4, 2)), np.ones(2), ("c", "d")).outline != DENSE.outline


def test_more_inputs_are_the_old_ones_and_new_ones_behind():
    assert first_of(4, 2) == [0, 1, None, None]
    assert first_of(1, 2) == [0]
