"""An edit names the weights it changes, and leaves all others as they are."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from playground.core import Network, layers
from playground.core.network.weight_edit import WeightEdit, all_applied

before = [np.zeros((2, 3)), np.ones(4), np.full((2, 2), 5.0)]
changes = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3), st.floats(-9, 9, width=32)))


def changed(edits) -> list[np.ndarray]:
    arrays = [array.copy() for array in before]
    for number, place, value in edits:
        arrays[number].flat[place] = value
    return arrays


@given(changes)
def test_what_lies_between_two_lists_leads_from_the_one_to_the_other(edits):
    after = changed(edits)
    edit = WeightEdit.between(before, after)
    assert all(map(np.array_equal, edit.applied(before), after))
    assert len(edit) == sum(int((old != new).sum()) for old, new in zip(before, after, strict=True))


def test_arrays_that_are_not_concerned_are_the_same_ones():
    edit = WeightEdit.between(before, changed([(1, 2, 7.0)]))
    applied = edit.applied(before)
    assert applied[0] is before[0]
    assert applied[2] is before[2]
    assert before[1].tolist() == [1, 1, 1, 1]


def test_of_two_edits_of_a_weight_the_later_counts():
    first = WeightEdit.between(before, changed([(0, 1, 3.0), (1, 0, 2.0)]))
    second = WeightEdit.between(before, changed([(0, 1, 4.0)]))
    assert all_applied([first, second], before)[0].flat[1] == 4
    assert all_applied([first, second], before)[1][0] == 2


def test_a_network_takes_the_values_over_in_place():
    network = Network([layers.Conv2D(2, 3)], (4, 4, 1))
    weights = network.weights
    after = [array.copy() for array in weights]
    after[0][2, 1, 0, 1] = 8
    WeightEdit.between(weights, after).apply_to(network)
    assert all(map(np.array_equal, network.weights, after))
