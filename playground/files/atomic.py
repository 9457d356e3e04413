"""Writing a file so that it is there whole or not at all.

The bytes go to a temporary neighbour, which takes the file's name only when it is complete: a full
disk or a pulled stick leaves the old file as it was.
"""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from playground.core.errors import PlaygroundError
from playground.files.sources import printable


@contextmanager
def replacing(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """A stream whose content becomes the file `path` when the block ends without an error.

    Raises PlaygroundError when the file cannot be written; nothing half-written is left behind.
    """
    target = Path(path)
    name = printable(target.name)
    try:
        # A link is followed, so that the file it points to is replaced and not the link.
        target = Path(os.path.realpath(target))
        _check_writable(target, name)
        neighbour = target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}.part")
        try:
            with neighbour.open("xb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            neighbour.replace(target)
        finally:
            with suppress(OSError):
                neighbour.unlink()
    except PlaygroundError:
        raise
    except OSError as error:
        raise PlaygroundError(_sentence(error, target, name)) from error
    except ValueError as error:
        if "embedded null" not in str(error):
            raise
        raise PlaygroundError(f"{name} is not a name a file can have.") from error


def _check_writable(target: Path, name: str) -> None:
    if target.is_dir():
        raise PlaygroundError(f"{name} is a folder; give the file another name.")
    if target.exists() and not os.access(target, os.W_OK):
        # Replacing would get around the protection the owner put on the file.
        raise PlaygroundError(f"{name} is write-protected; save under another name.")


def _sentence(error: OSError, target: Path, name: str) -> str:
    folder = printable(str(target.parent))
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return f"{name} cannot be saved because there is no folder {folder}."
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return f"{name} cannot be saved because you may not write to {folder}; choose another."
    if error.errno == errno.ENOSPC:
        return f"{name} cannot be saved because the disk is full; make room, or choose another."
    if error.errno == errno.ENAMETOOLONG:
        return f"{name} cannot be saved because its name is too long."
    return f"{name} cannot be saved to {folder} ({error.strerror or error}); choose another place."
