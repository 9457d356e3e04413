"""The labelled pictures that come with the program (assets/README.md says from where)."""

from __future__ import annotations

import zipfile
from functools import cache
from pathlib import Path

import numpy as np

from playground.core.dataset import Dataset
from playground.core.errors import PlaygroundError
from playground.files.assets import asset_path

_DIGITS = tuple("0123456789")
_CLOTHES = (
    "T-shirt",
    "trousers",
    "pullover",
    "dress",
    "coat",
    "sandal",
    "shirt",
    "sneaker",
    "bag",
    "ankle boot",
)


@cache
def load_digits() -> Dataset:
    """5,000 handwritten digits, (5000, 28, 28, 1), white on black."""
    return read_npz(asset_path("datasets", "digits.npz"), _DIGITS, "Digits")


@cache
def load_clothes() -> Dataset:
    """5,000 articles of clothing, (5000, 28, 28, 1), light on black."""
    return read_npz(asset_path("datasets", "clothes.npz"), _CLOTHES, "Clothes")


def read_npz(path: Path, class_names: tuple[str, ...], name: str) -> Dataset:
    """`images` (N, H, W) uint8 and `labels` (N,) of a file; PlaygroundError where it is damaged."""
    try:
        with np.load(path, allow_pickle=False) as arrays:
            images, labels = arrays["images"], arrays["labels"]
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise PlaygroundError(
            f"The pictures of “{name}” cannot be read from {path.name}: install the program again."
        ) from error
    if images.dtype != np.uint8 or images.ndim != 3:
        raise PlaygroundError(f"{path.name} does not hold pictures of one byte per pixel.")
    inputs = images[..., np.newaxis].astype(np.float32)
    inputs /= 255
    inputs.flags.writeable = False
    return Dataset(inputs, labels.astype(np.int64), class_names, name)
