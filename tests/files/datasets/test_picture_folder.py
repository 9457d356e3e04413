"""A folder with one folder of pictures for each class."""

from __future__ import annotations

import os
import shutil
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from playground.core.errors import PlaygroundError
from playground.files.datasets import picture_folder
from playground.files.datasets.picture_folder import load_folder, scan_folder
from tests.files.pictures.made import encoded, gradient

POSIX = os.name == "posix"


def save(path: Path, grey: int = 100, size: tuple[int, int] = (40, 40)) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(encoded(Image.new("RGB", size, (grey, 0, 0))))
    return path


def link(place: Path, target: Path) -> None:
    try:
        place.symlink_to(target, target_is_directory=target.is_dir())
    except OSError:
        pytest.skip("links need a privilege here")


def load(root, size=32, color=False, progress=lambda done, total: None, cancelled=lambda: False):
    return load_folder(scan_folder(root), size, color, progress, cancelled)


@pytest.fixture
def pets(tmp_path):
    """Six cats and six dogs, cats darker."""
    root = tmp_path / "Pets"
    for number in range(6):
        save(root / "Cats" / f"cat {number}.png", 100 + number)
        save(root / "Dogs" / f"dog {number}.png", 200 + number)
    return root


class TestScanning:
    def test_each_folder_is_a_class(self, pets):
        listing = scan_folder(pets)
        assert listing.name == "Pets"
        assert listing.class_names == ("Cats", "Dogs")
        assert [len(files) for files in listing.pictures] == [6, 6]
        assert listing.count == 12
        assert listing.pictures[0][0] == pets / "Cats" / "cat 0.png"
        assert listing.empty_classes == listing.unreadable == ()

    def test_no_file_is_opened(self, pets, monkeypatch):
        def refuse(*arguments, **options):
            raise AssertionError("opened")

        monkeypatch.setattr(Path, "open", refuse)
        monkeypatch.setattr("builtins.open", refuse)
        assert scan_folder(str(pets)).count == 12

    def test_numbers_are_in_the_order_of_their_values(self, tmp_path):
        for name in ("10", "9", "b", "A", "a2", "a10"):
            save(tmp_path / name / "10.png")
            save(tmp_path / name / "9.png")
        listing = scan_folder(tmp_path)
        assert listing.class_names == ("9", "10", "A", "a2", "a10", "b")
        assert [path.name for path in listing.pictures[0]] == ["9.png", "10.png"]

    def test_hidden_stray_and_nested_files_are_left_alone(self, pets):
        save(pets / "beside.png")
        save(pets / ".hidden" / "1.png")
        save(pets / "__MACOSX" / "1.png")
        save(pets / "Cats" / ".hidden.png")
        save(pets / "Cats" / "inside" / "1.png")
        (pets / "Cats" / "Thumbs.db").write_bytes(b"thumbs")
        (pets / "Dogs" / "desktop.ini").write_bytes(b"settings")
        listing = scan_folder(pets)
        assert listing.class_names == ("Cats", "Dogs")
        assert listing.count == 12

    def test_empty_classes_are_listed(self, pets):
        (pets / "Birds").mkdir()
        (pets / "Fish" / "inside").mkdir(parents=True)
        listing = scan_folder(pets)
        assert listing.class_names == ("Birds", "Cats", "Dogs", "Fish")
        assert listing.empty_classes == ("Birds", "Fish")

    def test_a_link_to_a_class_elsewhere_is_followed(self, pets, tmp_path):
        save(tmp_path / "elsewhere" / "1.png")
        link(pets / "Birds", tmp_path / "elsewhere")
        assert scan_folder(pets).class_names == ("Birds", "Cats", "Dogs")

    def test_links_in_a_circle_add_no_classes(self, pets, tmp_path):
        save(pets / "beside.png")
        link(pets / "Around", pets)
        link(pets / "Above", tmp_path)
        link(pets / "Again", pets / "Dogs")
        link(pets / "Itself", pets / "Itself")
        link(pets / "Cats" / "back", pets)
        listing = scan_folder(pets)
        assert listing.class_names == ("Cats", "Dogs")
        assert listing.count == 12

    def test_a_linked_folder_is_scanned_as_well(self, pets, tmp_path):
        link(tmp_path / "link", pets)
        assert scan_folder(tmp_path / "link").count == 12

    def test_names_are_short_and_printable(self, tmp_path):
        (tmp_path / ("x" * 100)).mkdir()
        if POSIX:
            (tmp_path / "a\nb").mkdir()
        assert all(
            len(name) <= 60 and name.isprintable() for name in scan_folder(tmp_path).class_names
        )

    def test_what_is_no_folder_is_refused_in_one_sentence(self, pets):
        with pytest.raises(PlaygroundError, match=r"^Missing is no longer there"):
            scan_folder(pets / "Missing")
        with pytest.raises(PlaygroundError, match=r"^cat 0\.png is a file; choose the folder"):
            scan_folder(pets / "Cats" / "cat 0.png")
        with pytest.raises(PlaygroundError, match="not the name of a folder"):
            scan_folder("a\0b")

    @pytest.mark.skipif(not POSIX, reason="rights are kept otherwise")
    def test_a_folder_that_may_not_be_looked_into_is_said(self, pets, monkeypatch):
        scandir = os.scandir

        def guarded(path):
            if Path(path).name == "Dogs":
                raise PermissionError(13, "Permission denied")
            return scandir(path)

        monkeypatch.setattr(picture_folder.os, "scandir", guarded)
        listing = scan_folder(pets)
        assert listing.class_names == ("Cats",)
        ((path, sentence),) = listing.unreadable
        assert path == pets / "Dogs"
        assert sentence.startswith("Dogs may not be looked into by you")
        with pytest.raises(PlaygroundError, match=r"^Dogs may not"):
            scan_folder(pets / "Dogs")

    def test_thousands_of_files_are_listed_fast(self, tmp_path):
        for name in ("a", "b"):
            (tmp_path / name).mkdir()
            for number in range(3000):
                (tmp_path / name / f"{number}.png").touch()
        start = time.perf_counter()
        assert scan_folder(tmp_path).count == 6000
        assert time.perf_counter() - start < 1


