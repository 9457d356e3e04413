"""What was opened, refused or saved is given back at once, not at some later garbage collection.

A cycle of references would keep a large picture's pixels, and whatever the frames of the failed
call hold, until Python happens to look through its oldest objects: minutes, in a window at rest.
"""

import ast
import gc
from functools import partial
from pathlib import Path

import pytest

import playground
from playground.core.errors import PlaygroundError
from playground.files.atomic import replacing
from playground.files.pictures.images import load_picture, load_square, probe, thumbnail
from playground.files.pictures.sources import BytesSource, FileSource
from tests.files.pictures.mutations import whole_files

FORMATS = sorted(whole_files())


def left_to_collect(action):
    """How many objects only a garbage collection frees; the first time may load a decoder."""
    for _ in range(2):
        gc.collect()
        action()
    return gc.collect()


def refused(action, *arguments):
    with pytest.raises(PlaygroundError):
        action(*arguments)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("opening", [load_picture, load_square, probe, thumbnail])
def test_a_picture_is_given_back(opening, format):
    source = BytesSource(format, whole_files()[format])
    size = {load_square: (8,), thumbnail: (8,)}.get(opening, ())
    assert left_to_collect(lambda: opening(source, *size)) == 0


@pytest.mark.parametrize("format", FORMATS)
def test_a_picture_that_is_cut_short_is_given_back(format):
    whole = whole_files()[format]
    source = BytesSource(format, whole[: min(len(whole) // 2, 100)])

    def open_it():
        try:
            load_picture(source)
        except PlaygroundError:
            return

    assert left_to_collect(open_it) == 0


def test_what_is_no_picture_is_given_back(tmp_path):
    for source in (BytesSource("letter.txt", b"Dear Sir"), FileSource(tmp_path / "gone.png")):
        assert left_to_collect(lambda source=source: refused(load_picture, source)) == 0


@pytest.mark.parametrize("failure", [partial(OSError, 28, "No space left on device"), KeyError])
def test_what_could_not_be_saved_is_given_back(tmp_path, failure):
    def save():
        try:
            with replacing(tmp_path / "map.png") as stream:
                stream.write(b"half")
                raise failure()
        except (PlaygroundError, KeyError):
            return

    assert left_to_collect(save) == 0
    assert list(tmp_path.iterdir()) == []


def test_no_context_manager_of_ours_exchanges_an_exception_inside_a_generator():
    """On Python 3.12 and later, contextlib then leaves the exception and its frames in a cycle."""
    package = Path(playground.__file__).parent
    trees = {path: ast.parse(path.read_text("utf-8")) for path in package.rglob("*.py")}
    managers = [
        (path.name, function)
        for path, tree in trees.items()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        and any(
            ast.unparse(decorator).endswith("contextmanager")
            for decorator in function.decorator_list
        )
    ]
    assert managers
    assert not [
        f"{name}: {function.name}, line {node.lineno}"
        for name, function in managers
        for handler in ast.walk(function)
        if isinstance(handler, ast.ExceptHandler)
        for node in ast.walk(handler)
        if isinstance(node, ast.Raise) and node.exc is not None
    ]
