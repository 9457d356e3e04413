"""Lasting ids: names of layers, kernels and single weights that stay when things are moved.

Ids are numbers above 0, given once and never again, out of one counter for layers, kernels and
units. Arrays know nothing of them: `locate` and `masks` say where in the arrays of a network the
named weights are. Those arrays are in the order and the layout of `Network.weights`, with the
kernels as they are seen; `building.turned` leads from there to what a network computes with.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from types import EllipsisType
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from playground.core.network.building import same_outline
from playground.core.session.inputs import Inputs, inputs_of
from playground.core.specs import LayerSpec, NetworkSpec
from playground.core.specs.base import WeightedSpec

BIAS = 0
"""Stands for the channel in the name of a bias."""


class WeightId(NamedTuple):
    """The name of one weight: ids of its layer, its kernel or unit, and what makes its channel.

    The picture's channels are −1, −2, −3. In a convolution, row and column count from the weight
    at the centre, ((kh − 1) // 2, (kw − 1) // 2), about which kernels are resized. In a dense
    layer behind Flatten they are the place in the map, from its top left, and elsewhere 0. A bias
    has the channel BIAS, row and column 0.
    """

    layer: int
    kernel: int
    channel: int
    row: int
    column: int


Mark: TypeAlias = tuple[int] | tuple[int, int] | WeightId
"""A whole layer (layer,), a kernel with its bias (layer, kernel), or a single weight."""

Marks: TypeAlias = frozenset[Mark]
Masks: TypeAlias = tuple[NDArray[np.bool_], ...]
Place: TypeAlias = tuple[int, tuple[int, ...]]
"""Which array in the order of `Network.weights`, and the index in it."""


def identified(network: NetworkSpec, next_id: int) -> tuple[NetworkSpec, int]:
    """`network` with an id for everything that has none, and the next id to give.

    Of two things with the same id the second gets a new one. What has all its ids is handed back
    as it is, layers and network alike.
    """
    taken = [id for layer in network.layers for id in (layer.layer_id, *layer.kernel_ids)]
    counter = _Counter(max(next_id, max(taken, default=0) + 1, 1))
    if len(set(taken)) == len(taken) and min(taken, default=1) > 0:
        return network, counter.next_id
    layers = tuple(counter.identified(layer) for layer in network.layers)
    return replace(network, layers=layers), counter.next_id


class _Counter:
    """Gives ids, each once, and knows those it has seen."""

    def __init__(self, next_id: int) -> None:
        self.next_id = next_id
        self._seen: set[int] = set()

    def identified(self, layer: LayerSpec) -> LayerSpec:
        own, kernels = self._kept_or_new(layer.layer_id), layer.kernel_ids
        ids = tuple(self._kept_or_new(id) for id in kernels)
        if (own, ids) == (layer.layer_id, kernels):
            return layer
        return layer.with_ids(own, ids)

    def _kept_or_new(self, id: int) -> int:
        if id < 1 or id in self._seen:
            id, self.next_id = self.next_id, self.next_id + 1
        self._seen.add(id)
        return id


def same_layout(one: NetworkSpec, other: NetworkSpec) -> bool:
    """Whether the arrays are the same, and every weight named in both is at the same place in them.

    Within one layout a place in the arrays is as good a name as a weight's id.
    """
    if not same_outline(one, other):
        return False
    if _all_ids(one) == _all_ids(other):
        return True
    first, second = _stands(one), _stands(other)
    return all(first[id] == second[id] for id in first.keys() & second.keys())


def _all_ids(network: NetworkSpec) -> list[tuple[int, tuple[int, ...]]]:
    return [(layer.layer_id, layer.kernel_ids) for layer in network.layers]


def _stands(network: NetworkSpec) -> dict[int, tuple[int, int]]:
    """By id: which layer, and which kernel of it or −1 for the whole."""
    return {
        id: (index, kernel)
        for index, layer in enumerate(network.layers)
        for kernel, id in enumerate((layer.layer_id, *layer.kernel_ids), -1)
        if id
    }


def locate(network: NetworkSpec, ids: Iterable[WeightId]) -> list[Place | None]:
    """Where each of the named weights is, or None where there is no such weight (any more)."""
    layers = _with_weights(network)
    return [layers[id.layer].place(id) if id.layer in layers else None for id in ids]


def weight_id(
    network: NetworkSpec,
    layer: int,
    kernel: int,
    channel: int | None,
    row: int = 0,
    column: int = 0,
) -> WeightId:
    """The name of a weight, which is given by its indices; `channel` None is the bias.

    For a dense layer `channel` is the number of the input, and row and column are not looked at.
    Raises TypeError when the layer has no weights.
    """
    spec = network.layers[layer]
    if not isinstance(spec, WeightedSpec):
        raise TypeError(f"layer {layer} has no weights")
    of = (spec.kernel_ids or (spec.layer_id,))[kernel]
    if channel is None:
        return WeightId(spec.layer_id, of, BIAS, 0, 0)
    name, *place = inputs_of(network)[layer].name(channel)
    if spec.looks_at_maps:
        middle_row, middle_column = _centre(spec)
        place = [row - middle_row, column - middle_column]
    return WeightId(spec.layer_id, of, name, *place)


def masks(network: NetworkSpec, marks: Marks) -> Masks:
    """True for every marked weight: arrays in the order and the shapes of `Network.weights`."""
    layers = _with_weights(network)
    arrays = tuple(
        np.zeros(array.shape, bool) for layer in layers.values() for array in layer.spec.weights
    )
    for mark in marks:
        layer = layers.get(mark[0])
        if layer is not None:
            for position, index in layer.places(mark):
                arrays[position][index] = True
    return arrays


def surviving(network: NetworkSpec, marks: Marks) -> Marks:
    """Those of `marks` that name something in `network`; the same set where all do."""
    if not marks:
        return marks
    layers = _with_weights(network)
    present = {layer.layer_id for layer in network.layers} - {0}
    kept = frozenset(
        mark
        for mark in marks
        if mark[0] in present
        and (len(mark) == 1 or (mark[0] in layers and layers[mark[0]].places(mark)))
    )
    return marks if len(kept) == len(marks) else kept


@dataclass(frozen=True)
class _Weights:
    """A layer that has weights: where its arrays are, and what its ids stand for in them."""

    position: int
    spec: WeightedSpec
    kernels: dict[int, int]
    """Which kernel has which id; the weights of a layer without kernels belong to the layer."""
    inputs: Inputs

    def places(self, mark: Mark) -> list[tuple[int, tuple[int | EllipsisType, ...]]]:
        """Array and index of all that `mark` names here."""
        if len(mark) == 1:
            return [(self.position + n, (...,)) for n, _ in enumerate(self.spec.weights)]
        if isinstance(mark, WeightId):
            place = self.place(mark)
            return [] if place is None else [place]
        kernel = self.kernels.get(mark[1])
        if kernel is None or not self.spec.kernel_ids:
            return []
        return [(self.position + n, (..., kernel)) for n, _ in enumerate(self.spec.weights)]

    def place(self, id: WeightId) -> Place | None:
        """Array and index of one weight."""
        kernel = self.kernels.get(id.kernel)
        if kernel is None:
            return None
        own = (kernel,) if self.spec.kernel_ids else ()
        if id.channel == BIAS:
            there = id.row == id.column == 0 and len(self.spec.weights) > 1
            return (self.position + 1, own) if there else None
        if not self.spec.looks_at_maps:
            number = self.inputs.index(id.channel, id.row, id.column)
            return None if number is None else (self.position, (number, *own))
        channel = self.inputs.index(id.channel, 0, 0)
        (height, width), centre = self.spec.weights[0].shape[:2], _centre(self.spec)
        row, column = id.row + centre[0], id.column + centre[1]
        if channel is None or not (0 <= row < height and 0 <= column < width):
            return None
        return self.position, (row, column, channel, *own)


def _with_weights(network: NetworkSpec) -> dict[int, _Weights]:
    """The layers that have weights, by their ids."""
    found: dict[int, _Weights] = {}
    position = 0
    for index, inputs in inputs_of(network).items():
        spec = network.layers[index]
        assert isinstance(spec, WeightedSpec)
        named = enumerate(spec.kernel_ids or (spec.layer_id,))
        kernels = {id: kernel for kernel, id in named if id}
        # What has no id of its own has arrays all the same, only nothing can name them.
        own = spec.layer_id if spec.layer_id not in {0, *found} else -1 - index
        found[own] = _Weights(position, spec, kernels, inputs)
        position += len(spec.weights)
    return found


def _centre(spec: WeightedSpec) -> tuple[int, int]:
    """The weight that stays where it is when kernels are resized."""
    height, width = spec.weights[0].shape[:2]
    return (height - 1) // 2, (width - 1) // 2
