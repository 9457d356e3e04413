"""The data sets that come with the program: digits and clothes.

Each is a NumPy archive of images, uint8 (N, 28, 28), and labels, uint8 (N,). Sources and licences
are in assets/README.md.
"""

from __future__ import annotations

import tokenize
import zipfile
from pathlib import Path

import numpy as np

from playground.core.datasets.dataset import Dataset
from playground.core.errors import PlaygroundError
from playground.files.assets import asset_path
from playground.files.pictures.faults import DAMAGE, Faults
from playground.files.pictures.sources import printable

DIGIT_NAMES = tuple("0123456789")
CLOTHES_NAMES = (
    *("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat"),
    *("Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"),
)
"""Fashion-MNIST's own names."""

_SIDE = 28
# NumPy parses an array's header as Python; a damaged one may claim more than memory holds.
_ARCHIVE_DAMAGE: Faults = (*DAMAGE, zipfile.BadZipFile, tokenize.TokenError, MemoryError)


def load_digits() -> Dataset:
    """5,000 handwritten digits, white on black, 500 of each: inputs (5000, 28, 28, 1)."""
    return read_archive(asset_path("datasets", "digits.npz"), DIGIT_NAMES, "Digits")


def load_clothes() -> Dataset:
    """5,000 pieces of clothing on black, 500 of each kind: inputs (5000, 28, 28, 1)."""
    return read_archive(asset_path("datasets", "clothes.npz"), CLOTHES_NAMES, "Clothes")


def read_archive(path: Path, class_names: tuple[str, ...], name: str) -> Dataset:
    """The data set in an archive of ours, v = byte / 255, white on black.

    Raises PlaygroundError, one sentence, for an archive that is damaged or holds something else.
    """
    try:
        # NumPy leaves a damaged archive open when it is given the path.
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
            images, labels = arrays["images"], arrays["labels"]
        if images.dtype != np.uint8 or images.shape[1:] != (_SIDE, _SIDE):
            raise ValueError(f"images are {images.dtype} {images.shape}")
        inputs = np.divide(images[..., np.newaxis], 255, dtype=np.float32)
        inputs.flags.writeable = False
        return Dataset(inputs, labels, class_names, name, white_on_black=True)
    except _ARCHIVE_DAMAGE as error:
        raise PlaygroundError(
            f"{printable(path.name)} is damaged or incomplete, so {name} cannot be opened; "
            "install Filter Playground again."
        ) from error
