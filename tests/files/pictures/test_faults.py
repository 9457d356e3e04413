"""Whatever cannot be opened gives one clear sentence with the file's name."""

from __future__ import annotations

import os
import sys
from threading import Barrier, Thread

import pytest
from PIL import Image

from playground.core.errors import PlaygroundError
from playground.files.pictures import faults
from playground.files.pictures.images import load_picture
from playground.files.pictures.limits import check_file_bytes
from playground.files.pictures.sources import BytesSource, FileSource, printable
from tests.files.pictures.made import (
    encoded,
    gradient,
    of,
    sentence,
)
from tests.sharing import threads_that_switch_often

BLOCKS, THREADS = 20_000, 4


class TestTheFileItself:
    def test_a_vanished_file(self, tmp_path):
        source = FileSource(tmp_path / "gone.png")
        assert sentence(source) == (
            "gone.png is no longer there; it was moved, renamed or deleted."
        )

    def test_a_file_that_vanishes_after_it_was_opened_once(self, tmp_path):
        path = tmp_path / "cat.png"
        Image.fromarray(gradient()).save(path)
        picture = load_picture(FileSource(path))
        path.unlink()
        sentence(picture.source)
        assert picture.pixels.shape == (6, 8, 1)

    def test_a_folder(self, tmp_path):
        assert "is a folder" in sentence(FileSource(tmp_path))

    def test_a_path_through_a_file(self, tmp_path):
        (tmp_path / "a.txt").write_text("a")
        assert "no longer there" in sentence(FileSource(tmp_path / "a.txt" / "b.png"))

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes are POSIX's")
    def test_a_pipe_is_not_waited_for(self, tmp_path):
        os.mkfifo(tmp_path / "pipe.png")
        assert "device or a pipe" in sentence(FileSource(tmp_path / "pipe.png"))

    @pytest.mark.skipif(sys.platform == "win32", reason="a device of POSIX")
    def test_a_device_is_not_read(self):
        assert "device or a pipe" in sentence(FileSource("/dev/zero"))

    def test_a_file_one_may_not_read(self, tmp_path, monkeypatch):
        path = tmp_path / "secret.png"
        path.write_bytes(encoded(Image.new("L", (2, 2))))
        path.chmod(0)
        if os.access(path, os.R_OK):
            # The administrator may read everything: let the system refuse by hand.
            def refuse(self, *args):
                raise PermissionError(13, "Permission denied", str(path))

            monkeypatch.setattr(type(path), "open", refuse)
        assert "may not be read by you" in sentence(FileSource(path))

    def test_a_disk_that_fails(self, tmp_path, monkeypatch):
        path = tmp_path / "cat.png"
        path.write_bytes(b"1234")

        def fail(self, *args):
            raise OSError(5, "Input/output error")

        monkeypatch.setattr(type(path), "open", fail)
        assert "could not be read (Input/output error)" in sentence(FileSource(path))

    @pytest.mark.parametrize("name", ["a" * 5000 + ".png", "a\0b.png"])
    def test_names_no_file_can_have(self, tmp_path, name):
        sentence(FileSource(tmp_path / name))

    def test_an_empty_file(self):
        assert "is empty (0 bytes)" in of(b"")

    def test_a_file_too_large_says_both_sizes(self):
        with pytest.raises(PlaygroundError, match="is 600 MB, more than the 512 MB"):
            check_file_bytes("a.tif", 600 * 2**20)

    def test_names_are_printable_and_short(self):
        assert printable("a\nb\x07.png") == "a�b�.png"
        assert len(printable("x" * 300 + ".png")) <= 60
        assert printable("x" * 300 + ".png").endswith(".png")


class TestFaultsOfOurOwn:
    def test_a_slip_after_decoding_is_not_taken_for_damage(self, monkeypatch):
        def slip(*args):
            raise TypeError("a slip")

        monkeypatch.setattr("playground.files.pictures.images.read_resized", slip)
        with pytest.raises(TypeError, match="a slip"):
            load_picture(BytesSource("a", encoded(Image.new("L", (4, 4)))))

    @pytest.mark.parametrize("fault", faults.DAMAGE)
    def test_every_fault_a_decoder_raises_is_explained(self, fault):
        with pytest.raises(PlaygroundError, match=r"a\.png is damaged"), faults.explained("a.png"):
            raise fault("damage")

    def test_the_cause_is_kept_for_the_log(self):
        with pytest.raises(PlaygroundError) as caught:
            load_picture(BytesSource("a", b"hello"))
        assert caught.value.__cause__ is not None


def test_many_threads_are_quiet_and_leave_the_stream_as_it_was(capfd, part_of):
    before, open_files = os.fstat(2), len(os.listdir("/dev/fd"))
    together = Barrier(THREADS)

    def decode():
        together.wait()
        for _ in range(part_of(BLOCKS) // THREADS):
            with faults.quiet_stderr():
                os.write(2, b"warning")

    threads = [Thread(target=decode) for _ in range(THREADS)]
    with threads_that_switch_often():
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert os.path.samestat(os.fstat(2), before)
    assert len(os.listdir("/dev/fd")) == open_files
    os.write(2, b"heard\n")
    assert capfd.readouterr().err == "heard\n"
