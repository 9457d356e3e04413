"""Pictures come in from everywhere; what is none is told in a sentence, changing nothing."""

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage

from playground.core.presets import starter_bank
from playground.core.session.session import Session
from playground.core.specs import NetworkSpec
from playground.models.pictures.picture_loading import SIDE, PictureGlance, PictureLoading
from playground.models.pictures.picture_sources import PictureSources
from playground.models.state.document import Document


@pytest.fixture
def document(qtbot) -> Document:
    return Document(Session(None, NetworkSpec((starter_bank(1),))))


@pytest.fixture
def loading(document):
    loading = PictureLoading(document)
    yield loading
    loading.close()


@pytest.fixture
def sources(document, loading) -> PictureSources:
    sources = PictureSources(document, loading)
    sources.clear_recent()
    return sources


@pytest.fixture
def photo(tmp_path):
    pixels = np.random.default_rng(0).integers(0, 255, (600, 800, 3), dtype=np.uint8)
    path = tmp_path / "photo.png"
    Image.fromarray(pixels).save(path)
    return path


def opened(qtbot, loading, act) -> None:
    with qtbot.waitSignal(loading.opened):
        act()


def test_a_file_becomes_the_picture_as_one_named_step(qtbot, document, loading, sources, photo):
    opened(qtbot, loading, lambda: sources.open_file(photo))
    assert document.picture.caption == "512 × 384, from 800 × 600"
    assert document.undo_stack.undoText() == "Open photo.png"
    document.undo_stack.undo()
    assert document.picture is None


def test_the_first_picture_is_no_entry(qtbot, document, loading, sources):
    opened(qtbot, loading, lambda: sources.open_sample(first=True))
    assert document.picture.name == "chelsea.png"
    assert not document.undo_stack.canUndo()


def test_rgb_gives_the_kernels_three_channels_and_grey_gives_them_back(
    qtbot, document, loading, sources, photo
):
    opened(qtbot, loading, lambda: sources.open_file(photo))
    grey = document.conv
    opened(qtbot, loading, lambda: loading.set_colour("rgb"))
    assert document.conv.kernel.shape == (3, 3, 3, 12)
    assert document.picture.pixels.shape == (384, 512, 3)
    opened(qtbot, loading, lambda: loading.set_colour("grey"))
    assert np.allclose(document.conv.kernel, grey.kernel, atol=1e-6)
    for _ in range(2):
        document.undo_stack.undo()
    assert document.conv == grey


def test_the_working_size_can_be_changed_and_undone(qtbot, document, loading, sources, photo):
    opened(qtbot, loading, lambda: sources.open_file(photo))
    opened(qtbot, loading, lambda: loading.set_working_size(None))
    assert document.picture.pixels.shape == (600, 800, 1)
    document.undo_stack.undo()
    assert document.picture.pixels.shape == (384, 512, 1)
    assert loading.working == 512


def test_choices_made_while_a_picture_loads_are_kept(qtbot, document, loading, sources, photo):
    sources.open_file(photo)
    loading.set_colour("rgb")
    loading.set_working_size(128)
    qtbot.waitUntil(lambda: not loading.busy)
    assert document.picture.name == "photo.png"
    assert document.picture.pixels.shape == (96, 128, 3)


def test_a_damaged_file_is_a_sentence_and_the_old_picture_stays(
    qtbot, document, loading, sources, photo, tmp_path
):
    opened(qtbot, loading, lambda: sources.open_file(photo))
    before = document.session
    bad = tmp_path / "bad.png"
    bad.write_bytes(photo.read_bytes()[:5000])
    with qtbot.waitSignal(document.problem) as problem:
        sources.open_file(bad)
    assert "bad.png" in problem.args[0]
    assert document.session is before
    assert not loading.busy


def test_a_vanished_file_keeps_its_picture_at_the_old_size(
    qtbot, document, loading, sources, photo
):
    opened(qtbot, loading, lambda: sources.open_file(photo))
    before = document.session
    photo.unlink()
    with qtbot.waitSignal(document.problem):
        loading.set_working_size(128)
    assert document.session is before
    assert loading.working == 512


def test_a_dropped_file_is_opened(qtbot, document, loading, sources, photo):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(photo))])
    assert sources.can_take(data)
    opened(qtbot, loading, lambda: sources.take(data, "dropped"))
    assert document.picture.name == "photo.png"


def test_a_pasted_image_is_opened_and_can_change_its_size(qtbot, document, loading, sources):
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(0xFF808080)
    data = QMimeData()
    data.setImageData(image)
    opened(qtbot, loading, lambda: sources.take(data, "pasted picture"))
    assert document.picture.name == "pasted picture"
    assert document.picture.pixels == pytest.approx(128 / 255, abs=1e-3)
    opened(qtbot, loading, lambda: loading.set_working_size(128))
    assert document.picture.pixels.shape == (85, 128, 1)


