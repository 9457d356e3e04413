"""Denoise: a few kernels learn to undo the noise or the blur that was added to a picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal, TypeAlias

import numpy as np

from playground.core.convolve.convolution import conv2d
from playground.core.errors import PlaygroundError
from playground.core.network.building import initialized
from playground.core.specs import ActivationSpec, Conv2DSpec, FloatArray, NetworkSpec
from playground.core.tasks.base import PictureTask, cut_patches, with_input_shape
from playground.core.training.training_setup import TrainingSetup

Damage: TypeAlias = Literal["noise", "blur"]

# Large beside the 9 × 9 pixels that two layers of 5 × 5 look at.
_PATCH = 24
# Enough to learn a few small kernels from.
_PATCHES = 512
# The smallest kernel that reaches past the neighbouring pixels.
_SIZE = 5


@dataclass(frozen=True, eq=False, kw_only=True)
class DenoiseTask(PictureTask):
    """Undo the noise or the blur that `before` has and `after` had not."""

    restores: ClassVar[bool] = True


def denoise(
    picture: FloatArray,
    *,
    damage: Damage = "noise",
    strength: float = 0.1,
    kernels: int = 8,
    seed: int = 0,
) -> DenoiseTask:
    """Undo what was done to `picture` (H, W, C) with 1 to 8 kernels and C that join their maps.

    `strength` is the noise's standard deviation, or a tenth of the blur's σ in pixels.
    """
    if not 1 <= kernels <= 8:
        raise PlaygroundError("Denoising is learned with 1 to 8 kernels.")
    clean = np.asarray(picture, np.float32)
    channels = clean.shape[2]
    if min(clean.shape[:2]) < _SIZE:
        raise PlaygroundError(
            f"The picture has only {clean.shape[1]} × {clean.shape[0]} pixels: too few to learn "
            "from."
        )
    spoiled = damaged(clean, damage, strength, seed)
    side = min(_PATCH, *clean.shape[:2])
    generator = np.random.default_rng(seed)
    inputs, targets = cut_patches((spoiled, clean), side, _PATCHES, generator)
    names = tuple(f"kernel {index}" for index in range(kernels))
    restored = ("restored",) if channels == 1 else ("red", "green", "blue")
    first = Conv2DSpec(np.zeros((_SIZE, _SIZE, channels, kernels)), np.zeros(kernels), names)
    join = Conv2DSpec(np.zeros((_SIZE, _SIZE, kernels, channels)), np.zeros(channels), restored)
    network = NetworkSpec((first, ActivationSpec("relu"), join))
    setup = TrainingSetup(learning_rate=0.003, batch_size=16, epochs=60, seed=seed)
    network = initialized(network, setup.initializer, seed, inputs.shape[1:])
    return DenoiseTask(
        name="Denoise" if damage == "noise" else "Sharpen again",
        inputs=inputs,
        targets=targets,
        loss="mean_squared_error",
        network=with_input_shape(network, inputs.shape[1:]),
        setup=setup,
        before=spoiled,
        after=clean,
    )


def damaged(picture: FloatArray, damage: Damage, strength: float, seed: int) -> FloatArray:
    """`picture` (H, W, C) in [0, 1] with noise or blur; a new array."""
    if damage == "noise":
        noise = np.random.default_rng(seed).standard_normal(picture.shape, dtype=np.float32)
        return np.clip(picture + np.float32(strength) * noise, 0, 1)
    sigma = sigma_of(strength)
    reach = int(np.ceil(3 * sigma))
    bell = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    bell = (bell / bell.sum()).astype(np.float32)
    channels = []
    for channel in range(picture.shape[2]):
        plane = picture[:, :, channel : channel + 1]
        plane = conv2d(plane, bell[:, None, None, None], edge="replicate").transpose(1, 2, 0)
        plane = conv2d(plane, bell[None, :, None, None], edge="replicate").transpose(1, 2, 0)
        channels.append(plane)
    return np.ascontiguousarray(np.concatenate(channels, axis=2))


def sigma_of(strength: float) -> float:
    """The σ of a blur, in pixels; at least what can be seen."""
    return max(0.3, 10 * strength)
