"""A sum in parts is the same sum."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.core.convolve.geometry import ReceptiveField
from playground.core.explain.explain import OutputExplanation
from playground.core.explain.partial_sums import only, partial_sums


def explanation_of(products):
    size = products.shape[:2]
    weights = np.ones_like(products)
    total = float(products.sum())
    return OutputExplanation(
        kernel=0, row=0, column=0, window=ReceptiveField((0, 0), size), patch=products,
        inside=np.ones(size, bool), weights=weights, products=products,
        sum=total, bias=0.0, pre_activation=total, activated=total, value=total,
    )  # fmt: skip


shapes = st.tuples(st.integers(1, 7), st.integers(1, 7), st.integers(1, 4))


@given(shapes, st.integers(0, 9), st.integers(0, 2**32 - 1))
def test_parts_hold_every_product_once_and_run_up_to_the_sum(shape, rows, seed):
    whole = explanation_of(np.random.default_rng(seed).normal(size=shape))
    parts = partial_sums(whole, rows)
    seen = np.zeros(shape, int)
    for part in parts:
        seen[part.first : part.last, :, part.channel] += 1
        assert part.subtotal == pytest.approx(only(whole, part).products.sum())
    assert (seen == 1).all()
    assert parts[-1].running == pytest.approx(whole.sum)
    befores = [0.0, *(part.running for part in parts[:-1])]
    for before, part in zip(befores, parts, strict=True):
        assert part.running == pytest.approx(before + part.subtotal)


def test_as_many_rows_as_there_are_make_one_part_of_a_channel():
    parts = partial_sums(explanation_of(np.ones((3, 3, 2))), 3)
    assert [(part.channel, part.first, part.last) for part in parts] == [(0, 0, 3), (1, 0, 3)]
    assert [part.running for part in parts] == [9, 18]


def test_one_part_alone_keeps_the_value_it_belongs_to():
    whole = explanation_of(np.arange(12.0).reshape(2, 3, 2))
    part = only(whole, partial_sums(whole, 1)[3])
    assert part.products.shape == (1, 3, 1)
    assert part.products.ravel().tolist() == [7, 9, 11]
    assert part.value == whole.value