@pytest.mark.parametrize("text", ["hello", "", "no\nfile"])
def test_pasting_what_is_no_picture_is_told_so(qtbot, document, sources, text):
    data = QMimeData()
    data.setText(text)
    with qtbot.waitSignal(document.problem) as problem:
        sources.take(data, "pasted")
    assert "picture" in problem.args[0]


@pytest.mark.parametrize("text", ["x" * 300, "y/" * 3000, "z" * 1_000_000, "a\0b"])
def test_a_text_that_no_file_can_be_called_is_told_so(document, sources, text):
    problems = []
    document.problem.connect(problems.append)
    data = QMimeData()
    data.setText(text)
    sources.take(data, "pasted picture")
    assert problems == ["There is no picture here: copy a picture or a picture file first."]


def test_an_empty_clipboard_is_told_so(document, sources):
    problems = []
    document.problem.connect(problems.append)
    sources.take(None, "pasted picture")
    assert problems == ["There is no picture here: copy a picture or a picture file first."]


def test_a_link_into_the_web_is_told_so(qtbot, document, sources):
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/cat.png")])
    with qtbot.waitSignal(document.problem) as problem:
        sources.take(data, "dropped")
    assert "this computer" in problem.args[0]


def test_opened_files_are_remembered_newest_first_and_samples_are_not(
    qtbot, document, loading, sources, photo, tmp_path
):
    other = tmp_path / "other.png"
    other.write_bytes(photo.read_bytes())
    for act in (
        lambda: sources.open_file(photo),
        lambda: sources.open_sample("brick"),
        lambda: sources.open_file(other),
    ):
        opened(qtbot, loading, act)
    assert [path.name for path in sources.recent] == ["other.png", "photo.png"]


@pytest.fixture
def deep(tmp_path):
    """12-bit values in 16 bits, which look black."""
    path = tmp_path / "deep.png"
    values = np.random.default_rng(1).integers(100, 4096, (60, 80), dtype=np.uint16)
    Image.fromarray(values).save(path)
    return path


def test_a_picture_that_uses_little_of_its_range_can_be_stretched_in_one_entry(
    qtbot, document, loading, sources, deep, photo
):
    opened(qtbot, loading, lambda: sources.open_file(deep))
    dark = document.picture
    assert dark.narrow
    assert dark.pixels.max() < 0.07
    opened(qtbot, loading, lambda: loading.set_stretched(True))
    low, high = dark.pixels.min(), dark.pixels.max()
    np.testing.assert_allclose(
        document.picture.pixels, (dark.pixels - low) / (high - low), atol=1e-6
    )
    assert document.undo_stack.undoText() == "Stretch"
    opened(qtbot, loading, lambda: loading.set_colour("rgb"))
    assert document.picture.pixels.max() == 1, "it stays stretched in other colours"
    document.undo_stack.undo()
    document.undo_stack.undo()
    assert document.picture is dark
    assert not loading.stretched
    opened(qtbot, loading, lambda: loading.set_stretched(True))
    opened(qtbot, loading, lambda: sources.open_file(photo))
    assert not document.picture.stretched
    assert not document.picture.narrow


def test_a_picture_of_one_value_stays_as_it_is(qtbot, document, loading, sources, tmp_path):
    Image.new("L", (8, 8), 99).save(tmp_path / "flat.png")
    opened(qtbot, loading, lambda: sources.open_file(tmp_path / "flat.png"))
    assert not document.picture.narrow
    opened(qtbot, loading, lambda: loading.set_stretched(True))
    np.testing.assert_allclose(document.picture.pixels, 99 / 255, atol=1e-6)


def test_a_glance_shows_a_file_small_with_a_line_about_it_or_says_why_not(qtbot, tmp_path):
    path, glance = tmp_path / "wide.png", PictureGlance()
    Image.new("RGB", (600, 300), (255, 0, 0)).save(path)
    with qtbot.waitSignal(glance.seen) as told:
        glance.look(path)
    seen = told.args[0]
    assert (seen.image.width(), seen.image.height()) == (SIDE, SIDE // 2)
    assert seen.image.pixelColor(0, 0).name() == "#ff0000"
    assert seen.caption.startswith("600 × 300 · PNG")
    path.write_bytes(b"no picture")
    with qtbot.waitSignal(glance.failed) as told:
        glance.look(path)
    assert told.args[0].endswith(".")
    np.save(tmp_path / "map.npy", np.zeros((4, 6), np.float32))
    with qtbot.waitSignal(glance.seen) as told:
        glance.look(tmp_path / "map.npy")
    assert told.args[0].caption == "6 × 4 · NPY"
    glance.close()