class TestLoading:
    @pytest.mark.parametrize(("color", "channels"), [(False, 1), (True, 3)])
    def test_pictures_become_a_data_set(self, pets, color, channels):
        loaded = load(pets, 48, color)
        dataset = loaded.dataset
        assert dataset.inputs.shape == (12, 48, 48, channels)
        assert dataset.inputs.dtype == np.float32
        assert dataset.labels.tolist() == [0] * 6 + [1] * 6
        assert dataset.class_names == ("Cats", "Dogs")
        assert dataset.name == "Pets"
        assert loaded.unreadable == loaded.empty_classes == ()
        assert [path.name for path in loaded.paths[::6]] == ["cat 0.png", "dog 0.png"]
        red = np.array([100, 101, 102, 103, 104, 105, 200, 201, 202, 203, 204, 205]) / 255
        expected = red if color else red * 0.299
        np.testing.assert_allclose(dataset.inputs[:, 24, 24, 0], expected, atol=1e-6)

    def test_every_shape_and_format_is_cut_and_resized(self, pets):
        values = gradient(50, 90)
        for number, (format, mode) in enumerate(
            [("JPEG", "L"), ("GIF", "P"), ("BMP", "1"), ("PNG", "RGBA"), ("TIFF", "RGB")]
        ):
            image = Image.fromarray(values).convert(mode)
            # The name's ending does not matter.
            (pets / "Cats" / f"other {number}.jpg").write_bytes(encoded(image, format))
        loaded = load(pets, 32, True)
        assert loaded.unreadable == ()
        assert loaded.dataset.inputs.shape == (17, 32, 32, 3)

    def test_what_cannot_be_read_is_listed_and_skipped(self, pets):
        (pets / "Cats" / "cat 00.png").write_bytes(b"")
        (pets / "Cats" / "notes.txt").write_text("Feed them.", encoding="utf-8")
        whole = encoded(Image.fromarray(gradient(60, 60)))
        (pets / "Dogs" / "cut.png").write_bytes(whole[: len(whole) // 2])
        loaded = load(pets)
        assert np.bincount(loaded.dataset.labels).tolist() == [6, 6]
        assert len(loaded.paths) == 12
        sentences = {path.name: sentence for path, sentence in loaded.unreadable}
        assert set(sentences) == {"cat 00.png", "notes.txt", "cut.png"}
        assert "0 bytes" in sentences["cat 00.png"]
        assert "not a picture" in sentences["notes.txt"]
        assert "damaged" in sentences["cut.png"]
        np.testing.assert_allclose(loaded.dataset.inputs[6, 0, 0], 200 / 255 * 0.299, atol=1e-6)

    def test_a_file_that_vanishes_meanwhile_is_listed(self, pets):
        listing = scan_folder(pets)
        (pets / "Cats" / "cat 3.png").unlink()
        loaded = load_folder(listing, 32, False, lambda done, total: None, lambda: False)
        ((path, sentence),) = loaded.unreadable
        assert path.name == "cat 3.png"
        assert "no longer there" in sentence

    def test_links_that_lead_nowhere_are_listed(self, pets):
        link(pets / "Cats" / "broken.png", pets / "none.png")
        link(pets / "Cats" / "itself.png", pets / "Cats" / "itself.png")
        loaded = load(pets)
        assert {path.name for path, _ in loaded.unreadable} == {"broken.png", "itself.png"}

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")
    def test_a_pipe_does_not_hold_it_up(self, pets):
        os.mkfifo(pets / "Cats" / "pipe.png")
        assert "a device or a pipe" in load(pets).unreadable[0][1]

    def test_a_class_without_a_readable_picture_is_left_out(self, pets):
        (pets / "Birds").mkdir()
        (pets / "Cows").mkdir()
        (pets / "Cows" / "cow.png").write_bytes(b"moo")
        loaded = load(pets)
        assert loaded.dataset.class_names == ("Cats", "Dogs")
        assert loaded.dataset.labels.tolist() == [0] * 6 + [1] * 6
        assert loaded.empty_classes == ("Birds", "Cows")
        assert [path.name for path, _ in loaded.unreadable] == ["cow.png"]

    def test_progress_counts_every_file(self, pets):
        (pets / "Dogs" / "bad.png").write_bytes(b"bad")
        told = []
        load(pets, progress=lambda done, total: told.append((done, total)))
        assert told == [(number, 13) for number in range(1, 14)]

    @pytest.mark.parametrize("after", [0, 1, 5, 12])
    def test_cancelling_gives_nothing(self, pets, after):
        told = []
        loaded = load(
            pets,
            progress=lambda done, total: told.append(done),
            cancelled=lambda: len(told) >= after,
        )
        assert loaded is None
        assert len(told) == after

    @pytest.mark.parametrize("size", [31, 129, 0, -5])
    def test_the_size_is_from_32_to_128(self, pets, size):
        with pytest.raises(PlaygroundError, match=f"32 to 128 pixels.*not {size}"):
            load(pets, size)

    def test_more_than_fits_is_refused_before_a_file_is_read(self, pets, monkeypatch):
        monkeypatch.setattr(picture_folder, "MAX_BYTES", 2**20)
        assert load(pets, 64) is not None
        with pytest.raises(PlaygroundError, match=r"12 pictures, which take 2 MB at 128 × 128"):
            load(pets, 128, True)

    def test_loading_is_fast_enough_for_thousands(self, tmp_path):
        photo = encoded(Image.fromarray(gradient(240, 320)), "JPEG")
        for name in ("a", "b"):
            (tmp_path / name).mkdir()
            for number in range(100):
                (tmp_path / name / f"{number}.jpg").write_bytes(photo)
        start = time.process_time()
        assert len(load(tmp_path, 64, True).dataset) == 200
        assert time.process_time() - start < 4


class TestTooLittle:
    def test_one_class_is_too_few(self, pets):
        shutil.rmtree(pets / "Dogs")
        for number in range(6, 12):
            save(pets / "Cats" / f"cat {number}.png")
        with pytest.raises(
            PlaygroundError,
            match=r"^Pets has 12 pictures in 1 class, and at least 10 .* of their own\.$",
        ):
            load(pets)

    def test_nine_pictures_are_too_few(self, pets):
        for number in range(3):
            (pets / "Dogs" / f"dog {number}.png").unlink()
        with pytest.raises(PlaygroundError, match="has 9 pictures in 2 classes"):
            load(pets)

    def test_unreadable_pictures_do_not_count(self, pets):
        for number in range(3):
            (pets / "Dogs" / f"dog {number}.png").write_bytes(b"bad")
        with pytest.raises(
            PlaygroundError, match=r"9 pictures \(3 could not be read\) in 2 classes"
        ):
            load(pets)

    def test_a_class_of_unreadable_pictures_does_not_count(self, pets):
        for path in (pets / "Dogs").iterdir():
            path.write_bytes(b"bad")
            save(pets / "Cats" / path.name)
        with pytest.raises(
            PlaygroundError, match=r"12 pictures \(6 could not be read\) in 1 class"
        ):
            load(pets)

    def test_a_folder_of_pictures_without_classes_says_what_to_do(self, pets):
        with pytest.raises(
            PlaygroundError, match=r"^Cats has no pictures in folders inside it, and"
        ):
            load(pets / "Cats")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_name_that_is_no_text_is_a_class_all_the_same(pets):
    os.rename(pets / "Dogs", os.fsdecode(os.fsencode(pets) + b"/D\xffgs"))
    assert load(pets).dataset.class_names == ("Cats", "D�gs")


@pytest.mark.parametrize("past", [-1, 1])
def test_sizes_that_are_not_offered_are_refused_with_those_that_are(pets, past):
    smallest, largest = picture_folder.SIDES
    size = smallest - 1 if past < 0 else largest + 1
    with pytest.raises(PlaygroundError, match=f"{smallest} to {largest} pixels wide .* {size}"):
        load(pets, size)
