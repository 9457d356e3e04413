"""The patches under a kernel are those of the formula, and going back is their transpose."""

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from playground.core.convolve.geometry import effective_size
from playground.core.layers.base import Relay, batch_last
from playground.core.layers.patches import Patches

RNG = np.random.default_rng(0)
small = st.integers(1, 3)


@settings(max_examples=60, deadline=None)
@given(
    size=st.tuples(st.integers(1, 7), st.integers(1, 7)),
    kernel=st.tuples(small, small),
    stride=small,
    dilation=small,
    sides=st.tuples(*[st.integers(0, 2)] * 4),
)
def test_patches_hold_what_lies_under_every_tap_and_spread_adds_it_back(
    size, kernel, stride, dilation, sides
):
    (kh, kw), (top, bottom, left, right) = kernel, sides
    tall, wide = size[0] + top + bottom, size[1] + left + right
    rows = (tall - effective_size(kh, dilation)) // stride + 1
    columns = (wide - effective_size(kw, dilation)) // stride + 1
    assume(rows > 0)
    assume(columns > 0)
    pictures = RNG.normal(size=(2, *size, 3))
    padded = np.pad(pictures, ((0, 0), (top, bottom), (left, right), (0, 0)))
    patches = Patches(kernel, stride, dilation)
    found = patches.under(np.ascontiguousarray(batch_last(pictures)), (rows, columns), sides)
    found = found.reshape(rows, kh, kw, 3, columns, 2)
    for i, y, x, j in np.ndindex(rows, kh, kw, columns):
        under = padded[:, i * stride + y * dilation, j * stride + x * dilation]
        assert np.array_equal(found[i, y, x, :, j], under.T)
    # ⟨W · P(in), g⟩ = ⟨in, spread(Wᵀ, g)⟩ for every W and g.
    weights = RNG.normal(size=(4, kh * kw * 3))
    gradient = RNG.normal(size=(rows, 4, columns * 2))
    forward = np.matmul(weights, found.reshape(rows, -1, columns * 2))
    back = patches.spread(weights.T, gradient, Relay())
    assert np.isclose((forward * gradient).sum(), (batch_last(pictures) * back).sum())


def test_a_copy_of_a_layer_has_patches_of_its_own():
    patches = Patches((2, 2), 1, 1)
    inputs = RNG.normal(size=(3, 1, 3, 1))
    first = patches.under(inputs, (2, 2), (0, 0, 0, 0)).copy()
    patches.__deepcopy__({}).under(np.zeros_like(inputs), (2, 2), (0, 0, 0, 0))
    assert np.array_equal(patches.last, first)
