"""Feature maps out: as seen, or as values for another program.

A 16-bit PNG keeps values as words, word = 65535 (value − minimum) / (maximum − minimum), and says
minimum and maximum in its text, so that a program can restore the values to within 1/65535 of their
range. NPY keeps the float32 values themselves.
"""

from __future__ import annotations

import io
import os
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image, PngImagePlugin

from playground.core.errors import PlaygroundError
from playground.core.specs import FloatArray
from playground.files.atomic import replacing
from playground.files.pictures.raw_values import WORD_MAX

PathLike: TypeAlias = str | os.PathLike[str]


def save_map_png(path: PathLike, rgb: NDArray[np.uint8]) -> None:
    """Save a map as it is seen: (h, w, 3) RGB or (h, w) grey, 8 bits.

    Raises PlaygroundError when the file cannot be written.
    """
    with replacing(path) as stream:
        Image.fromarray(np.ascontiguousarray(rgb, np.uint8)).save(stream, "PNG")


def save_map_png16(path: PathLike, values: FloatArray) -> None:
    """Save a map's values (h, w) as a 16-bit grey PNG whose text says `minimum` and `maximum`.

    Raises PlaygroundError when the file cannot be written or the values are not finite.
    """
    words, minimum, maximum = to_words(values)
    text = PngImagePlugin.PngInfo()
    text.add_text("minimum", repr(minimum))
    text.add_text("maximum", repr(maximum))
    text.add_text("Comment", "value = minimum + word / 65535 * (maximum - minimum)")
    with replacing(path) as stream:
        Image.fromarray(words).save(stream, "PNG", pnginfo=text)


def save_map_npy(path: PathLike, values: FloatArray) -> None:
    """Save values of any shape as a NumPy file, exactly as they are.

    Raises PlaygroundError when the file cannot be written.
    """
    with replacing(path) as stream:
        # Not into the file itself: NumPy's own writing does not say why it failed.
        whole = io.BytesIO()
        np.save(whole, np.ascontiguousarray(values), allow_pickle=False)
        stream.write(whole.getbuffer())


def to_words(values: NDArray[Any]) -> tuple[NDArray[np.uint16], float, float]:
    """Values (h, w) as 16-bit words, with the minimum and maximum that scale them.

    A map of one single value becomes words of 0, which still stand for that value.
    """
    minimum, maximum = float(values.min()), float(values.max())
    if not np.isfinite([minimum, maximum]).all():
        raise PlaygroundError(
            "The map has values that are not numbers (NaN or infinity), so it cannot be saved "
            "as 16 bits; save it as NPY, or choose smaller weights."
        )
    spread = maximum - minimum
    scale = WORD_MAX / spread if spread > 0 else 0.0
    words = np.rint((values.astype(np.float64) - minimum) * scale).astype(np.uint16)
    return words, minimum, maximum
