"""What cannot be opened is called what it is: a kind not read, a broken picture, or none."""

import io
import struct

import numpy as np
import pytest
from PIL import Image

from playground.core.errors import PlaygroundError
from playground.files.pictures.images import load_picture
from playground.files.pictures.sources import BytesSource
from playground.files.pictures.unread_kinds import unread_kind
from tests.files.pictures.made import encoded, gradient, of, skip_what_this_pillow_cannot_write
from tests.files.pictures.mutations import whole_files, with_checksums

PIXELS = np.random.default_rng(3).integers(0, 256, (48, 64, 3), np.uint8)


def saved(kind):
    stream = io.BytesIO()
    Image.fromarray(PIXELS).save(stream, kind)
    return stream.getvalue()


def jpeg(marker, precision=8):
    data = bytearray(saved("JPEG"))
    at = data.index(b"\xff\xc0")
    data[at + 1], data[at + 4] = marker, precision
    return bytes(data)


def bmp(bits, compression=0):
    header = struct.pack("<IiiHHIIiiII", 40, 64, 48, 1, bits, compression, 0, 0, 0, 0, 0)
    return b"BM" + struct.pack("<IHHI", 0, 0, 0, 54) + header + bytes(64 * 48 * 8)


def photoshop(depth):
    header = b"8BPS" + struct.pack(">H6xHIIHH", 1, 1, 48, 64, depth, 1)
    return header + bytes(14) + bytes(64 * 48 * depth // 8)


def dds(code):
    pixels = struct.pack("<II4sIIIII", 32, 4, code, 0, 0, 0, 0, 0)
    header = struct.pack("<IIIIIII44x", 124, 0x1007, 48, 64, 0, 0, 0)
    return b"DDS " + header + pixels + struct.pack("<IIIII", 0x1000, 0, 0, 0, 0) + bytes(12288)


def pcx(bits, planes):
    start = struct.pack("<BBBBHHHHHH", 10, 5, 1, bits, 0, 0, 63, 47, 72, 72)
    line = (64 * bits + 15) // 16 * 2
    header = start + bytes(49) + struct.pack("<BHH", planes, line, 1)
    return header.ljust(128, b"\0") + bytes(line * planes * 48)


def sgi(depth, channels):
    header = struct.pack(">HBBHHHHII", 474, 0, depth, 3, 64, 48, channels, 0, 255)
    return header.ljust(512, b"\0") + bytes(64 * 48 * channels * depth)


def tga(kind, bits):
    return struct.pack("<BBBHHBHHHHBB", 0, 0, kind, 0, 0, 0, 0, 0, 64, 48, bits, 0) + bytes(9999)


def refusal(data):
    with pytest.raises(PlaygroundError) as caught:
        load_picture(BytesSource("cat", data))
    return str(caught.value)


def test_a_picture_that_opens_is_not_asked_for_its_kind(monkeypatch):
    monkeypatch.setattr("playground.files.pictures.faults.unread_kind", None)
    assert load_picture(BytesSource("cat", saved("BMP"))).pixels.shape == (48, 64, 1)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (jpeg(0xC1, 12), "a 12-bit JPEG"),
        (jpeg(0xC3), "a lossless JPEG"),
        (jpeg(0xC5), "a hierarchical JPEG"),
        (jpeg(0xF7), "a JPEG-LS picture"),
        (bmp(2), "a 2-bit BMP"),
        (bmp(64), "a 64-bit BMP"),
        (bmp(24, 4), "a BMP with a JPEG in it"),
        (bmp(32, 11), "a CMYK BMP"),
        (photoshop(16), "a 16-bit Photoshop file"),
        (photoshop(32), "a 32-bit Photoshop file"),
        (dds(b"DXT2"), "a DDS texture of DXT2"),
        (dds(b"ETC2"), "a DDS texture of ETC2"),
        (dds(b"q\0\0\0"), "a DDS texture of kind 113"),
        (pcx(2, 1), "a PCX of 1 × 2 bits"),
        (pcx(8, 4), "a PCX of 4 × 8 bits"),
        (sgi(1, 2), "an SGI picture of 2 channels"),
        (sgi(4, 1), "an SGI picture of 32 bits"),
        (tga(2, 15), "a 15-bit TGA"),
        (tga(32, 8), "a Huffman-compressed TGA"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_sound_kind_that_is_not_read_is_no_damage(data, kind):
    assert refusal(data) == (
        f"cat is {kind}, which this program does not read; export it as PNG or JPEG first."
    )


@pytest.mark.parametrize("kind", ["JPEG", "BMP", "DDS", "SGI", "PNG", "WEBP", "JPEG2000"])
def test_a_read_kind_that_is_cut_short_is_damaged(kind):
    data = saved(kind)
    assert "damaged or incomplete" in refusal(data[: len(data) // 3])


@pytest.mark.parametrize("kind", sorted(whole_files()))
def test_of_a_file_that_ends_anywhere_in_its_header_no_kind_is_made_up(kind):
    whole = whole_files()[kind]
    assert {unread_kind(io.BytesIO(whole[:length])) for length in range(150)} == {""}


@pytest.mark.parametrize("kind", ["JPEG", "BMP", "DDS", "SGI", "TGA", "PCX", "PNG", "WEBP"])
def test_what_can_be_read_is_read(kind):
    assert load_picture(BytesSource("cat", saved(kind))).pixels.shape == (48, 64, 1)


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"v/1\x01", "an OpenEXR picture"),
        (b"#?RADIANCE\n", "a Radiance HDR picture"),
        (b"\xff\x0a", "a JPEG XL picture"),
        (b"\0\0\0\x0cJXL \r\n", "a JPEG XL picture"),
        (b"II\xbc\x01", "a JPEG XR picture"),
        (b"gimp xcf v011", "a GIMP file"),
        (b"FUJIFILMCCD-RAW ", "a camera's raw file"),
        (b"\x89HDF\r\n\x1a\n", "an HDF5 file"),
        (bytes(128) + b"DICM", "a DICOM file"),
        (struct.pack("<I", 348), "a NIfTI volume"),
        (b"\x1f\x8b\x08", "a compressed file"),
    ],
)
def test_formats_that_are_not_read_are_called_by_name(start, kind):
    assert refusal(start.ljust(200, b"\1")).startswith(f"cat is {kind}, which cannot be opened")


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
