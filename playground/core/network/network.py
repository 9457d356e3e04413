"""A network: layers one after another, and the chain rule back through them.

    outputs = f_L(… f_2(f_1(inputs)))      ∂L/∂inputs = f_1'(… f_L'(∂L/∂outputs))

Batches come and go as (N, H, W, C), or (N, units), as in Keras; inside, the batch is the last
axis (layers/base.py). All weights are one vector, `parameters`, and all gradients another, in
the order of `weights`; the layers hold views of them.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from playground.core.checks import is_whole, real_array, shown, weight_count
from playground.core.errors import ImpossibleLayerError, PlaygroundError
from playground.core.kernels import initializers
from playground.core.layers.activations import ReLU
from playground.core.layers.base import Layer, Relay, Shape, WorkArrays, batch_first, batch_last
from playground.core.layers.pooling import MaxPool2D
from playground.core.specs import FloatArray


class Network:
    """Layers with their weights. Float32, until it is given float64 pictures or weights."""

    def __init__(self, layers: Sequence[Layer], input_shape: Shape, seed: int = 0) -> None:
        """Fresh weights drawn from `seed`; raises PlaygroundError where a layer does not fit."""
        if not isinstance(layers, Sequence) or not all(isinstance(one, Layer) for one in layers):
            raise PlaygroundError(f"A network is a list of layers, not {shown(layers)}.")
        sizes = input_shape if isinstance(input_shape, tuple | list) else ()
        self.layers = list(layers)
        self.input_shape = tuple(int(size) for size in sizes if is_whole(size, 1))
        if len(set(map(id, self.layers))) != len(self.layers):
            raise PlaygroundError("A layer object can stand in a network only once.")
        if not self.layers or not len(self.input_shape) == len(sizes) == 3:
            raise PlaygroundError(
                "A network needs at least one layer and pictures of (height, width, channels)."
            )
        self.shapes = _shapes(self.layers, self.input_shape)
        befores = [self.input_shape, *self.shapes[:-1]]
        self._pieces = [
            layer.weight_shapes(shape) for layer, shape in zip(self.layers, befores, strict=True)
        ]
        size = weight_count(shape for piece in self._pieces for shape in piece)
        self.parameters: NDArray[Any] = np.zeros(size, np.float32)
        """Every weight of every layer (n,), in the layers' own order."""
        self.gradients: NDArray[Any] = np.zeros(size, np.float32)
        """∂loss/∂parameters after the last backward pass."""
        self._order = _fastest_order(self.layers)
        self._work, self._relay = WorkArrays(), Relay()
        self._last: Shape | None = None
        self._frozen: NDArray[np.bool_] | None = None
        self.rebind()
        self.initialize(seed)

    @property
    def dtype(self) -> np.dtype[Any]:
        """The type the network computes in."""
        return self.parameters.dtype

    @property
    def weights(self) -> list[FloatArray]:
        """Copies of all layers' weights in order, each in Keras's layout."""
        return [array.copy() for layer in self.layers for array in layer.weights]

    def unpacked(self, vector: NDArray[Any]) -> list[NDArray[Any]]:
        """Copies of the pieces of a vector like `parameters`, listed and shaped as `weights`."""
        return [array.copy() for array in self._in_keras_layout(vector)]

    def _in_keras_layout(self, vector: NDArray[Any]) -> list[NDArray[Any]]:
        layers = zip(self.layers, self._views(vector), strict=True)
        return [layer.in_keras_layout(array) for layer, arrays in layers for array in arrays]

    def places(self, number: int) -> NDArray[Any]:
        """Where array `number` of `weights` has its values in a vector like `parameters`."""
        pairs = zip(self.layers, self._pieces, strict=True)
        arrays = [(layer, shape) for layer, piece in pairs for shape in piece]
        sizes = [math.prod(shape) for _, shape in arrays]
        (layer, shape), start = arrays[number], sum(sizes[:number])
        places: NDArray[Any] = np.arange(start, start + sizes[number]).reshape(shape)
        return layer.in_keras_layout(places)

    def set_weights(self, weights: Sequence[ArrayLike]) -> None:
        """Take over `weights`, shaped as those of `weights`; raises PlaygroundError if not."""
        if not isinstance(weights, Sequence):
            raise PlaygroundError(f"Weights are a list of arrays, not {shown(weights)}.")
        arrays = [real_array(values, "weights") for values in weights]
        shapes = [array.shape for layer in self.layers for array in layer.weights]
        if [array.shape for array in arrays] != shapes:
            raise PlaygroundError(
                f"This network's weights have the shapes {shapes}, not "
                f"{[array.shape for array in arrays]}."
            )
        if any(_is_double(values) for values in weights):
            self.compute_in(np.float64)
        mine = [array for layer in self.layers for array in layer.weights]
        for array, values in zip(mine, arrays, strict=True):
            array[...] = values

    def replica(self) -> Network:
        """A network with these very parameters, but gradients and work arrays of its own."""
        other = copy.copy(self)
        other.layers = [copy.deepcopy(layer) for layer in self.layers]
        other.gradients = np.zeros_like(self.gradients)
        other._work, other._relay = WorkArrays(), Relay()
        other.rebind()
        return other

    def initialize(self, seed: int) -> None:
        """Fresh weights: the same seed gives the same ones."""
        generator = initializers.seeded(seed)
        for layer in self.layers:
            layer.initialize(generator)

    def forward(self, batch: ArrayLike) -> FloatArray:
        """Outputs (N, …) of pictures (N, H, W, C); a new array."""
        return to_outside(self.run(self.to_inside(batch)))

    def backward(self, gradient: ArrayLike) -> FloatArray:
        """∂L/∂inputs (N, H, W, C) from ∂L/∂outputs (N, …) of the last forward pass.

        Fills every layer's `gradients`. Raises PlaygroundError where there was no forward pass, or
        one with outputs of another shape.
        """
        if self._last is None:
            raise PlaygroundError("The way back starts from a forward pass: call forward first.")
        slopes = real_array(gradient, "gradient").astype(self.dtype, copy=False)
        expected = batch_first(np.broadcast_to(False, self._last)).shape
        if slopes.shape != expected:
            raise PlaygroundError(
                f"The last outputs have the shape {expected}, and so must their gradient, not "
                f"{slopes.shape}."
            )
        back = self.run_back(np.ascontiguousarray(batch_last(slopes)))
        assert back is not None
        return to_outside(back)

    def activations(self, image: ArrayLike) -> list[FloatArray]:
        """Every layer's output for one image (H, W, C): (H', W', C') or (units,), in order."""
        if not isinstance(image, np.ndarray):
            image = real_array(image, "image").astype(np.float32)
        values = self.to_inside(image[np.newaxis])
        self._last, outputs = None, []  # in this order there is no way back
        for layer in self.layers:
            values = layer.forward(values)
            outputs.append(to_outside(values)[0])
        return outputs

    def compute_in(self, dtype: DTypeLike) -> None:
        """Take over this type; a replica made before goes on with the old parameters."""
        if self.dtype != dtype:
            self.parameters = self.parameters.astype(dtype)
            self.gradients = self.gradients.astype(dtype)
            self.rebind()

    def run(self, inputs: FloatArray, training: bool = False) -> FloatArray:
        """Outputs (…, N) of inputs (H, C, W, N); valid until the next run."""
        values = inputs
        for index in self._order:
            values = self.layers[index].forward(values, training)
        self._last = values.shape
        if self._relay.holds(values):
            # The way back would write over it.
            outputs = self._work.get("outputs", values.shape, values.dtype)
            outputs[...] = values
            return outputs
        return values

    def run_back(self, gradient: FloatArray, wanted: bool = True) -> FloatArray | None:
        """The gradient of the inputs, where `wanted`, from that of the outputs, batch last."""
        back: FloatArray | None = gradient
        first = self._first_with_weights()
        for index in reversed(self._order):
            if back is None:
                break
            back = self.layers[index].backward(back, wanted or index > first)
        return back

    def to_inside(self, batch: ArrayLike) -> FloatArray:
        """Pictures (N, H, W, C) as (H, C, W, N), in an array that is used again."""
        pictures = real_array(batch, "pictures")
        if pictures.shape[1:] != self.input_shape:
            raise PlaygroundError(
                f"This network takes pictures of shape {self.input_shape}, "
                f"not {pictures.shape[1:]}."
            )
        if _is_double(batch):
            self.compute_in(np.float64)
        turned = batch_last(pictures)
        inside = self._work.get("inputs", turned.shape, self.dtype)
        inside[...] = turned
        return inside

    @property
    def frozen(self) -> list[NDArray[np.bool_]] | None:
        """Which weights `freeze` holds, shaped as `weights`; None where it holds none."""
        return None if self._frozen is None else self.unpacked(self._frozen)

    def freeze(self, masks: Sequence[ArrayLike] | None) -> None:
        """From now on hold every weight that is True in `masks`, shaped as `weights`, and no other.

        Raises PlaygroundError where they are shaped otherwise.
        """
        frozen = np.zeros(self.parameters.size, bool)
        mine = self._in_keras_layout(frozen)
        arrays = [array.astype(bool) for array in map(np.asarray, masks or ())]
        shapes = [array.shape for array in mine]
        if masks is not None and [array.shape for array in arrays] != shapes:
            raise PlaygroundError(
                f"This network's weights have the shapes {shapes}; what is frozen of them cannot "
                f"have {[array.shape for array in arrays]}."
            )
        for array, values in zip(mine, arrays, strict=False):
            array[...] = values
        self._frozen = frozen if frozen.any() else None

    def mask(self) -> NDArray[np.bool_] | None:
        """Which parameters learn, or None where all do: those of no frozen layer, not frozen."""
        if self._frozen is None and all(layer.trainable for layer in self.layers):
            return None
        held = self._frozen
        learns = np.ones(self.parameters.size, bool) if held is None else ~held
        for layer, arrays in zip(self.layers, self._views(learns), strict=True):
            for values in arrays if not layer.trainable else ():
                values[...] = False
        return learns

    def _first_with_weights(self) -> int:
        return next((i for i, piece in enumerate(self._pieces) if piece), len(self.layers))

    def use(self, parameters: NDArray[Any], gradients: NDArray[Any]) -> None:
        """From now on have weights and gradients in these arrays, with the numbers they have."""
        self.parameters, self.gradients = parameters, gradients
        self.rebind()

    def rebind(self) -> None:
        """Let the layers work on the present `parameters` and `gradients`."""
        pairs = zip(self._views(self.parameters), self._views(self.gradients), strict=True)
        for layer, (weights, gradients) in zip(self.layers, pairs, strict=True):
            layer.bind(weights, gradients)
            layer.relay = self._relay

    def _views(self, vector: NDArray[Any]) -> list[list[NDArray[Any]]]:
        """The pieces of `vector` that belong to each layer, in the shapes they are stored in."""
        views, start = [], 0
        for piece in self._pieces:
            arrays = []
            for shape in piece:
                stop = start + math.prod(shape)
                arrays.append(vector[start:stop].reshape(shape))
                start = stop
            views.append(arrays)
        return views


