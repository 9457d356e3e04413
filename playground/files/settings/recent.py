"""The pictures opened last, remembered between sessions in one small JSON file.

The list is a convenience: when its file is damaged it starts empty, and when it cannot be written
it lasts until the program ends. Neither is worth a message.
"""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path

from playground.core.errors import PlaygroundError
from playground.files.atomic import replacing

LIMIT = 10
"""As many as a menu shows without scrolling."""
FILE_NAME = "recent-images.json"
_MAX_BYTES = 1_000_000
"""Ten of the longest paths are far below; a larger file is not ours."""

_log = logging.getLogger(__name__)


class RecentImages:
    """The paths of pictures opened, newest first, each once, at most ten."""

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self._file = Path(folder) / FILE_NAME
        self._paths = self._read()

    @property
    def paths(self) -> tuple[Path, ...]:
        """Newest first; a file may have vanished since."""
        return tuple(self._paths)

    def add(self, path: str | os.PathLike[str]) -> None:
        """Put a picture at the top."""
        newest = _absolute(path)
        self._change([newest, *(one for one in self._latest() if one != newest)])

    def remove(self, path: str | os.PathLike[str]) -> None:
        """Forget a picture, such as one that has vanished."""
        gone = _absolute(path)
        self._change([one for one in self._latest() if one != gone])

    def clear(self) -> None:
        """Forget all."""
        self._change([])

    def _latest(self) -> list[Path]:
        # Another window may have added its own since; without a file, memory is what there is.
        return self._read() if self._file.exists() else self._paths

    def _change(self, paths: list[Path]) -> None:
        self._paths = paths[:LIMIT]
        text = json.dumps({"images": [str(path) for path in self._paths]}, indent=1)
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with replacing(self._file) as stream:
                stream.write(text.encode("ascii"))
        except (OSError, PlaygroundError) as error:
            _log.warning("recent images are not remembered: %s", error)

    def _read(self) -> list[Path]:
        try:
            if self._file.stat().st_size > _MAX_BYTES:
                return []
            content = json.loads(self._file.read_bytes())
        except FileNotFoundError:
            return []
        except (OSError, ValueError, RecursionError) as error:
            _log.warning("the list of recent images is not readable: %s", error)
            return []
        names = content.get("images") if isinstance(content, dict) else None
        if not isinstance(names, list):
            return []
        usable = (one for one in names if isinstance(one, str) and one and "\0" not in one)
        return list(dict.fromkeys(map(Path, usable)))[:LIMIT]


def _absolute(path: str | os.PathLike[str]) -> Path:
    return Path(os.path.abspath(path))
