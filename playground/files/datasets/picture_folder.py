"""A folder of a learner's own pictures as a data set: one folder in it for each class.

    Pets/Cats/*.jpg, Pets/Dogs/*.png    →    class names Cats and Dogs

Scanning lists the files without opening one; loading reads them. Hidden files, files beside the
class folders and folders inside them are left alone.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from playground.core.datasets.dataset import Dataset
from playground.core.errors import PlaygroundError
from playground.core.pictures.picture import CHANNELS, Colour
from playground.core.specs import FloatArray
from playground.files.pictures.examples import load_example
from playground.files.pictures.limits import megabytes
from playground.files.pictures.sources import FileSource, printable

Unreadable: TypeAlias = tuple[tuple[Path, str], ...]
"""Paths, and the sentence that says why each could not be read."""

SIDES = (32, 128)
"""Smallest and largest side of a picture, in pixels. Below 32 shapes are hard to tell apart; above
128, training takes longer than a lesson."""
MIN_CLASSES = 2
MIN_PICTURES = 10
"""With fewer, the part kept for testing would be too small to say anything."""
MAX_BYTES = 512 * 2**20
"""Most memory the pictures may take: 10,922 pictures of 64 × 64 in colour."""

_SYSTEM_FILES = ("thumbs.db", "desktop.ini", "__macosx")


@dataclass(frozen=True)
class FolderListing:
    """What lies in a folder: one tuple of files for each class, none of them opened yet.

    Classes are in the order of their names, numbers by value; a class may be empty. `unreadable`
    has the class folders that could not be looked into.
    """

    path: Path
    class_names: tuple[str, ...]
    pictures: tuple[tuple[Path, ...], ...]
    unreadable: Unreadable = ()

    @property
    def name(self) -> str:
        """The folder's name, short and printable."""
        return _shown(self.path)

    @property
    def count(self) -> int:
        """How many files there are in all classes."""
        return sum(map(len, self.pictures))

    @property
    def empty_classes(self) -> tuple[str, ...]:
        """Names of the class folders with no file in them."""
        return _without(self.class_names, [len(files) for files in self.pictures])


@dataclass(frozen=True, eq=False)
class FolderDataset:
    """The pictures that could be read, where each was read from, and what could not be.

    paths (N,) belong to the inputs (N, H, W, C). `empty_classes` names the class folders without
    one readable picture; the data set does not have these classes.
    """

    dataset: Dataset
    unreadable: Unreadable
    paths: tuple[Path, ...] = ()
    empty_classes: tuple[str, ...] = ()


def scan_folder(path: str | os.PathLike[str]) -> FolderListing:
    """The classes and files in a folder, found without opening a picture.

    A link to a folder is followed, unless it leads to the folder itself, to one around it, or to
    a class there already. Raises PlaygroundError when the folder cannot be looked into.
    """
    root = Path(path)
    try:
        folders = _class_folders(root)
    except (OSError, ValueError) as error:
        raise PlaygroundError(_folder_sentence(_shown(root), error)) from error
    classes: list[tuple[str, tuple[Path, ...]]] = []
    unreadable: list[tuple[Path, str]] = []
    for folder in folders:
        name = printable(folder.name)
        try:
            classes.append((name, _files(folder)))
        except OSError as error:
            unreadable.append((folder, _folder_sentence(name, error)))
    names, pictures = zip(*classes, strict=True) if classes else ((), ())
    return FolderListing(root, names, pictures, tuple(unreadable))


