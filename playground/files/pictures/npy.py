"""NumPy's .npy files as pictures: the maps this program saves, and any array that is one."""

from __future__ import annotations

from functools import partial
from typing import BinaryIO

import numpy as np

from playground.core.errors import PlaygroundError
from playground.files.pictures.raw_values import (
    RawFile,
    RawValues,
    check_claim,
    check_rest,
    natural_ends,
)

MAGIC = b"\x93NUMPY"


def open_npy(stream: BinaryIO, name: str) -> RawFile:
    """An array (H, W), (H, W, 1) or (H, W, 3) of real numbers, with nothing pickled in it."""
    stream.seek(0)
    version = np.lib.format.read_magic(stream)
    header = (
        np.lib.format.read_array_header_1_0
        if version == (1, 0)
        else np.lib.format.read_array_header_2_0
    )
    shape, _, kind = header(stream)
    if (
        kind.kind not in "biuf"
        or len(shape) not in (2, 3)
        or (len(shape) == 3 and shape[2] not in (1, 3))
    ):
        raise PlaygroundError(
            f"{name} has {kind} values of shape {shape}: a picture is an array of numbers "
            "(height, width) or (height, width, 3)."
        )
    height, width, *channels = shape
    claimed = check_claim(name, (width, height), kind.itemsize, *channels)
    check_rest(name, stream, stream.tell(), claimed)
    return RawFile("NPY", (width, height), partial(_read, stream))


def _read(stream: BinaryIO) -> RawValues:
    stream.seek(0)
    values = np.load(stream, allow_pickle=False)
    planes = values[..., np.newaxis] if values.ndim == 2 else values
    return RawValues(planes, natural_ends(planes))
