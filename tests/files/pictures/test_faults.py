"""Whatever cannot be opened gives one clear sentence with the file's name."""

from __future__ import annotations

import os
import struct
import sys
import time
import zlib

import numpy as np
import pytest
from PIL import Image

from playground.core.errors import PlaygroundError
from playground.files.pictures import faults, sources
from playground.files.pictures.images import load_picture, probe, thumbnail
from playground.files.pictures.limits import MAX_PIXELS, check_file_bytes, check_pixels
from playground.files.pictures.sources import BytesSource, FileSource, printable
from tests.files.pictures.made import encoded, gradient, skip_what_this_pillow_cannot_write
from tests.files.pictures.mutations import with_checksums


def sentence(source) -> str:
    """What the user reads; the same from every way in."""
    with pytest.raises(PlaygroundError) as caught:
        load_picture(source)
    text = str(caught.value)
    assert text.startswith(source.name), text
    assert text.endswith(".")
    assert "\n" not in text
    assert ". " not in text, "one sentence"
    assert len(text) < 220
    return text


def of(data: bytes, name: str = "cat.png") -> str:
    return sentence(BytesSource(name, data))


def png_claiming(width: int, height: int) -> bytes:
    data = bytearray(encoded(Image.new("L", (4, 4))))
    data[16:24] = struct.pack(">II", width, height)
    return with_checksums(bytes(data))


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


class TestTheContent:
    @pytest.mark.parametrize(
        ("start", "kind"),
        [
            (b"%PDF-1.7\n", "a PDF document"),
            (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "a PostScript drawing"),
            (b'<?xml version="1.0"?><svg/>', "an SVG drawing"),
            (b"\xef\xbb\xbf<svg xmlns=''/>", "an SVG drawing"),
            (b"<!DOCTYPE html><html>", "a web page"),
            (b"PK\x03\x04\x14\0", "a ZIP archive"),
            (b"\0\0\0\x18ftypheic\0\0\0\0", "a HEIC photo"),
            (b"\0\0\0\x18ftypisom\0\0\0\0", "a video"),
            (b"\xd7\xcd\xc6\x9a" + bytes(40), "a WMF drawing"),
        ],
    )
    def test_well_known_files_that_are_not_pictures_are_named(self, start, kind):
        assert f"is {kind}" in of(start + bytes(200))

    def test_postscript_starts_no_other_program(self, monkeypatch):
        def refuse(*args, **kwargs):
            raise AssertionError("a program was started")

        monkeypatch.setattr("subprocess.Popen", refuse)
        of(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\nshowpage\n", "a.eps")

    @pytest.mark.parametrize("data", [b"hello", b"\0" * 500, b"\x7fELF" + bytes(90), b"[1, 2]"])
    def test_no_picture_at_all(self, data):
        assert "is not a picture this program can read; choose a PNG" in of(data)

    @pytest.mark.parametrize("format", ["PNG", "JPEG", "BMP", "TIFF", "WEBP", "PPM", "AVIF"])
    @pytest.mark.parametrize("share", [0.3, 0.7])
    def test_a_truncated_file(self, format, share):
        skip_what_this_pillow_cannot_write(format)
        noise = np.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype=np.uint8)
        data = encoded(Image.fromarray(noise), format)
        assert "damaged or incomplete" in of(data[: int(len(data) * share)])

    def test_the_first_bytes_of_a_picture_alone_are_a_damaged_picture(self):
        for data in (b"\x89PNG\r\n", b"\xff\xd8\xff\xe0\0", b"GIF89a", b"BM12", b"II*\0"):
            assert "damaged or incomplete" in of(data)

    def test_a_corrupt_checksum(self):
        data = bytearray(encoded(Image.fromarray(gradient())))
        data[-20] ^= 255
        assert "damaged or incomplete" in of(bytes(data))

    def test_a_damaged_tiff_is_one_sentence_and_no_noise_of_its_decoder(self, capfd):
        data = bytearray(encoded(Image.fromarray(gradient()), "TIFF", compression="tiff_lzw"))
        data[8:20] = b"\xff" * 12
        of(bytes(data))
        assert capfd.readouterr().err == ""

    def test_a_broken_archive_inside_a_picture(self):
        data = encoded(Image.fromarray(gradient()))
        place = data.index(b"IDAT")
        broken = data[: place + 4] + b"\xff" * 20 + data[place + 24 :]
        assert "damaged or incomplete" in of(with_checksums(broken))

    def test_a_picture_that_would_be_unpacked_without_a_limit(self):
        cards = ["SIMPLE  = T", "BITPIX  = 8", "NAXIS   = 0", "EXTEND  = T", "END"]
        table = ["XTENSION= 'BINTABLE'", "BITPIX  = 8", "NAXIS   = 2", "NAXIS1  = 8"]
        table += ["NAXIS2  = 1", "ZIMAGE  = T", "ZBITPIX = 8", "ZNAXIS  = 2", "ZNAXIS1 = 4"]
        table += ["ZNAXIS2 = 4", "ZCMPTYPE= 'GZIP_1  '", "PCOUNT  = 0", "END"]
        blocks = ("".join(card.ljust(80) for card in part).ljust(2880) for part in (cards, table))
        assert "is a compressed FITS file" in of("".join(blocks).encode() + bytes(2880))


