"""Where a picture comes from, so that it can be read again at another size or in colour.

A source is a small frozen value with a `name` for the window's title. Reading happens when the
picture is wanted: a file that has vanished since is the reader's error, not the source's.
"""

from __future__ import annotations

import io
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, TypeAlias

import numpy as np

from playground.core.errors import PlaygroundError
from playground.core.specs import FloatArray, frozen_array
from playground.files.pictures.limits import check_file_bytes

_LONGEST_NAME = 60
"""Letters that fit into a window's title and into one line of a message."""


@dataclass(frozen=True)
class FileSource:
    """A picture file on disk."""

    path: Path

    def __post_init__(self) -> None:
        object.__setattr__(self, "path", Path(self.path))

    @property
    def name(self) -> str:
        """The file's name, short and printable."""
        return printable(self.path.name or str(self.path))


@dataclass(frozen=True)
class BytesSource:
    """A picture file held in memory, such as a picture pasted from the clipboard."""

    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, eq=False)
class ArraySource:
    """Values drawn or computed in the program: (H, W), (H, W, 1) or (H, W, 3) in [0, 1]."""

    name: str
    values: FloatArray = field(repr=False)

    def __post_init__(self) -> None:
        values = np.asarray(self.values)
        if values.ndim == 2:
            values = values[:, :, None]
        if values.ndim != 3 or values.shape[2] not in (1, 3) or values.size == 0:
            raise PlaygroundError(
                f"{self.name} needs values of shape (height, width) or (height, width, 3), "
                f"not {values.shape}."
            )
        object.__setattr__(self, "values", frozen_array(values))


Source: TypeAlias = FileSource | BytesSource | ArraySource


def open_source(source: FileSource | BytesSource) -> BinaryIO:
    """The source's bytes, to be closed by the caller.

    Raises OSError as the system does, and PlaygroundError for no file, or one too large to open.
    """
    if isinstance(source, BytesSource):
        check_file_bytes(source.name, len(source.data))
        return io.BytesIO(source.data)
    status = source.path.stat()
    if stat.S_ISDIR(status.st_mode):
        raise PlaygroundError(f"{source.name} is a folder; choose a picture inside it.")
    if not stat.S_ISREG(status.st_mode):
        # A pipe or a device may never end.
        raise PlaygroundError(f"{source.name} is a device or a pipe; choose a picture file.")
    check_file_bytes(source.name, status.st_size)
    return source.path.open("rb")


def stamp_of(source: Source) -> tuple[int, int] | None:
    """When a file was last written (ns) and its size (bytes); None for what is not on disk."""
    if not isinstance(source, FileSource):
        return None
    try:
        status = source.path.stat()
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_size


def printable(name: str) -> str:
    """A name fit for one line: control characters replaced, the middle of a long one left out."""
    if len(name) > 4 * _LONGEST_NAME:
        # A name may be a megabyte long.
        name = name[: 2 * _LONGEST_NAME] + name[-2 * _LONGEST_NAME :]
    text = "".join(letter if letter.isprintable() else "�" for letter in name)
    if len(text) <= _LONGEST_NAME:
        return text
    half = _LONGEST_NAME // 2
    return f"{text[:half]}…{text[-half + 1 :]}"
