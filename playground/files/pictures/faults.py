"""What goes wrong while a picture is read, said in one sentence.

Pillow's decoders are written by many hands and meet damaged files with whatever Python raises at
that point; the system adds its own. Each of those types is named here once, and becomes a
PlaygroundError with the picture's name. Decoders written in C, which would say more on standard
error, are silenced meanwhile.
"""

from __future__ import annotations

import errno
import logging
import os
import re
import struct
import threading
import warnings
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import BinaryIO, TypeAlias

from PIL import Image, UnidentifiedImageError

from playground.core.errors import PlaygroundError
from playground.files.explaining import Explaining
from playground.files.pictures.limits import too_many_pixels
from playground.files.pictures.unread_kinds import other_kind, unread_kind

Faults: TypeAlias = tuple[type[Exception], ...]

DAMAGE: Faults = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    RuntimeError,
    BufferError,
    struct.error,
    zlib.error,
)
"""What Pillow's decoders are known to raise on damaged files."""
CONVERSION: Faults = (OSError, ValueError)
"""What Pillow raises when decoded pixels cannot be turned into the mode asked for."""

_NO_FAULT_OF_THE_DISK = (errno.EINVAL, errno.EOVERFLOW, errno.EFBIG, errno.EDOM, errno.ERANGE)
"""What the system reports when a damaged file sends a decoder to a place that does not exist."""
_STDERR = 2
_stderr_lock = threading.Lock()


def explained(name: str, stream: BinaryIO | None = None, faults: Faults = DAMAGE) -> Explaining:
    """Turn every failure to read the picture `name` into a PlaygroundError of one sentence.

    `stream` has the file's bytes, where they tell what it is if Pillow cannot read it; `faults`
    are the types that mean damage at this stage, so that a mistake in our own code elsewhere is
    not taken for damage.
    """
    _hush()
    return Explaining(partial(_explanation, name, stream, faults))


@contextmanager
def quiet_stderr() -> Iterator[None]:
    """Nothing written to standard error, by any language, appears while the block runs.

    Pillow silences libtiff's warnings but neither its errors nor those of the AVIF decoder, and
    Python cannot reach them.
    """
    with _stderr_lock:
        try:
            kept = os.dup(_STDERR)
        except OSError:
            # A windowed program has no standard error.
            yield
            return
        try:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, _STDERR)
            os.close(nowhere)
            yield
        finally:
            os.dup2(kept, _STDERR)
            with suppress(OSError):
                os.close(kept)


def damaged(name: str) -> str:
    """The sentence for a picture whose data end too soon or make no sense."""
    return f"{name} is damaged or incomplete and cannot be opened; try another copy of it."


def _explanation(
    name: str, stream: BinaryIO | None, faults: Faults, error: BaseException
) -> PlaygroundError | None:
    if isinstance(error, PlaygroundError):
        return None
    if isinstance(error, Image.DecompressionBombError):
        return too_many_pixels(name, _claimed_pixels(error))
    if isinstance(error, MemoryError):
        return PlaygroundError(
            f"There is not enough memory to open {name}; close other programs, "
            "or save a smaller copy of it first."
        )
    if isinstance(error, UnidentifiedImageError):
        return PlaygroundError(_unidentified(name, stream))
    if isinstance(error, faults):
        return PlaygroundError(
            _system_sentence(name, error) or _not_read(name, stream) or damaged(name)
        )
    return None


def _unidentified(name: str, stream: BinaryIO | None) -> str:
    """The sentence for a file in which no decoder recognises a picture."""
    if sentence := _not_read(name, stream):
        return sentence
    kind = _told(other_kind, stream)
    if kind == "a picture":
        return damaged(name)
    if kind:
        return f"{name} is {kind}, which cannot be opened; export it as PNG or JPEG first."
    return (
        f"{name} is not a picture this program can read; "
        "choose a PNG, JPEG, TIFF, WebP, GIF or BMP file."
    )


def _not_read(name: str, stream: BinaryIO | None) -> str:
    """The sentence for a sound picture of a kind that no decoder here takes; "" for others."""
    kind = _told(unread_kind, stream)
    if not kind:
        return ""
    return f"{name} is {kind}, which this program does not read; export it as PNG or JPEG first."


def _told(tell: Callable[[BinaryIO], str], stream: BinaryIO | None) -> str:
    """What `tell` says of the file; "" where it cannot be read again."""
    with suppress(OSError):
        return tell(stream) if stream else ""
    return ""


def _system_sentence(name: str, error: BaseException) -> str:
    """What the system said about the file itself, or "" when its content is at fault."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return f"{name} is no longer there; it was moved, renamed or deleted."
    if isinstance(error, PermissionError):
        return f"{name} may not be read by you; ask its owner, or choose another picture."
    if isinstance(error, IsADirectoryError):
        return f"{name} is a folder; choose a picture inside it."
    if isinstance(error, OSError) and error.errno not in (None, *_NO_FAULT_OF_THE_DISK):
        reason = error.strerror or "the disk did not answer"
        return f"{name} could not be read ({reason}); try to copy it to another place first."
    if isinstance(error, ValueError) and "embedded null" in str(error):
        return f"{name} is not the name of a file."
    return ""


def _claimed_pixels(error: Exception) -> int | None:
    found = re.search(r"\((\d+) pixels\)", str(error))
    return int(found[1]) if found else None


def _hush() -> None:
    # Pillow warns about odd metadata and large sizes, which are met here by sentences of our own.
    # The filter is put in again rather than a context manager used: those are not thread-safe,
    # and putting the same filter in twice changes nothing.
    warnings.filterwarnings("ignore", module=r"PIL\.")
    # Its log repeats what the sentence says, or lists every chunk of every file.
    logging.getLogger("PIL").setLevel(logging.CRITICAL)
