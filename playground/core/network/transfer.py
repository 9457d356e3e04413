"""Start from another network's kernels: its convolutions are kept, and the head is a new one.

A network is a body, the layers that make maps, and a head, which begins where the maps become one
row of numbers:

    outputs = head(body(picture))

What the body has learned to see on one task can serve another; the head says the classes of one
task alone, so it is drawn anew for the next.
Source: J. Yosinski, J. Clune, Y. Bengio and H. Lipson, How transferable are features in deep
neural networks?, NeurIPS 2014.
"""

from __future__ import annotations

from dataclasses import replace

from playground.core.errors import ImpossibleLayerError, PlaygroundError
from playground.core.kernels.kernel_ops import to_channels
from playground.core.layers.base import Shape
from playground.core.network.building import initialized, make_layer, shape_behind
from playground.core.specs import Conv2DSpec, FloatArray, LayerSpec, NetworkSpec, frozen_array

_COLOURS = {1, 3}
"""Channels of grey and of coloured pictures: kernels for the one can be turned into the other's."""


def body(network: NetworkSpec) -> tuple[LayerSpec, ...]:
    """The layers before the first that makes one row of numbers out of maps."""
    for index, layer in enumerate(network.layers):
        if layer.window is None:
            return network.layers[:index]
    return network.layers


def transplanted(
    spec: NetworkSpec, donor: NetworkSpec, *, initializer: str = "glorot_uniform", seed: int = 0
) -> NetworkSpec:
    """The body of `donor` with its weights, and behind it the head of `spec` with fresh ones.

    The head is the one that `initialized` draws for the whole network, so a start from random
    with the same seed differs in the kept kernels alone. What is kept keeps its lasting ids; the
    head is new and has none yet. Grey kernels are spread over the channels of coloured pictures,
    and coloured ones are summed for grey pictures. Raises PlaygroundError where `spec` has no
    head, or where the kept layers do not fit its pictures.
    """
    head = tuple(layer.with_ids(0, ()) for layer in spec.layers[len(body(spec)) :])
    if not head or spec.input_shape is None:
        raise PlaygroundError(
            "Kernels can be kept for a task with classes only: this one has no head to replace."
        )
    kept = _for_channels(body(donor), spec.input_shape[2])
    _check(kept, head, spec.input_shape)
    whole = replace(spec, layers=(*kept, *head))
    drawn = initialized(whole, initializer, seed, spec.input_shape)
    return replace(drawn, layers=(*kept, *drawn.layers[len(kept) :]))


def with_kernels_of(spec: NetworkSpec, donor: NetworkSpec) -> NetworkSpec:
    """`spec` with the weights of the donor's convolutions, one after the other, where they fit.

    A convolution of another size keeps its own. All layers and kernels stay those of `spec`.
    """
    rest = [layer for layer in body(donor) if isinstance(layer, Conv2DSpec)]
    layers = list(spec.layers)
    for index, one in zip(spec.convs, rest, strict=False):
        mine, first = spec.conv(index), index == spec.convs[0]
        kernel = _for_input(one.kernel, mine.channels) if first else one.kernel
        if kernel is not None and kernel.shape == mine.kernel.shape:
            layers[index] = replace(mine, kernel=kernel, bias=one.bias)
    return replace(spec, layers=tuple(layers))


def _for_channels(layers: tuple[LayerSpec, ...], channels: int) -> tuple[LayerSpec, ...]:
    """`layers` with a first convolution for an input of `channels`."""
    for index, layer in enumerate(layers):
        if isinstance(layer, Conv2DSpec):
            kernel = _for_input(layer.kernel, channels)
            if kernel is None:
                raise PlaygroundError(
                    f"The kept kernels look at {layer.channels} channels, but the pictures of "
                    f"this task have {channels}."
                )
            return (*layers[:index], replace(layer, kernel=kernel), *layers[index + 1 :])
    raise PlaygroundError("This network has no convolution before its head, so none can be kept.")


def _for_input(kernel: FloatArray, channels: int) -> FloatArray | None:
    """A kernel bank for grey or coloured pictures; None where it is for neither."""
    if kernel.shape[2] == channels:
        return kernel
    if {kernel.shape[2], channels} != _COLOURS:
        return None
    return frozen_array(to_channels(kernel, channels))


def _check(kept: tuple[LayerSpec, ...], head: tuple[LayerSpec, ...], shape: Shape) -> None:
    """Raises PlaygroundError where pictures of `shape` (H, W, C) do not get through."""
    for index, layer in enumerate(kept):
        try:
            make_layer(layer)
            shape = shape_behind(layer, shape)
        except PlaygroundError as error:
            raise ImpossibleLayerError(index, f"The kept layers do not fit: {error}") from error
    for layer in head:
        layer.check_size(shape[-1])
        shape = make_layer(layer).output_shape(shape)
