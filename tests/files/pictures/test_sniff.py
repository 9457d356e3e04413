"""A file that is no picture, or a broken one, is called what it is."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from tests.files.pictures.made import (
    encoded,
    gradient,
    of,
    skip_what_this_pillow_cannot_write,
)
from tests.files.pictures.mutations import with_checksums


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
