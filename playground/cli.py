"""The command line: arguments checked, then the window opened.

Everything that can be said without Qt is said before Qt is loaded, so that `--version`, `--help`
and mistakes answer at once. Exit status: 0 done; 1 no window can open on this machine; 2 something
that was asked for cannot be used; 130 ended by Ctrl-C, 143 by the system's request.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn, cast

from playground import __version__
from playground.options import LARGEST, LOG_LEVELS, SMALLEST, THEMES, LogLevel, Options, ThemeName

PICTURE_SUFFIXES = (".png", ".jpg", ".jpeg")
"""What a screenshot can be saved as."""

_UNAVAILABLE, _UNUSABLE, _INTERRUPTED = 1, 2, 130

_EXAMPLES = """\
examples:
  playground                                  open the window
  playground photo.jpg                        open the window with this image
  playground --screenshot out.png photo.jpg   save a picture of the window, without a display too
"""

_LONGEST = 400
"""Letters of a sentence: five lines of a terminal; a longer one holds an absurdly long name."""


class UsageError(Exception):
    """An argument cannot be used; the message is the sentence for the user."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with these arguments (by default the process's); returns the exit status."""
    try:
        options = parse(sys.argv[1:] if arguments is None else arguments)
        if options.image is not None and not os.path.exists(options.image):
            raise UsageError(f"There is no file {options.image}.")
        if options.screenshot is not None:
            check_target(options.screenshot, options.image)
    except UsageError as error:
        return _say(str(error), _UNUSABLE)
    try:
        return _open(options)
    except KeyboardInterrupt:
        return _INTERRUPTED


def parse(arguments: Sequence[str]) -> Options:
    """The arguments as Options; raises UsageError with one sentence for what is wrong."""
    found, unknown = _parser().parse_known_args(arguments)
    for argument in unknown:
        if argument.startswith("-"):
            raise UsageError(f"Unknown option {argument}; playground --help lists the options.")
    if unknown:
        raise UsageError(
            f"One image can be opened at a time, but {1 + len(unknown)} were named: "
            f"{found.image}, {', '.join(unknown)}."
        )
    return Options(
        image=None if found.image is None else Path(found.image).absolute(),
        screenshot=None if found.screenshot is None else Path(found.screenshot).absolute(),
        size=None if found.size is None else _size(found.size),
        theme=cast(ThemeName | None, _one_of("--theme", found.theme, THEMES)),
        log_level=cast(LogLevel, _one_of("--log-level", found.log_level, LOG_LEVELS)),
    )


def check_target(target: Path, image: Path | None) -> None:
    """Raise UsageError unless a picture can be written to `target`; leaves nothing behind."""
    try:
        if target.is_dir():
            raise UsageError(f"{target} is a folder; give the name of a file to save to.")
        if target.suffix.lower() not in PICTURE_SUFFIXES:
            raise UsageError(
                f"A screenshot is saved as PNG or JPEG: give a name that ends in .png or .jpg, "
                f"not {target.name}."
            )
        if not target.parent.is_dir():
            raise UsageError(f"There is no folder {target.parent} to save {target.name} in.")
        if image is not None and target.exists() and image.exists() and target.samefile(image):
            raise UsageError(f"The screenshot would replace the image {target.name} itself.")
        if target.exists():
            target.open("ab").close()
        # Permissions alone do not tell: the disk may be read-only or the name too long.
        tempfile.TemporaryFile(dir=target.parent, suffix=target.name).close()
    except OSError as error:
        reason = error.strerror or "the disk did not answer"
        raise UsageError(f"{target} cannot be written ({reason}).") from error


class _Parser(argparse.ArgumentParser):
    """Says its complaints in one sentence, as everything else does."""

    def error(self, message: str) -> NoReturn:
        text = message.removeprefix("argument ").replace(
            ": expected one argument", " needs a value"
        )
        raise UsageError(f"{text}; playground --help lists the options.")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="playground",
        description="See that the filters of a convolutional network are its weights.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    add = parser.add_argument
    add("image", metavar="IMAGE", nargs="?", help="the image to open")
    add("--version", action="version", version=f"playground {__version__}")
    add("--screenshot", metavar="OUT.png", help="save the window's picture here, and end")
    add("--size", metavar="WxH", help="the window's size, such as 1440x900")
    add("--theme", metavar="|".join(THEMES), help="the colours, instead of the system's")
    levels = "|".join(LOG_LEVELS)
    add("--log-level", metavar=levels, default="info", help="how much is logged (info)")
    return parser


def _size(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"([0-9]{1,5})[x×X]([0-9]{1,5})", text)
    if match is None:
        raise UsageError(f"--size needs a width and a height such as 1440x900, not {text!r}.")
    width, height = int(match[1]), int(match[2])
    if not (SMALLEST[0] <= width <= LARGEST[0] and SMALLEST[1] <= height <= LARGEST[1]):
        raise UsageError(
            f"--size {text} does not fit: from {SMALLEST[0]}x{SMALLEST[1]} "
            f"to {LARGEST[0]}x{LARGEST[1]} is possible."
        )
    return width, height


def _one_of(option: str, value: str | None, allowed: Sequence[str]) -> str | None:
    if value is None or value.lower() in allowed:
        return value and value.lower()
    raise UsageError(f"{option} can be {', '.join(allowed[:-1])} or {allowed[-1]}, not {value!r}.")


def _open(options: Options) -> int:
    """Check the image, see that Qt can open a window, then hand over to the app."""
    from playground import probe
    from playground.core.errors import PlaygroundError

    try:
        image_is_sound = _start_reading(options.image)
        problem = probe.prepare(headless=options.screenshot is not None)
        if problem:
            return _say(problem, _UNAVAILABLE)
        from playground.app import run

        image_is_sound()
        return run(options)
    except PlaygroundError as error:
        return _say(str(error), _UNUSABLE)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.split(".")[0] == "playground":
            raise
        return _say(f"{error.name} is not installed here: use python3 run.py.", _UNAVAILABLE)


def _start_reading(image: Path | None) -> Callable[[], object]:
    """Start to read the image while Qt loads; the function returned ends that.

    Both raise PlaygroundError where the image is none: this one for what its first bytes tell,
    so that most mistakes are answered at once, the other for damage farther on.
    """
    if image is None:
        return lambda: None
    from concurrent.futures import ThreadPoolExecutor

    from playground.files.pictures.images import load_picture, probe
    from playground.files.pictures.sources import FileSource

    source = FileSource(image)
    probe(source)
    reader = ThreadPoolExecutor(1)
    reading = reader.submit(load_picture, source)
    reader.shutdown(wait=False)
    return reading.result


def _say(sentence: str, status: int) -> int:
    # A file's name may hold line breaks, bytes that are no text, or a hundred thousand letters.
    # The pictures' `printable` does the same, but would load NumPy for a sentence.
    line = "".join(letter if letter.isprintable() else "\ufffd" for letter in sentence)
    if len(line) > _LONGEST:
        line = f"{line[: _LONGEST // 2]}…{line[-_LONGEST // 2 :]}"
    # A windowed start has no stderr.
    if sys.stderr is not None:
        sys.stderr.write(f"playground: {line}\n")
    return status
