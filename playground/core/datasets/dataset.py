"""Pictures with the class each belongs to, and the part set aside to see what was learned.

Of class k with n_k pictures, a validation fraction f sets aside

    v_k = min(max(round(f · n_k), 1), n_k − 1)      for n_k ≥ 2, and none of a single picture,

drawn at random from each class by itself (a stratified split), so that both parts have every
class in nearly the same share. Source: R. Kohavi, A study of cross-validation and bootstrap for
accuracy estimation and model selection, IJCAI 1995, section 2.2.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.core.checks import real_array, shown
from playground.core.errors import PlaygroundError
from playground.core.specs import FloatArray, frozen_array

Labels = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Dataset:
    """Inputs (N, H, W, C) float32 in [0, 1] and labels (N,) int64, both read-only; N ≥ 1.

    Label k stands for class_names[k]. Writable or other arrays are copied. Raises PlaygroundError
    when shapes, values or labels do not fit each other.
    """

    inputs: FloatArray
    labels: Labels
    class_names: tuple[str, ...]
    name: str
    white_on_black: bool = False
    """Whether all were made light on a dark ground, so that ink on paper is unlike them."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "class_names", _names(self.class_names, self.name))
        object.__setattr__(self, "inputs", _inputs(self.inputs, self.name))
        object.__setattr__(self, "labels", _labels(self.labels, self.name))
        self._check_labels()

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def input_shape(self) -> tuple[int, int, int]:
        """(H, W, C) of every picture."""
        height, width, channels = self.inputs.shape[1:]
        return height, width, channels

    @property
    def class_counts(self) -> tuple[int, ...]:
        """How many pictures there are of each class, in the order of the names."""
        return tuple(np.bincount(self.labels, minlength=len(self.class_names)).tolist())

    def take(self, places: Sequence[int] | NDArray[np.intp]) -> Dataset:
        """The pictures at these places, in this order, as a data set of the same classes."""
        inputs, labels = self.inputs[places], self.labels[places]
        inputs.flags.writeable = labels.flags.writeable = False
        return replace(self, inputs=inputs, labels=labels)

    def split(self, validation_fraction: float = 0.2, seed: int = 0) -> tuple[Dataset, Dataset]:
        """(train, validation): every picture in one of them, each in the order it has here.

        The same seed gives the same split. Raises PlaygroundError when the fraction is not
        between 0 and 1, or when no class has a second picture to set aside.
        """
        if not 0 < validation_fraction < 1:
            raise PlaygroundError(
                f"The share set aside for validation must lie between 0 and 1, "
                f"not at {validation_fraction}."
            )
        aside = np.zeros(len(self), bool)
        for label, count in enumerate(self.class_counts):
            # A generator for each class: pictures added to one leave the others as they were.
            order = np.random.default_rng((seed, label)).permutation(count)
            chosen = order[: _validation_count(count, validation_fraction)]
            aside[np.flatnonzero(self.labels == label)[chosen]] = True
        if not aside.any():
            raise PlaygroundError(
                f"{self.name} has only one picture of each class, so none can be set aside "
                "for validation; add at least one more."
            )
        return self.take(np.flatnonzero(~aside)), self.take(np.flatnonzero(aside))

    def _check_labels(self) -> None:
        if self.labels.shape != (len(self.inputs),):
            raise PlaygroundError(
                f"{self.name} needs one label for each of its {len(self.inputs)} pictures, "
                f"not labels of shape {self.labels.shape}."
            )
        low, high, classes = self.labels.min(), self.labels.max(), len(self.class_names)
        if low < 0 or high >= classes:
            raise PlaygroundError(
                f"{self.name} has labels from {low} to {high}, "
                f"which do not fit its {classes} class names."
            )


def _validation_count(count: int, fraction: float) -> int:
    return min(max(round(fraction * count), 1), count - 1) if count >= 2 else 0


def _names(names: object, name: str) -> tuple[str, ...]:
    if isinstance(names, str) or not isinstance(names, Sequence):
        raise PlaygroundError(f"{name} needs a list of class names, not {shown(names)}.")
    return tuple(names)


def _inputs(values: ArrayLike, name: str) -> FloatArray:
    array = real_array(values, name)
    if array.ndim != 4 or array.size == 0:
        raise PlaygroundError(
            f"{name} needs pictures of shape (count, height, width, channels), not {array.shape}."
        )
    kept = array if _is_frozen(array, np.float32) else frozen_array(array)
    with np.errstate(invalid="ignore"):
        # Written so that NaN, which compares as false, does not pass.
        fits = kept.min() >= 0 and kept.max() <= 1
    if not fits:
        raise PlaygroundError(f"{name} has values outside 0 to 1.")
    return kept


def _labels(values: ArrayLike, name: str) -> Labels:
    try:
        array = np.asarray(values)
    except ValueError:
        raise PlaygroundError(f"{name} needs one label for each picture, all in a row.") from None
    if array.dtype.kind not in "iu":
        raise PlaygroundError(f"{name} needs whole numbers as labels, not {array.dtype}.")
    if _is_frozen(array, np.int64):
        return array
    labels = array.astype(np.int64, order="C")
    labels.flags.writeable = False
    return labels


def _is_frozen(array: NDArray[Any], dtype: type[np.generic]) -> bool:
    return array.dtype == dtype and array.flags.c_contiguous and not array.flags.writeable
