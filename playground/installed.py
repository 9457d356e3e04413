"""What an installation consists of, so that run.py notices when a part of it is missing.

    python -I playground/installed.py STAMP [EXTRA…]

adds a line to the file STAMP for each file that is loaded when the app runs, its size and its
place; then an empty line; then those of the extras. Run by the environment's own Python, by path:
no package needs to be whole for it.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Collection, Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

PROJECT = "filter-playground"
_LOADED = ("", ".py", ".pth", ".so", ".pyd", ".dll", ".dylib")
_UNUSED = {"tests", "qml"}
_NAME = re.compile(r"[\w.-]+")
_EXTRA = re.compile(r"""extra *== *["']([\w.-]+)""")


def distributions(extras: Collection[str] = ()) -> list[Distribution]:
    """The project, what it requires, what that requires and so on, as far as it is installed."""
    found: dict[str, Distribution] = {}
    names = [PROJECT]
    for name in names:
        if name in found:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            # Another system's requirement.
            continue
        wanted = extras if name == PROJECT else ()
        names += required(found[name].requires or [], wanted)
    return list(found.values())


def required(requirements: Collection[str], extras: Collection[str]) -> Iterator[str]:
    """The names of those requirements that are always there, or there for one of these extras."""
    for requirement in requirements:
        name, extra = _NAME.match(requirement), _EXTRA.search(requirement)
        if name and (extra is None or extra[1] in extras):
            yield name[0].lower()


def loaded_files(found: Collection[Distribution]) -> Iterator[Path]:
    """The files of these that Python, or the system for it, loads."""
    for one in found:
        for file in one.files or []:
            loaded = file.suffix in _LOADED or ".so." in file.name
            if loaded and not _UNUSED.intersection(file.parts):
                yield Path(str(file.locate()))


def rows(paths: Collection[Path]) -> str:
    """A line of size and place for each of these that is there."""
    return "".join(f"{path.stat().st_size} {path}\n" for path in sorted(paths) if path.is_file())


def main(stamp: str, *extras: str) -> None:
    """Add the files of the app, then those of the extras."""
    # os is a file of the Python that the environment was made with: that may be removed.
    app = {Path(sys.prefix, "pyvenv.cfg"), Path(os.__file__), *loaded_files(distributions())}
    further = set(loaded_files(distributions(extras))) - app
    with Path(stamp).open("a", encoding="utf-8") as file:
        file.write(f"{rows(app)}\n{rows(further)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
