"""Losses: one number that says how wrong the outputs of a batch are, and its slope at each output.

Over N examples with outputs z and targets t, all means being over examples (and values),

    mean squared error      L = mean (z − t)²                    ∂L/∂z = 2·(z − t) / count
    softmax cross-entropy   L = mean_n −log p[t_n], p = softmax(z)    ∂L/∂z = (p − onehot(t)) / N
    binary cross-entropy    L = mean −t·log p − (1 − t)·log(1 − p)

Binary cross-entropy takes p itself (after Sigmoid) or, with from_logits, z with p = sigmoid(z).
Called as `loss(outputs, targets)` with the batch first, as everywhere outside; `measure` is the
same with the batch last (see layers/base.py), and fills in the slope.
Source: I. Goodfellow et al., Deep Learning, 2016, sections 5.5 and 6.2.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.core.checks import real_array
from playground.core.convolve.activations import activate
from playground.core.errors import PlaygroundError
from playground.core.layers.base import batch_first, batch_last
from playground.core.specs import ActivationSpec, FloatArray

# A sure mistake costs −log of it, 27.6, and not infinity.
_SMALLEST_PROBABILITY = 1e-12


class Loss(ABC):
    """How wrong outputs are, as one number."""

    name: str
    label: str

    def __call__(self, outputs: ArrayLike, targets: ArrayLike) -> float:
        """The loss of outputs (N, …) against targets: (N, …), or class numbers (N,)."""
        return self._outside(outputs, targets)[0]

    def gradient(self, outputs: ArrayLike, targets: ArrayLike) -> FloatArray:
        """∂L/∂outputs (N, …)."""
        return batch_first(self._outside(outputs, targets)[1])

    @abstractmethod
    def measure(self, outputs: FloatArray, targets: NDArray[Any], gradient: NDArray[Any]) -> float:
        """The loss of outputs (…, N); fills `gradient` with ∂L/∂outputs of the same shape."""

    def accuracy(self, outputs: FloatArray, targets: NDArray[Any]) -> float | None:
        """Share of the N outputs (…, N) that are right, or None where that has no meaning."""
        return None

    def _outside(self, outputs: ArrayLike, targets: ArrayLike) -> tuple[float, FloatArray]:
        values, wanted = real_array(outputs, "outputs"), real_targets(targets)
        if values.ndim == 0 or values.size == 0 or wanted.ndim == 0:
            raise PlaygroundError(
                f"A loss needs outputs and targets of at least one example, not arrays of the "
                f"shapes {values.shape} and {wanted.shape}."
            )
        inside = np.ascontiguousarray(batch_last(values))
        if wanted.ndim > 1:
            wanted = np.ascontiguousarray(batch_last(wanted))
        gradient = np.empty_like(inside)
        return self.measure(inside, wanted, gradient), gradient


class MeanSquaredError(Loss):
    """The mean of the squared differences."""

    name, label = "mean_squared_error", "mean squared error"

    def measure(self, outputs: FloatArray, targets: NDArray[Any], gradient: NDArray[Any]) -> float:
        _same_shape(outputs, targets)
        np.subtract(outputs, targets, out=gradient)
        flat = gradient.reshape(-1)
        loss = float(np.dot(flat, flat)) / max(1, flat.size)
        gradient *= gradient.dtype.type(2 / max(1, flat.size))
        return loss


class SoftmaxCrossEntropy(Loss):
    """For one right class among several; the outputs are logits, which Softmax makes chances."""

    name, label = "softmax_cross_entropy", "cross-entropy"

    def measure(self, outputs: FloatArray, targets: NDArray[Any], gradient: NDArray[Any]) -> float:
        if outputs.ndim != 2:
            raise PlaygroundError("Cross-entropy needs one row of numbers for each picture.")
        count = outputs.shape[1]
        np.subtract(outputs, outputs.max(axis=0), out=gradient)
        if targets.ndim > 1:
            _same_shape(outputs, targets)
            shifted = float(np.vdot(targets, gradient))
        else:
            targets, columns = _classes(targets, outputs), np.arange(count)
            shifted = float(gradient[targets, columns].sum())
        np.exp(gradient, out=gradient)
        totals = gradient.sum(axis=0)
        if targets.ndim > 1:
            loss = float(np.dot(np.log(totals), targets.sum(axis=0))) - shifted
            gradient *= targets.sum(axis=0) / totals
            gradient -= targets
        else:
            loss = float(np.log(totals).sum()) - shifted
            gradient /= totals
            gradient[targets, columns] -= 1
        gradient *= gradient.dtype.type(1 / count)
        return float(loss / count)

    def accuracy(self, outputs: FloatArray, targets: NDArray[Any]) -> float | None:
        wanted = targets if targets.ndim == 1 else targets.argmax(axis=0)
        named = outputs.argmax(axis=0)
        # What is no number would be taken for the largest; it names no class.
        right = (named == wanted) & np.isfinite(outputs[named, np.arange(len(named))])
        return int(np.count_nonzero(right)) / len(wanted)


class BinaryCrossEntropy(Loss):
    """For answers that are each yes (1) or no (0)."""

    name, label = "binary_cross_entropy", "binary cross-entropy"

    def __init__(self, from_logits: bool = False) -> None:
        self.from_logits = from_logits

    def measure(self, outputs: FloatArray, targets: NDArray[Any], gradient: NDArray[Any]) -> float:
        wanted = _one_each(targets, outputs)
        _same_shape(outputs, wanted)
        if self.from_logits:
            # −t·log p − (1 − t)·log(1 − p) = max(z, 0) − t·z + log(1 + e^−|z|): never overflows.
            loss = np.maximum(outputs, 0) - wanted * outputs + np.log1p(np.exp(-np.abs(outputs)))
            np.subtract(activate(outputs, ActivationSpec("sigmoid")), wanted, out=gradient)
        else:
            # Small chances keep their digits; the largest is one that can be told from 1.
            most = 1 - max(_SMALLEST_PROBABILITY, float(np.finfo(outputs.dtype).eps))
            chance = np.clip(outputs, _SMALLEST_PROBABILITY, most)
            loss = -(wanted * np.log(chance) + (1 - wanted) * np.log1p(-chance))
            np.divide(chance - wanted, chance * (1 - chance), out=gradient)
        gradient *= gradient.dtype.type(1 / max(1, outputs.size))
        return float(loss.mean())

    def accuracy(self, outputs: FloatArray, targets: NDArray[Any]) -> float | None:
        wanted = _one_each(targets, outputs)
        middle = 0.0 if self.from_logits else 0.5
        return float(np.mean((outputs > middle) == (wanted > 0.5)))


def softmax(outputs: FloatArray) -> FloatArray:
    """Chances (K, …) from logits (K, …): e^z / Σ e^z over the first axis."""
    outputs = real_array(outputs, "outputs")
    if outputs.ndim == 0 or not outputs.size:
        raise PlaygroundError(f"Chances are of at least one class, not of {outputs.shape} outputs.")
    powers: FloatArray = np.exp(outputs - outputs.max(axis=0))
    powers /= powers.sum(axis=0)
    return powers


ALL: dict[str, type[Loss]] = {
    loss.name: loss for loss in (MeanSquaredError, SoftmaxCrossEntropy, BinaryCrossEntropy)
}


def get(loss: str | Loss) -> Loss:
    """The loss called `loss`; a loss itself is passed through. PlaygroundError for other names."""
    if isinstance(loss, Loss):
        return loss
    if not isinstance(loss, str) or loss not in ALL:
        raise PlaygroundError(
            f"There is no loss called “{str(loss)[:40]}”: choose one of {', '.join(ALL)}."
        )
    return ALL[loss]()


def real_targets(targets: ArrayLike) -> NDArray[Any]:
    """Targets as an array: class numbers stay whole; PlaygroundError for what is no number."""
    array = real_array(targets, "targets")
    return np.asarray(targets) if np.asarray(targets).dtype.kind in "iuf" else array


def _classes(targets: NDArray[Any], outputs: FloatArray) -> NDArray[Any]:
    """Class numbers (N,) fit to choose among outputs (K, N)."""
    kinds, count = outputs.shape
    if targets.shape != (count,):
        raise PlaygroundError(
            f"There are {count} outputs and targets of the shape {targets.shape}: cross-entropy "
            "needs one class number, or one row of numbers, for each output."
        )
    whole = targets
    if targets.dtype.kind not in "iu":
        if not np.array_equal(targets, np.rint(targets)):  # which nothing that is not a number is
            raise PlaygroundError("The number of a class is a whole number.")
        whole = targets.astype(np.intp)
    if count and not (whole.min() >= 0 and whole.max() < kinds):
        raise PlaygroundError(
            f"The network's last layer tells {kinds} classes apart, from 0 to {kinds - 1}, but the "
            f"targets name classes from {whole.min()} to {whole.max()}."
        )
    return whole


def _one_each(targets: NDArray[Any], outputs: FloatArray) -> NDArray[Any]:
    """Targets (N,) as (1, N), where that is the shape of `outputs`."""
    return targets[np.newaxis] if targets.ndim == 1 and len(outputs) == 1 else targets


def _same_shape(outputs: FloatArray, targets: NDArray[Any]) -> None:
    if outputs.shape != targets.shape:
        raise PlaygroundError(
            f"The network's output has the shape {batch_first(outputs).shape} but the targets have "
            f"{batch_first(targets).shape}: they must be the same."
        )
