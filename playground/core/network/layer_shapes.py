"""The shapes between layers, and which layer does not fit."""

from __future__ import annotations

from collections.abc import Sequence

from playground.core.errors import PlaygroundError
from playground.core.layers.base import Layer, Shape


class ImpossibleLayerError(PlaygroundError):
    """Layer `index` cannot take what the layers before it give."""

    def __init__(self, index: int, reason: str) -> None:
        super().__init__(reason)
        self.index = index


def layer_shapes(layers: Sequence[Layer], input_shape: Shape) -> list[Shape]:
    """The shape after each layer; raises ImpossibleLayerError at the first that does not fit."""
    shapes: list[Shape] = []
    shape = input_shape
    for index, layer in enumerate(layers):
        try:
            shape = layer.output_shape(shape)
        except PlaygroundError as error:
            raise ImpossibleLayerError(index, str(error)) from error
        shapes.append(shape)
    return shapes
