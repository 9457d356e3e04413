"""Where steps stand: evenly, or with as much room for early ones as for late ones."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.models.training.run.step_scale import StepScale

LAST = st.integers(0, 10_000_000)


@given(LAST, st.booleans(), st.floats(0, 1))
def test_every_step_is_found_again_where_it_stands(last, log, share):
    scale = StepScale(last, log)
    step = round(share * last)
    assert scale.step_at(scale.place(step)) == step
    assert scale.step_at_share(scale.share(step)) == step
    assert scale.drawn(np.array([step])) == pytest.approx([scale.place(step)])


@given(st.integers(1, 10_000_000), st.booleans())
def test_it_goes_from_one_end_to_the_other(last, log):
    scale = StepScale(last, log)
    assert (scale.share(0), scale.share(last)) == (0, 1)
    assert (scale.step_at_share(-0.5), scale.step_at_share(1.5)) == (0, last)


def test_a_logarithmic_scale_gives_the_first_steps_most_of_the_room():
    assert StepScale(32_000, log=False).share(500) < 0.02
    assert StepScale(32_000, log=True).share(500) > 0.59


@given(LAST, st.floats(0.05, 0.4))
def test_labels_of_a_logarithmic_scale_are_steps_that_stand_apart(last, apart):
    scale = StepScale(last, log=True)
    labels = scale.labels(apart)
    assert labels[0].text == "0"
    for one, other in pairwise(labels):
        assert other.at - one.at >= 0.999 * apart * scale.place(max(1, last))
    assert all(label.at <= scale.place(max(1, last)) + 1e-9 for label in labels)
    assert len({label.text for label in labels}) == len(labels)


def test_labels_are_round_numbers_of_each_power_of_ten():
    texts = [label.text for label in StepScale(600, log=True).labels(0.06)]
    assert texts == ["0", "1", "2", "5", "10", "20", "50", "100", "200", "500"]
    texts = [label.text for label in StepScale(32_000, log=True).labels(0.1)]
    assert texts == ["0", "10", "100", "1000", "10000"]
