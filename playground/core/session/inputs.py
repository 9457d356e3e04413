"""What the weights of each layer look at, by lasting ids: which channel, at which place.

Activations, pooling, dropout and averages leave channels what they are; a convolution makes one
of each kernel, a dense layer one of each unit. Flatten lays maps (H, W, C) in a row, so that

    input = (row · W + column) · C + channel
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from playground.core.errors import PlaygroundError
from playground.core.layers.base import Shape
from playground.core.network.building import shape_behind
from playground.core.specs import LayerSpec, NetworkSpec
from playground.core.specs.base import WeightedSpec


@dataclass(frozen=True)
class Inputs:
    """The inputs of one layer's weights, in the order in which the weights count them.

    `channels` has a name for each channel; `size` is that of the maps (H, W) that lie in a row:
    (1, 1) where there is one place only, (1, H · W) where no more is known of them.
    """

    channels: tuple[int, ...]
    size: tuple[int, int] = (1, 1)

    def name(self, index: int) -> tuple[int, int, int]:
        """(channel, row, column) of input `index`."""
        place, channel = divmod(index, len(self.channels))
        return self.channels[channel], *divmod(place, self.size[1])

    def index(self, channel: int, row: int, column: int) -> int | None:
        """The input with this name, where there is one."""
        at = self._places.get(channel)
        if at is None or not (0 <= row < self.size[0] and 0 <= column < self.size[1]):
            return None
        return (row * self.size[1] + column) * len(self.channels) + at

    @cached_property
    def _places(self) -> dict[int, int]:
        return {channel: at for at, channel in enumerate(self.channels)}


def inputs_of(network: NetworkSpec) -> dict[int, Inputs]:
    """The inputs of every layer that has weights, by the layer's index.

    A channel is called by the id of the kernel or unit that makes it, the picture's −1, −2, −3.
    So is, counted from −1, every input of which nothing better is known: in a layer that does not
    fit, or where ids are not given yet. Raises nothing.
    """
    found: dict[int, Inputs] = {}
    shape: Shape | None = network.input_shape
    makers: Sequence[int] | None = None if shape is None else _unknown(shape[2])
    size: tuple[int, int] | None = (1, 1)
    in_a_row = False
    for index, layer in enumerate(network.layers):
        if isinstance(layer, WeightedSpec):
            if layer.looks_at_maps:
                found[index] = Inputs(_named(makers or (), layer.inputs))
            else:
                found[index] = _inputs_in_row(layer.inputs, makers, size)
        if layer.kernel_ids:
            makers, size = layer.kernel_ids, (1, 1)
        elif layer.lays_in_row and not in_a_row:
            size = None if shape is None else (shape[0], shape[1])
        in_a_row = layer.window is None or (in_a_row and not layer.kernel_ids)
        shape = _behind(layer, shape)
    return found


def _inputs_in_row(
    count: int, makers: Sequence[int] | None, size: tuple[int, int] | None
) -> Inputs:
    if not makers or count % len(makers):
        return Inputs(_unknown(count))
    places = count // len(makers)
    known = size is not None and size[0] * size[1] == places
    return Inputs(_named(makers, len(makers)), size if size is not None and known else (1, places))


def _named(makers: Sequence[int], count: int) -> tuple[int, ...]:
    """Names of `count` channels, as far as they have makers theirs."""
    made = tuple(makers[:count])
    names = (*made, *_unknown(count)[len(made) :])
    return tuple(name or -1 - at for at, name in enumerate(names))


def _unknown(count: int) -> tuple[int, ...]:
    return tuple(range(-1, -1 - count, -1))


def _behind(layer: LayerSpec, shape: Shape | None) -> Shape | None:
    """What comes out of `layer`, where that can be said."""
    try:
        return None if shape is None else shape_behind(layer, shape)
    except PlaygroundError:
        return None
