"""Learning one kernel from what it does: a hidden one, or the one between two pictures.

The examples are patches of the picture and what the filter makes of them, so the loss

    L(w, b) = mean (Σ w·x + b − t)²

is a bowl whose curvature is twice the second moments of the patches. The curvature differs a
thousandfold between directions, since neighbouring pixels of a photograph are alike; momentum
copes with that, at a learning rate just below what the steepest direction allows.
Source: B. Polyak, Some methods of speeding up the convergence of iteration methods, 1964.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from playground.core.convolution import conv2d
from playground.core.errors import PlaygroundError
from playground.core.initializers import glorot_uniform
from playground.core.specs import Conv2DSpec, FloatArray, NetworkSpec
from playground.core.tasks.base import Task, cut_patches, with_input_shape
from playground.core.training_setup import TrainingSetup

_PATCH = 14
_PATCHES, _PLACES = 1024, 8192
_MOMENTUM = 0.98
_FLATTEST = 1e-6
_PACE, _PACE_IN_COLOURS = 120.0, 1000.0
"""Steps a second: a kernel for grey is found in about 500 to 800, one for colours, which are all
but alike in most pictures, takes many thousands."""


def copy_filter(picture: FloatArray, goal: Conv2DSpec, *, seed: int = 0) -> Task:
    """Find the one kernel of `goal` from what it makes of `picture` (H, W, C)."""
    height, width = goal.kernel_size
    if picture.shape[0] < height + 1 or picture.shape[1] < width + 1:
        raise PlaygroundError(
            f"The picture has only {picture.shape[1]} × {picture.shape[0]} pixels: too few to "
            f"learn a kernel of {width} × {height} from."
        )
    after = conv2d(picture, goal.kernel, goal.bias, padding="valid", flip=goal.flip)
    return _linear_task("copy", "Copy a filter", picture, after[0][..., np.newaxis], goal, seed)


def which_filter(before: FloatArray, after: FloatArray, *, size: int = 3, seed: int = 0) -> Task:
    """Find the size × size kernel that leads from `before` (H, W, C) to `after` (H, W, 1)."""
    if before.shape[:2] != after.shape[:2]:
        raise PlaygroundError(
            f"The two pictures must be of one size: the first has {before.shape[1]} × "
            f"{before.shape[0]} pixels, the second {after.shape[1]} × {after.shape[0]}."
        )
    if min(before.shape[:2]) <= size:
        raise PlaygroundError(f"The pictures are too small for a kernel of {size} × {size}.")
    top, left = (size - 1) // 2, (size - 1) // 2
    rows, columns = before.shape[0] - size + 1, before.shape[1] - size + 1
    inner = after[top : top + rows, left : left + columns]
    kernel = np.zeros((size, size, before.shape[2], 1), np.float32)
    empty = Conv2DSpec(kernel, np.zeros(1, np.float32), ("found",))
    return _linear_task("which", "Which filter did this?", before, inner, empty, seed)


def _linear_task(
    kind: str, name: str, before: FloatArray, after: FloatArray, like: Conv2DSpec, seed: int
) -> Task:
    """Learn a kernel shaped `like` one; `after` (H', W', 1) is aligned to the "valid" positions."""
    height, width = like.kernel_size
    patch = min(_PATCH, after.shape[0], after.shape[1])
    generator = np.random.default_rng(seed)
    inputs, targets = _aligned_patches(before, after, patch, (height, width), generator)
    start = Conv2DSpec(
        glorot_uniform(like.kernel.shape, seed), np.zeros(1, np.float32), ("learner",)
    )
    network = with_input_shape(NetworkSpec((start,)), inputs.shape[1:])
    setup = TrainingSetup(
        optimizer="momentum",
        learning_rate=steady_rate(inputs, (height, width)),
        momentum=_MOMENTUM,
        batch_size=32,
        epochs=1000,
        seed=seed,
    )
    pace = _PACE if before.shape[2] == 1 else _PACE_IN_COLOURS
    return Task(
        "copy" if kind == "copy" else "which",
        name,
        inputs,
        targets,
        "mean_squared_error",
        network,
        setup,
        goal=like if kind == "copy" else None,
        before=before,
        after=after,
        padding="valid",
        pace=pace if kind == "copy" else None,
    )


def _aligned_patches(
    before: FloatArray,
    after: FloatArray,
    patch: int,
    kernel: tuple[int, int],
    generator: np.random.Generator,
) -> tuple[FloatArray, FloatArray]:
    """Patches of `before` with the outputs of `after` that lie over them.

    Of several times as many places, those where most is to be seen: flat ground teaches nothing.
    """
    view = np.lib.stride_tricks.sliding_window_view
    tall, wide = patch + kernel[0] - 1, patch + kernel[1] - 1
    tops = generator.integers(0, after.shape[0] - patch + 1, _PLACES)
    lefts = generator.integers(0, after.shape[1] - patch + 1, _PLACES)
    contrast = view(_contrast(before), (tall, wide))[tops, lefts].sum(axis=(1, 2))
    chosen = np.argsort(-contrast, kind="stable")[:_PATCHES]
    tops, lefts = tops[chosen], lefts[chosen]
    inputs = view(before, (tall, wide), axis=(0, 1))[tops, lefts].transpose(0, 2, 3, 1)
    targets = view(after, (patch, patch), axis=(0, 1))[tops, lefts].transpose(0, 2, 3, 1)
    return (
        np.ascontiguousarray(inputs, dtype=np.float32),
        np.ascontiguousarray(targets, dtype=np.float32),
    )


def _contrast(picture: FloatArray) -> FloatArray:
    """Squared second differences (H, W): where they are zero, a kernel's weights look alike."""
    plane = picture.sum(axis=2, dtype=np.float32)
    contrast: FloatArray = np.zeros_like(plane)
    contrast[1:-1] += (plane[:-2] - 2 * plane[1:-1] + plane[2:]) ** 2
    contrast[:, 1:-1] += (plane[:, :-2] - 2 * plane[:, 1:-1] + plane[:, 2:]) ** 2
    return contrast


