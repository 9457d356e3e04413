"""What every kind of layer says of itself: its weights, their ids, and what its values look at.

The kinds themselves are described in layers.py, or beside the class that computes them; the table
of all kinds is core/layers. Whoever works on layers asks these questions, never for the kind.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Literal, Self, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray: TypeAlias = NDArray[np.floating[Any]]
Padding: TypeAlias = Literal["same", "valid"] | int | tuple[int, int, int, int]
Draw: TypeAlias = Callable[[tuple[int, ...]], FloatArray]
"""Makes fresh weights of a shape."""

Order: TypeAlias = Sequence[int | None]
"""For each kernel or input that there is now, the one it was, or None for a new one."""


def frozen_array(values: ArrayLike) -> FloatArray:
    """A read-only C-contiguous float32 copy of `values`."""
    array = np.array(values, dtype=np.float32, order="C", copy=True)
    array.flags.writeable = False
    return array


@dataclass(frozen=True)
class Window:
    """The taps in a layer's input maps that one value of its output looks at."""

    taps: tuple[int, int] = (1, 1)
    stride: int = 1
    dilation: int = 1
    padding: Padding = "valid"
    pools: bool = False
    """Whether it is called pooling where it does not fit."""


@dataclass(frozen=True, eq=False, kw_only=True)
class LayerSpec:
    """A layer with its lasting id, 0 for not yet given; by itself one without weights."""

    layer_id: int = field(default=0, repr=False, compare=False)

    weight_names: ClassVar[tuple[str, ...]] = ()
    """Its fields that hold weights, in the order and the layout of Keras."""
    needs_maps: ClassVar[bool] = False
    """Whether it can take no row of numbers."""
    lays_in_row: ClassVar[bool] = False
    """Whether it lays maps (H, W, C) in one row, whose inputs keep their places."""

    @property
    def key(self) -> str:
        """The name of its kind in the table of layer kinds."""
        raise NotImplementedError

    @property
    def window(self) -> Window | None:
        """What a value of its maps looks at; None where it makes no maps."""
        return Window()

    @property
    def outline(self) -> object:
        """All of it but the numbers and names of its weights, to be compared."""
        return self

    @property
    def inputs(self) -> int:
        """For how many channels, or numbers in a row, it has weights; 0 for a layer without."""
        return 0

    @property
    def weights(self) -> tuple[FloatArray, ...]:
        """Its weights as they are seen."""
        return tuple(getattr(self, name) for name in self.weight_names)

    def with_weights(self, weights: Sequence[FloatArray]) -> Self:
        """The same layer with other weights."""
        if not self.weight_names:
            return self
        changes: dict[str, Any] = dict(zip(self.weight_names, weights, strict=True))
        return replace(self, **changes)

    def turned(self, weights: Sequence[NDArray[Any]]) -> list[NDArray[Any]]:
        """Arrays like its weights, from how they are seen to how they are computed with, and back.

        Views of those that are given, which may be fewer.
        """
        return list(weights)

    @property
    def kernel_ids(self) -> tuple[int, ...]:
        """Ids of the kernels or units that make its channels; none where it keeps channels."""
        return ()

    def with_ids(self, layer_id: int, _kernel_ids: tuple[int, ...]) -> Self:
        """The same layer with these ids."""
        return replace(self, layer_id=layer_id)

    def with_setting(self, name: str, value: float, _draw: Draw) -> Self:
        """The same layer with another value of a setting."""
        changes: dict[str, Any] = {name: value}
        return replace(self, **changes)

    def check_fit(self, shape: tuple[int, ...]) -> None:
        """Raises PlaygroundError where its weights are made for another input than `shape`."""

    def check_size(self, inputs: int) -> None:
        """Raises PlaygroundError where it would need too many weights for so many inputs."""

    def fresh(self, _shape: tuple[int, ...] | None, _draw: Draw) -> Self:
        """The same layer with fresh weights, made for an input of `shape` where one is given."""
        return self

    def fitted(self, _shape: tuple[int, ...], _draw: Draw) -> Self:
        """The same layer with weights that fit `shape`: the first are kept, others are fresh."""
        return self

    def with_inputs(self, _order: Order, _draw: Draw) -> Self:
        """The same layer where its inputs came, went or moved: weights move with their input."""
        return self


@dataclass(frozen=True, eq=False, kw_only=True)
class WeightedSpec(LayerSpec):
    """A layer with weights, held as read-only float32 arrays."""

    def __post_init__(self) -> None:
        for name in self.weight_names:
            object.__setattr__(self, name, _as_frozen(getattr(self, name)))

    @property
    def settings(self) -> tuple[object, ...]:
        """Everything but the numbers and names."""
        return ()

    @property
    def outline(self) -> object:
        """Its kind, the shapes of its weights and its settings."""
        return type(self), tuple(array.shape for array in self.weights), self.settings

    def __eq__(self, other: object) -> bool:
        """Equal in every weight and every setting; ids say nothing of what it is like."""
        return (
            isinstance(other, WeightedSpec)
            and self.outline == other.outline
            and all(map(np.array_equal, self.weights, other.weights))
        )

    __hash__ = None  # type: ignore[assignment]

    @property
    def looks_at_maps(self) -> bool:
        """Whether its weights are those for maps (…, …, C, …), not for a row of numbers."""
        return self.weights[0].ndim > 2


def first_of(count: int, before: int) -> list[int | None]:
    """The order in which `count` inputs are the first of those before, and new ones behind."""
    return [number if number < before else None for number in range(count)]


def _as_frozen(array: FloatArray) -> FloatArray:
    if array.dtype == np.float32 and array.flags.c_contiguous and not array.flags.writeable:
        return array
    return frozen_array(array)
