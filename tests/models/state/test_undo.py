"""The undo stack goes back as far as there is room: by its entries, and by what they hold."""

import gc

import numpy as np
import pytest

from playground.core.pictures.picture import Picture
from playground.core.session.session import Session
from playground.core.specs import Conv2DSpec, NetworkSpec
from playground.files.pictures.images import load_picture
from playground.files.pictures.sources import FileSource
from playground.models.state import undo
from playground.models.state.document import Document

MEGA = 1 << 20


@pytest.fixture
def document(qtbot) -> Document:
    conv = Conv2DSpec(np.zeros((3, 3, 1, 1), np.float32), np.zeros(1, np.float32), ("a",))
    return Document(Session(None, NetworkSpec((conv,))))


def open_picture(document, number, megapixels=12):
    pixels = np.full((1000, int(megapixels * 1000), 1), number / 100, np.float32)
    pixels.flags.writeable = False
    picture = Picture(pixels, str(number), (pixels.shape[1], 1000), None)
    document.change_picture(f"Open {number}", picture, document.conv)


def held():
    """Bytes of all large pictures in memory."""
    gc.collect()
    pictures = [each for each in gc.get_objects() if type(each) is Picture]
    return sum(each.pixels.nbytes for each in pictures if each.pixels.nbytes > MEGA)


def test_pictures_of_12_megapixels_opened_again_and_again_stay_within_the_limit(document):
    stack, before = document.undo_stack, held()
    for number in range(12):
        open_picture(document, number)
        # The picture that is shown is the session's, not the stack's.
        assert held() - before <= 256 * MEGA + document.picture.pixels.nbytes
    kept = 256 * MEGA // document.picture.pixels.nbytes
    assert stack.count() == stack.index() == kept == 5
    assert stack.undoText() == "Open 11"
    for number in range(10, 10 - kept, -1):
        stack.undo()
        assert document.picture.name == str(number)
        assert document.picture.pixels[0, 0, 0] == np.float32(number / 100)
    assert not stack.canUndo()
    stack.setIndex(stack.count())
    assert document.picture.name == "11"


def test_an_entry_larger_than_all_the_room_cannot_be_undone_and_harms_nothing(
    document, monkeypatch
):
    monkeypatch.setattr(undo, "MEMORY_LIMIT", MEGA)
    open_picture(document, 1, 0.5)
    open_picture(document, 2, 0.5)
    assert document.picture.name == "2"
    assert not document.undo_stack.canUndo()
    document.change("Setup", setup=document.session.setup)
    open_picture(document, 3, 0.1)
    document.undo_stack.undo()
    assert document.picture.name in ("2", "3")


def test_what_neighbours_share_is_not_counted(document):
    open_picture(document, 1)
    stack = document.undo_stack
    for value in range(100):
        kernel = np.full((3, 3, 1, 1), value + 1, np.float32)
        document.change_conv("Set", Conv2DSpec(kernel, document.conv.bias, ("a",)))
    assert stack.count() == 101
    assert sum(entry.held for entry in stack.entries) < 10_000


def test_at_most_two_thousand_entries_are_kept(document):
    for value in range(2_010):
        kernel = np.full((3, 3, 1, 1), value + 1, np.float32)
        document.change_conv(str(value), Conv2DSpec(kernel, document.conv.bias, ("a",)))
    stack = document.undo_stack
    assert stack.count() == stack.index() == 2_000
    stack.setIndex(0)
    assert document.conv.kernel[0, 0, 0, 0] == 10
    assert (stack.canUndo(), stack.redoText()) == (False, "10")


def test_undo_works_after_the_file_is_deleted(document, tmp_path):
    from PIL import Image

    path = tmp_path / "a.png"
    Image.fromarray(np.full((20, 30), 99, np.uint8)).save(path)
    picture = load_picture(FileSource(path), 512, "grey")
    document.change_picture("Open", picture, document.conv)
    open_picture(document, 1, 0.1)
    path.unlink()
    document.undo_stack.undo()
    assert document.picture is picture
    assert document.picture.pixels[0, 0, 0] == pytest.approx(99 / 255)