class TestSizes:
    def test_a_decompression_bomb_says_the_numbers(self):
        text = of(png_claiming(12_000, 12_000))
        assert text == (
            "cat.png has 144 million pixels, too many: at most 120 million can be opened, "
            "so save a smaller copy of it first."
        )

    def test_a_bomb_far_beyond(self):
        text = of(png_claiming(100_000, 100_000))
        assert "10000 million pixels" in text
        assert "at most 120 million" in text

    def test_a_small_file_with_a_large_picture_is_refused_before_it_is_unpacked(self):
        rows = zlib.compress(bytes(20_001), 9)
        data = png_claiming(20_000, 10_000).replace(b"IDAT", b"IDAT" + rows)
        start = time.perf_counter()
        of(data)
        with pytest.raises(PlaygroundError, match="200 million"):
            probe(BytesSource("a", data))
        with pytest.raises(PlaygroundError, match="200 million"):
            thumbnail(BytesSource("a", data), 100)
        assert time.perf_counter() - start < 0.5

    def test_a_bomb_inside_an_icon(self):
        inner = png_claiming(15_000, 10_000)
        entry = struct.pack("<BBBBHHII", 0, 0, 0, 0, 1, 32, len(inner), 22)
        text = of(struct.pack("<HHH", 0, 1, 1) + entry + inner, "a.ico")
        assert "150 million" in text

    def test_no_pixels(self):
        for width, height in ((0, 5), (5, 0), (0, 0), (-1, 4)):
            with pytest.raises(PlaygroundError, match="has no pixels"):
                check_pixels("a", (width, height))
        of(png_claiming(0, 4))
        of(b"P5 0 0 255\n")
        of(b"#define a_width 0\n#define a_height 0\nstatic char a_bits[] = {\n};")
        of(b"GIF89a\0\0\0\0\0\0\0;")

    def test_the_largest_picture_is_the_limit_itself(self):
        check_pixels("a", (12_000, 10_000))
        assert MAX_PIXELS == 120_000_000
        with pytest.raises(PlaygroundError):
            check_pixels("a", (12_000, 10_001))

    @pytest.mark.parametrize("size", [(1, 1), (1, 10_000), (10_000, 1), (2, 9999)])
    @pytest.mark.parametrize("format", ["PNG", "JPEG", "TIFF"])
    def test_extreme_shapes_simply_work(self, size, format):
        data = encoded(Image.new("RGB", size, (255, 255, 255)), format)
        for working in (128, 512, 1024, None):
            picture = load_picture(BytesSource("a", data), working, "grey")
            long_side = max(size) if working is None else min(max(size), working)
            assert max(picture.width, picture.height) == long_side
            assert min(picture.width, picture.height) >= 1
            np.testing.assert_allclose(picture.pixels, 1, atol=1e-5)

    def test_memory_that_runs_out(self, monkeypatch):
        def fail(self):
            raise MemoryError

        data = encoded(Image.new("L", (4, 4)))
        monkeypatch.setattr("PIL.PngImagePlugin.PngImageFile.load", fail)
        with pytest.raises(PlaygroundError, match=r"not enough memory to open a\.png"):
            load_picture(BytesSource("a.png", data))


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


def test_sources_are_small_values():
    assert sources.FileSource("a/b.png") == sources.FileSource("a/b.png")
    assert sources.FileSource("a/b.png").name == "b.png"
    assert "12345" not in repr(sources.BytesSource("a", b"12345"))