def load_folder(
    listing: FolderListing,
    size: int,
    color: bool,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> FolderDataset | None:
    """Every readable picture, cut to a square and resized: inputs (N, size, size, 1 or 3).

    `progress` is told how many of how many files are done; None comes back soon after `cancelled`
    says True. Files that cannot be read are listed and skipped. Raises PlaygroundError when fewer
    than 2 classes or 10 pictures are left, or when they do not fit into memory.
    """
    colour: Colour = "rgb" if color else "grey"
    _check_size(listing, size, CHANNELS[colour])
    _check_counts(listing.name, [len(files) for files in listing.pictures])
    inputs = np.empty((listing.count, size, size, CHANNELS[colour]), np.float32)
    labels: list[int] = []
    paths: list[Path] = []
    unreadable = list(listing.unreadable)
    for number, (label, path) in enumerate(_labelled(listing), 1):
        if cancelled():
            return None
        try:
            inputs[len(labels)] = load_example(FileSource(path), inputs.shape[1:]).pixels
        except PlaygroundError as error:
            unreadable.append((path, str(error)))
        else:
            labels.append(label)
            paths.append(path)
        progress(number, listing.count)
    if cancelled():
        return None
    dataset, empty = _dataset(listing, inputs[: len(labels)], np.array(labels, np.int64))
    return FolderDataset(dataset, tuple(unreadable), tuple(paths), empty)


def _labelled(listing: FolderListing) -> Iterator[tuple[int, Path]]:
    for label, files in enumerate(listing.pictures):
        for path in files:
            yield label, path


def _dataset(
    listing: FolderListing, inputs: FloatArray, labels: NDArray[np.int64]
) -> tuple[Dataset, tuple[str, ...]]:
    """The data set of the classes that have pictures, and the names of those that have none."""
    counts = np.bincount(labels, minlength=len(listing.class_names)).tolist()
    _check_counts(listing.name, counts, listing.count - len(labels))
    kept = np.flatnonzero(counts)
    numbers = np.searchsorted(kept, labels)
    inputs.flags.writeable = numbers.flags.writeable = False
    names = tuple(listing.class_names[label] for label in kept)
    dataset = Dataset(inputs, numbers, names, listing.name)
    return dataset, _without(listing.class_names, counts)


def _without(names: Sequence[str], counts: Sequence[int]) -> tuple[str, ...]:
    return tuple(name for name, count in zip(names, counts, strict=True) if not count)


def _class_folders(root: Path) -> list[Path]:
    """The folders that stand for classes, each real folder once, in the order of their names."""
    around = {os.path.realpath(root), *map(os.path.realpath, Path(os.path.realpath(root)).parents)}
    found: dict[str, Path] = {}
    entries = [entry for entry in _visible(root) if _is_folder(entry)]
    # A folder in its own place comes before the links to it.
    for entry in sorted(entries, key=lambda entry: (entry.is_symlink(), _natural(entry.name))):
        found.setdefault(os.path.realpath(entry.path), Path(entry.path))
    inside = (path for real, path in found.items() if real not in around)
    return sorted(inside, key=lambda path: _natural(path.name))


def _files(folder: Path) -> tuple[Path, ...]:
    """All but hidden files and folders: whether one is a picture is told by its content."""
    found = [Path(entry.path) for entry in _visible(folder) if not _is_folder(entry)]
    return tuple(sorted(found, key=lambda path: _natural(path.name)))


def _visible(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return [
            entry
            for entry in entries
            if not entry.name.startswith(".") and entry.name.lower() not in _SYSTEM_FILES
        ]


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        # A link that leads to itself: the reader says what is wrong with it.
        return False


def _natural(name: str) -> tuple[tuple[str | int, ...], str]:
    """Sorts 2 before 10, and capitals with small letters; texts and numbers take turns."""
    parts = re.split(r"(\d+)", name.casefold())
    return tuple(int(part) if part.isdecimal() else part for part in parts), name


def _check_counts(name: str, counts: Sequence[int], unreadable: int = 0) -> None:
    """Raise PlaygroundError when pictures, or classes that have some, are too few."""
    classes, pictures = sum(count > 0 for count in counts), sum(counts)
    if classes >= MIN_CLASSES and pictures >= MIN_PICTURES:
        return
    apart = f" ({unreadable} could not be read)" if unreadable else ""
    where = f"in {_counted(classes, 'class', 'classes')}" if classes else "in folders inside it"
    raise PlaygroundError(
        f"{name} has {_counted(pictures, 'picture', 'pictures')}{apart} {where}, and at least "
        f"{MIN_PICTURES} pictures in {MIN_CLASSES} classes are needed: put the pictures "
        "of each class into a folder of their own."
    )


def _check_size(listing: FolderListing, size: int, channels: int) -> None:
    smallest, largest = SIDES
    if not smallest <= size <= largest:
        raise PlaygroundError(
            f"Pictures to learn from are {smallest} to {largest} pixels wide and high, not {size}."
        )
    needed = listing.count * size * size * channels * 4
    if needed > MAX_BYTES:
        raise PlaygroundError(
            f"{listing.name} has {listing.count} pictures, which take {megabytes(needed)} "
            f"at {size} × {size}, more than the {megabytes(MAX_BYTES)} set aside for them; "
            "choose a smaller size, grey, or fewer pictures."
        )


def _counted(count: int, one: str, many: str) -> str:
    if count == 1:
        return f"1 {one}"
    return f"{count} {many}" if count else f"no {many}"


def _folder_sentence(name: str, error: OSError | ValueError) -> str:
    """What the system said about a folder, in one sentence."""
    if isinstance(error, FileNotFoundError):
        return f"{name} is no longer there; it was moved, renamed or deleted."
    if isinstance(error, NotADirectoryError):
        return (
            f"{name} is a file; choose the folder that has one folder of pictures for each class."
        )
    if isinstance(error, PermissionError):
        return f"{name} may not be looked into by you; ask its owner, or choose another folder."
    if isinstance(error, OSError) and error.strerror:
        return f"{name} could not be looked into ({error.strerror}); try to copy it first."
    return f"{name} is not the name of a folder."


def _shown(path: Path) -> str:
    return printable(Path(os.path.abspath(path)).name or str(path))