def _shapes(layers: Sequence[Layer], shape: Shape) -> list[Shape]:
    """The shape after each layer; raises ImpossibleLayerError at the first that does not fit."""
    shapes = []
    for index, layer in enumerate(layers):
        try:
            shape = layer.output_shape(shape)
        except PlaygroundError as error:
            raise ImpossibleLayerError(index, str(error)) from error
        shapes.append(shape)
    return shapes


def _fastest_order(layers: Sequence[Layer]) -> list[int]:
    """Indices of `layers` in an order that computes the same with less work.

    The maximum of a window and a function that never falls can be taken in either order, so
    ReLU waits until max pooling has left a quarter of the values. Where values tie at the
    maximum, ReLU's slope decides in both orders alike.
    """
    order = list(range(len(layers)))
    for index, (layer, following) in enumerate(pairwise(layers)):
        if isinstance(layer, ReLU) and isinstance(following, MaxPool2D):
            order[index], order[index + 1] = index + 1, index
    return order


def to_outside(values: FloatArray) -> FloatArray:
    """Outputs (H, C, W, N) as (N, H, W, C), or (units, N) as (N, units): a new array."""
    return np.array(batch_first(values), order="C")


def _is_double(values: ArrayLike) -> bool:
    """Whether the caller chose float64, which nobody does who writes a list of numbers."""
    return getattr(values, "dtype", None) == np.float64