def second_moments(inputs: FloatArray, kernel: tuple[int, int]) -> FloatArray:
    """Mean of p·pᵀ over all patches p of `inputs` under a kernel, each with a 1 for the bias.

    (n + 1, n + 1) with n = kh·kw·C; float64.
    """
    windows = np.lib.stride_tricks.sliding_window_view(inputs, kernel, axis=(1, 2))
    flat = windows.transpose(0, 1, 2, 4, 5, 3).reshape(-1, kernel[0] * kernel[1] * inputs.shape[3])
    rows = np.concatenate([flat, np.ones((len(flat), 1), flat.dtype)], axis=1).astype(np.float64)
    moments: FloatArray = rows.T @ rows / len(rows)
    return moments


def steady_rate(inputs: FloatArray, kernel: tuple[int, int]) -> float:
    """A learning rate at which momentum does not overshoot: 1 over the steepest curvature."""
    steepest = 2 * float(np.linalg.eigvalsh(second_moments(inputs, kernel))[-1])
    return float(f"{1 / max(steepest, _FLATTEST):.2g}")


@dataclass(frozen=True)
class LinearFit:
    """The best that any one kernel can do: its weights, and what is left."""

    kernel: FloatArray
    bias: float
    rmse: float
    """Root mean squared error, in grey levels of 0 to 1."""


def best_linear(task: Task) -> LinearFit:
    """The kernel of least squared error for a task with one kernel, by the normal equations."""
    kernel = task.network.conv(0).kernel
    size = (kernel.shape[0], kernel.shape[1])
    windows = np.lib.stride_tricks.sliding_window_view(task.inputs, size, axis=(1, 2))
    flat = windows.transpose(0, 1, 2, 4, 5, 3).reshape(-1, kernel[..., 0].size)
    rows = np.concatenate([flat, np.ones((len(flat), 1), flat.dtype)], axis=1).astype(np.float64)
    wanted = task.targets.reshape(-1).astype(np.float64)
    # A flat picture leaves directions open; pinv chooses the shortest of equally good kernels.
    found = np.linalg.pinv(rows.T @ rows, rcond=1e-12, hermitian=True) @ (rows.T @ wanted)
    rest = rows @ found - wanted
    return LinearFit(
        found[:-1].reshape(kernel.shape[:3]).astype(np.float32),
        float(found[-1]),
        float(np.sqrt(np.mean(rest**2))),
    )


__all__ = ["LinearFit", "best_linear", "copy_filter", "cut_patches", "steady_rate", "which_filter"]
