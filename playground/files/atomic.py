"""Writing a file so that it is there whole or not at all.

The bytes go to a temporary neighbour, which takes the file's name only when it is complete: a full
disk or a pulled stick leaves the old file as it was.
"""

from __future__ import annotations

import errno
import os
import secrets
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import BinaryIO

from playground.core.errors import PlaygroundError
from playground.files.explaining import Explaining
from playground.files.pictures.sources import printable


def replacing(path: str | os.PathLike[str]) -> AbstractContextManager[BinaryIO]:
    """A stream whose content becomes the file `path` when the block ends without an error.

    Raises PlaygroundError when the file cannot be written; nothing half-written is left behind.
    """
    return _Replacement(Path(path))


class _Replacement(AbstractContextManager[BinaryIO]):
    def __init__(self, target: Path) -> None:
        self._target = target
        self._name = printable(target.name)

    def __enter__(self) -> BinaryIO:
        with Explaining(self._explanation):
            # A link is followed, so that the file it points to is replaced and not the link.
            if not self._target.name:
                raise PlaygroundError("There is no file name: say where to save.")
            self._target = Path(os.path.realpath(self._target))
            _check_writable(self._target, self._name)
            unique = f".{self._target.name[:100]}.{secrets.token_hex(4)}.part"
            self._neighbour = self._target.with_name(unique)
            self._stream = self._neighbour.open("xb")
        return self._stream

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        try:
            if error is None:
                with Explaining(self._explanation):
                    self._take_its_place()
        finally:
            for tidy_up in (self._stream.close, self._neighbour.unlink):
                with suppress(OSError):
                    tidy_up()
        Explaining(self._explanation).__exit__(kind, error, trace)

    def _take_its_place(self) -> None:
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self._stream.close()
        self._neighbour.replace(self._target)

    def _explanation(self, error: BaseException) -> PlaygroundError | None:
        if isinstance(error, OSError):
            return PlaygroundError(_sentence(error, self._target, self._name))
        if isinstance(error, ValueError) and "embedded null" in str(error):
            return PlaygroundError(f"{self._name} is not a name a file can have.")
        return None


def _check_writable(target: Path, name: str) -> None:
    if target.is_dir():
        raise PlaygroundError(f"{name} is a folder; give the file another name.")
    if target.is_symlink():
        # What realpath could not resolve.
        raise PlaygroundError(f"{name} is a link that leads back to itself; choose another name.")
    if target.exists() and not target.is_file():
        raise PlaygroundError(f"{name} is a device or a pipe; give the file another name.")
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
