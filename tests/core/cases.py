"""Hypothesis strategies for convolution layers of every setting."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from playground.core import conv2d
from playground.core.convolve.geometry import output_size
from playground.core.errors import PlaygroundError
from playground.core.specs import EDGE_MODES, Conv2DSpec

paddings = st.one_of(
    st.sampled_from(["same", "valid"]),
    st.integers(0, 6),
    st.tuples(*[st.integers(0, 6)] * 4),
)


@dataclass(frozen=True)
class Case:
    """An image, a bank and the settings of one layer."""

    size: tuple[int, int]
    kernel_size: tuple[int, int]
    channels: int
    filters: int
    settings: dict
    seed: int

    def arrays(self, dtype=np.float64):
        """image (H, W, C), kernel (kh, kw, C, C_out), bias (C_out,)."""
        rng = np.random.default_rng(self.seed)
        shape = (*self.kernel_size, self.channels, self.filters)
        image = rng.normal(size=(*self.size, self.channels))
        kernel, bias = rng.normal(size=shape), rng.normal(size=self.filters)
        return tuple(a.astype(dtype) for a in (image, kernel, bias))

    def spec(self) -> Conv2DSpec:
        """The bank and the settings as a layer."""
        _, kernel, bias = self.arrays(np.float32)
        return Conv2DSpec(kernel, bias, ("",) * self.filters, **self.settings)

    @property
    def fits(self) -> bool:
        """Whether the kernel fits on the padded image."""
        chosen = (self.settings[name] for name in ("stride", "padding", "dilation"))
        try:
            output_size(self.size, self.kernel_size, *chosen)
        except PlaygroundError:
            return False
        return True

    def maps(self, dtype=np.float64):
        """The maps as the core computes them."""
        return conv2d(*self.arrays(dtype), **self.settings)


@st.composite
def cases(draw, max_channels: int = 64, max_filters: int = 64, edges=EDGE_MODES) -> Case:
    """Layers of size 1 to 11, stride and dilation 1 to 4, every padding and edge mode."""
    few = st.integers(1, 4)
    return Case(
        size=(draw(st.integers(1, 40)), draw(st.integers(1, 40))),
        kernel_size=(draw(st.integers(1, 11)), draw(st.integers(1, 11))),
        channels=draw(st.one_of(few, st.integers(1, max_channels))),
        filters=draw(st.one_of(few, st.integers(1, max_filters))),
        settings={
            "stride": draw(st.integers(1, 4)),
            "padding": draw(paddings),
            "dilation": draw(st.integers(1, 4)),
            "edge": draw(st.sampled_from(edges)),
            "flip": draw(st.booleans()),
        },
        seed=draw(st.integers(0, 2**16)),
    )


def kernel_masks(network, kernels):
    """What `Network.freeze` needs to hold whole kernels and their biases, each (layer, kernel).

    Indices of `network`; a kernel that it has not got is passed over.
    """
    chosen = set(kernels)
    made = []
    for index, layer in enumerate(network.layers):
        for array in layer.weights:
            held = np.zeros(array.shape, bool)
            held[..., [k for k in range(array.shape[-1]) if (index, k) in chosen]] = True
            made.append(held)
    return made
