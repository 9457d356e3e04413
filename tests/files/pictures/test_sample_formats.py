"""Samples of every size and sign: right, or refused with the true reason."""

from __future__ import annotations

import io
import re
import struct
import tracemalloc
import zlib

import numpy as np
import pytest
import tifffile
from PIL import Image

from playground.core.errors import PlaygroundError
from playground.files.out.export import save_map_npy, save_map_png, save_map_png16
from playground.files.pictures.images import load_picture, probe
from playground.files.pictures.sources import BytesSource, FileSource
from tests.files.pictures.made import encoded, gradient, loaded

RNG = np.random.default_rng(5)


def tiff(values: np.ndarray, **options) -> bytes:
    stream = io.BytesIO()
    tifffile.imwrite(stream, values, metadata=None, **options)
    return stream.getvalue()


def words(*shape: int, kind: str = "u2") -> np.ndarray:
    """Values over the whole range of the type, both ends among them."""
    limits = np.iinfo(kind)
    values = RNG.integers(limits.min, limits.max, shape, dtype=kind, endpoint=True)
    values.flat[0], values.flat[1] = limits.min, limits.max
    return values


def shown(data: bytes, colour: str = "rgb") -> np.ndarray:
    values = loaded(data, colour).pixels
    return values[:, :, 0] if colour == "grey" else values


def refusal(data: bytes) -> str:
    with pytest.raises(PlaygroundError) as caught:
        loaded(data)
    return str(caught.value)


def hand_made_tiff(rows: bytes, tags: dict[int, int | tuple[int, ...]]) -> bytes:
    """A little-endian TIFF of one strip; every tag is a SHORT or several."""
    tags = {258: 8, 259: 1, 262: 1, 277: 1, **tags, 273: 8, 279: len(rows)}
    tags.setdefault(278, tags[257])
    body, later = b"", b""
    start = 8 + len(rows) + 2 + 12 * len(tags) + 4
    for tag, value in sorted(tags.items()):
        numbers = value if isinstance(value, tuple) else (value,)
        data = struct.pack(f"<{len(numbers)}{'I' if tag in (273, 279) else 'H'}", *numbers)
        if len(data) > 4:
            place = struct.pack("<I", start + len(later))
            later += data
        else:
            place = data.ljust(4, b"\0")
        body += struct.pack("<HHI", tag, 4 if tag in (273, 279) else 3, len(numbers)) + place
    head = b"II*\0" + struct.pack("<I", 8 + len(rows))
    return head + rows + struct.pack("<H", len(tags)) + body + bytes(4) + later


def packed(values: np.ndarray, bits: int) -> bytes:
    """Rows of numbers, the highest bit first, each row begun at a byte."""
    lines = ("".join(f"{value:0{bits}b}" for value in row) for row in values)
    padded = (line + "0" * (-len(line) % 8) for line in lines)
    return b"".join(int(line, 2).to_bytes(len(line) // 8, "big") for line in padded)


class TestTiff:
    @pytest.mark.parametrize("order", ["<", ">"])
    @pytest.mark.parametrize("compression", [None, "zlib"])
    @pytest.mark.parametrize("predictor", [False, True])
    @pytest.mark.parametrize("tile", [None, (16, 16)])
    @pytest.mark.parametrize("planar", ["contig", "separate"])
    def test_16_bit_colour_however_it_lies(self, order, compression, predictor, tile, planar):
        values = words(20, 24, 3)
        stored = np.moveaxis(values, -1, 0) if planar == "separate" else values
        data = tiff(
            np.ascontiguousarray(stored),
            photometric="rgb",
            planarconfig=planar,
            byteorder=order,
            compression=compression,
            predictor=predictor and compression is not None,
            tile=tile,
        )
        np.testing.assert_allclose(shown(data), values / 65535, atol=1e-6)
        assert probe(BytesSource("a", data)).size == (24, 20)

    @pytest.mark.parametrize("kind", ["u1", "u2", "u4"])
    @pytest.mark.parametrize("compression", [None, "zlib"])
    def test_white_is_zero(self, kind, compression):
        values = words(6, 8, kind=kind)
        data = tiff(values, photometric="miniswhite", compression=compression)
        most = np.iinfo(kind).max
        np.testing.assert_allclose(shown(data, "grey"), 1 - values / most, atol=1e-6)

    def test_white_is_zero_when_libtiff_unpacks_it(self):
        values = words(6, 8)
        data = encoded(Image.fromarray(values), "TIFF", compression="tiff_lzw")
        negative = with_tag(data, 262, 0)
        np.testing.assert_allclose(shown(data, "grey"), values / 65535, atol=1e-6)
        np.testing.assert_allclose(shown(negative, "grey"), 1 - values / 65535, atol=1e-6)

    @pytest.mark.parametrize("bits", [3, 6, 10, 12, 14, 20])
    @pytest.mark.parametrize("deflated", [False, True])
    @pytest.mark.parametrize(("channels", "photometric"), [(1, 1), (1, 0), (3, 2)])
    def test_packed_bits(self, bits, deflated, channels, photometric):
        values = RNG.integers(0, 2**bits, (5, 7, channels))
        values.flat[0], values.flat[1] = 0, 2**bits - 1
        rows = packed(values.reshape(5, -1), bits)
        data = hand_made_tiff(
            zlib.compress(rows) if deflated else rows,
            {
                256: 7,
                257: 5,
                258: (bits,) * channels if channels > 1 else bits,
                259: 8 if deflated else 1,
                262: photometric,
                277: channels,
            },
        )
        start, most = (0, 2**bits - 1) if bits <= 16 else (values.min(), values.max())
        expected = (values - start) / (most - start)
        expected = 1 - expected if photometric == 0 else expected
        np.testing.assert_allclose(shown(data), np.broadcast_to(expected, (5, 7, 3)), atol=1e-6)

    @pytest.mark.parametrize("kind", ["i1", "i2", "i4"])
    def test_signed_values_go_from_their_minimum_to_their_maximum(self, kind):
        values = words(6, 8, kind=kind)
        low, high = float(values.min()), float(values.max())
        expected = (values.astype(float) - low) / (high - low)
        np.testing.assert_allclose(shown(tiff(values), "grey"), expected, atol=1e-6)

    @pytest.mark.parametrize(("kind", "most"), [("i1", 127), ("i2", 32767)])
    def test_signed_values_of_which_none_is_negative_have_the_range_of_their_type(self, kind, most):
        values = np.abs(words(6, 8, kind=kind) // 2)
        for data in (tiff(values), tiff(values, compression="zlib")):
            np.testing.assert_allclose(shown(data, "grey"), values / most, atol=1e-6)

    @pytest.mark.parametrize("kind", ["f2", "f4", "f8"])
    @pytest.mark.parametrize("shape", [(6, 8), (6, 8, 3)])
    def test_floats_in_the_unit_range_stay(self, kind, shape):
        values = RNG.random(shape).astype(kind)
        data = tiff(values, photometric="rgb" if len(shape) == 3 else "minisblack")
        expected = values if len(shape) == 3 else np.repeat(values[..., None], 3, 2)
        np.testing.assert_allclose(shown(data), expected, atol=1e-6)

    def test_the_range_of_floats_may_be_larger_than_a_float(self):
        values = np.array([[-1.7e308, 0, 1.7e308]])
        np.testing.assert_allclose(shown(tiff(values), "grey"), [[0, 0.5, 1]], atol=1e-6)

    @pytest.mark.parametrize(("mark", "expected"), [("unassalpha", 0.75), ("assocalpha", 1.0)])
    @pytest.mark.parametrize("channels", [1, 3])
    def test_transparency_is_composited_on_white(self, mark, expected, channels):
        values = np.full((4, 4, channels + 1), 32768, np.uint16)
        photometric = "rgb" if channels == 3 else "minisblack"
        data = tiff(values, photometric=photometric, planarconfig="contig", extrasamples=[mark])
        np.testing.assert_allclose(shown(data), expected, atol=1e-4)

    def test_an_extra_channel_that_is_no_transparency_is_left_out(self):
        values = words(4, 4, 4)
        data = tiff(values, photometric="rgb", extrasamples=["unspecified"])
        np.testing.assert_allclose(shown(data), values[..., :3] / 65535, atol=1e-6)

    @pytest.mark.parametrize(
        ("photometric", "channels", "extra", "planes"),
        [
            ("minisblack", 1, "unassalpha", True),
            ("minisblack", 1, "unspecified", True),
            ("miniswhite", 1, "unassalpha", False),
            ("miniswhite", 1, "unspecified", True),
            ("rgb", 3, "unassalpha", True),
            ("rgb", 3, "unspecified", True),
        ],
    )
    @pytest.mark.parametrize("compression", [None, "zlib"])
    def test_bytes_in_planes_and_with_a_further_channel(
        self, photometric, channels, extra, planes, compression
    ):
        values = words(6, 8, channels + 1, kind="u1")
        stored = np.moveaxis(values, -1, 0) if planes else values
        data = tiff(
            np.ascontiguousarray(stored),
            photometric=photometric,
            planarconfig="separate" if planes else "contig",
            extrasamples=[extra],
            compression=compression,
        )
        expected = values[..., :channels] / 255
        expected = 1 - expected if photometric == "miniswhite" else expected
        if extra == "unassalpha":
            cover = values[..., channels:] / 255
            expected = expected * cover + 1 - cover
        np.testing.assert_allclose(shown(data), np.broadcast_to(expected, (6, 8, 3)), atol=1e-6)

    @pytest.mark.parametrize("bits", [2, 4])
    @pytest.mark.parametrize(("channels", "photometric"), [(3, 2), (2, 1)])
    def test_small_samples_of_several_channels(self, bits, channels, photometric):
        values = RNG.integers(0, 2**bits, (5, 7, channels))
        tags = {256: 7, 257: 5, 258: (bits,) * channels, 262: photometric, 277: channels}
        data = hand_made_tiff(
            packed(values.reshape(5, -1), bits), tags | ({338: 0} if channels == 2 else {})
        )
        expected = values[..., : 3 if photometric == 2 else 1] / (2**bits - 1)
        np.testing.assert_allclose(shown(data), np.broadcast_to(expected, (5, 7, 3)), atol=1e-6)

    @pytest.mark.parametrize("bits", [1, 4, 8])
    @pytest.mark.parametrize("photometric", [0, 1])
    def test_bits_in_reverse(self, bits, photometric):
        values = RNG.integers(0, 2**bits, (5, 7))
        rows = bytes(int(f"{byte:08b}"[::-1], 2) for byte in packed(values, bits))
        tags = {256: 7, 257: 5, 258: bits, 262: photometric, 266: 2}
        expected = values / (2**bits - 1)
        expected = 1 - expected if photometric == 0 else expected
        np.testing.assert_allclose(shown(hand_made_tiff(rows, tags), "grey"), expected, atol=1e-6)

    @pytest.mark.parametrize("orientation", range(1, 9))
    def test_it_is_turned_upright(self, orientation):
        values = words(4, 6)
        data = tiff(values, extratags=[(274, 3, 1, orientation, True)])
        turned = {
            1: values,
            2: values[:, ::-1],
            3: values[::-1, ::-1],
            4: values[::-1],
            5: values.T,
            6: values.T[:, ::-1],
            7: values.T[::-1, ::-1],
            8: values.T[::-1],
        }[orientation]
        np.testing.assert_allclose(shown(data, "grey"), turned / 65535, atol=1e-6)
        assert probe(BytesSource("a", data)).size == turned.shape[::-1]


class TestTheRangeAFileTells:
    VALUES = np.array([[0, 1000, 4095]], np.uint16)

    def test_imagej_says_min_and_max(self):
        text = "ImageJ=1.54f\nmin=100.0\nmax=2000.0\n"
        data = tiff(self.VALUES, description=text)
        np.testing.assert_allclose(shown(data, "grey"), [[0, 900 / 1900, 1]], atol=1e-6)

    def test_max_sample_value(self):
        data = tiff(self.VALUES, extratags=[(281, 3, 1, 4095, True)])
        np.testing.assert_allclose(shown(data, "grey"), self.VALUES / 4095, atol=1e-6)

    def test_a_max_sample_value_that_the_values_exceed_is_not_believed(self):
        data = tiff(self.VALUES, extratags=[(281, 3, 1, 255, True)])
        np.testing.assert_allclose(shown(data, "grey"), self.VALUES / 65535, atol=1e-6)

    def test_a_range_of_floats(self):
        values = np.array([[0, 50, 200]], np.float32)
        data = tiff(values, extratags=[(341, 11, 1, 400.0, True)])
        np.testing.assert_allclose(shown(data, "grey"), values / 400, atol=1e-6)

    def test_png_says_its_significant_bits(self):
        data = png(16, 0, self.VALUES.astype(">u2").tobytes(), 3, chunk(b"sBIT", b"\x0c"))
        np.testing.assert_allclose(shown(data, "grey"), self.VALUES / 4095, atol=1e-6)

    def test_a_png_scaled_up_as_the_format_wants_it_keeps_its_brightness(self):
        for values in (np.array([[0, 16, 160]]), np.array([[0, 16, 65535]])):
            data = png(16, 0, values.astype(">u2").tobytes(), 3, chunk(b"sBIT", b"\x0c"))
            np.testing.assert_allclose(shown(data, "grey"), values / 65535, atol=1e-6)


class TestRefusals:
    """A sound file is never called damaged."""

    @pytest.mark.parametrize(
        ("tags", "words"),
        [
            ({258: 16, 262: 8}, "16-bit Lab"),
            ({258: 64, 339: 6}, "64-bit complex"),
            ({258: 24, 339: 3}, "24-bit float"),
            ({258: 16, 259: 34712}, "16-bit grey, compressed by JPEG2000"),
            ({258: 12, 259: 5, 262: 2, 277: 3}, "12-bit RGB, compressed by LZW"),
            ({258: (16,) * 5, 277: 5}, "5 channels"),
            ({258: (8, 8), 277: 2, 284: 2, 259: 5, 338: 2}, "with transparency, in planes"),
            ({258: 4, 262: 3, 266: 2, 320: (0,) * 48}, "4-bit palette, bits in reverse"),
            ({258: (1, 1, 1), 277: 3, 262: 2}, "1-bit RGB"),
            ({258: 1, 259: 8, 317: 2}, "a predictor, compressed by ADOBE_DEFLATE"),
        ],
    )
    def test_a_kind_of_tiff_that_is_not_read_is_named(self, tags, words):
        text = refusal(hand_made_tiff(bytes(4 * 4 * 16), {256: 4, 257: 4, **tags}))
        assert "is a kind of TIFF this program does not read" in text
        assert words in text
        assert len(text) < 220

    def test_a_cameras_mosaic_is_no_grey_picture(self):
        data = tiff(words(4, 4), photometric="cfa")
        assert "camera's raw file" in refusal(data)

    @pytest.mark.parametrize("compression", [None, "zlib"])
    @pytest.mark.parametrize("share", [0.5, 0.95])
    def test_a_tiff_cut_short_is_damaged(self, compression, share):
        # The directory comes first, so that only pixels are lost.
        data = tiff(words(40, 40, 3), photometric="rgb", compression=compression)
        assert "is damaged or incomplete" in refusal(data[: int(len(data) * share)])

    def test_a_strip_that_unpacks_to_more_than_it_should(self):
        bomb = zlib.compress(bytes(100_000_000), 9)
        data = hand_made_tiff(bomb[:60_000] + bomb[60_000:], {256: 8, 257: 8, 258: 16, 259: 8})
        tracemalloc.start()
        try:
            refusal(data)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert peak < 10_000_000

    def test_colour_of_16_bits_in_jpeg_2000_in_which_white_becomes_black(self):
        data = bytearray(encoded(Image.fromarray(gradient()), "JPEG2000"))
        place = data.index(b"\xff\x4f\xff\x51") + 42
        data[place : place + 9 : 3] = bytes([15] * 3)
        assert "a kind of JPEG 2000 this program does not read: colour of 16 bits" in refusal(data)

    def test_grey_of_16_bits_in_jpeg_2000_is_right(self):
        values = words(16, 16)
        data = encoded(Image.fromarray(values), "JPEG2000", irreversible=False)
        np.testing.assert_allclose(shown(data, "grey"), values / 65535, atol=1e-6)


class TestFits:
    @staticmethod
    def fits(values: np.ndarray, *cards: str) -> bytes:
        bits = {"u": 8, "i": 8 * values.itemsize, "f": -8 * values.itemsize}[values.dtype.kind]
        sizes = [f"NAXIS{n + 1}  = {size}" for n, size in enumerate(values.shape[::-1])]
        lines = ["SIMPLE  =                    T", f"BITPIX  = {bits}", f"NAXIS   = {values.ndim}"]
        lines += [*sizes, *cards, "END"]
        header = "".join(line.ljust(80) for line in lines)
        data = values.astype(values.dtype.newbyteorder(">")).tobytes()
        return header.ljust(-(-len(header) // 2880) * 2880).encode() + data + bytes(2880)

    def test_unsigned_words_have_their_zero_in_the_middle(self):
        values = words(4, 5)
        stored = (values.astype(np.int32) - 32768).astype(np.int16)
        data = self.fits(stored, "BZERO   = 32768 / the zero", "BSCALE  = 1.0")
        np.testing.assert_allclose(shown(data, "grey"), values[::-1] / 65535, atol=1e-6)

    @pytest.mark.parametrize("kind", ["i2", "i4", "f4", "f8"])
    def test_signed_values_and_floats(self, kind):
        values = (RNG.random((4, 5)) * 2000 - 1000).astype(kind)
        low, high = float(values.min()), float(values.max())
        expected = (values[::-1].astype(float) - low) / (high - low)
        np.testing.assert_allclose(shown(self.fits(values), "grey"), expected, atol=1e-5)

    def test_bytes(self):
        values = words(4, 5, kind="u1")
        np.testing.assert_allclose(shown(self.fits(values), "grey"), values[::-1] / 255, atol=1e-6)

    def test_three_planes_are_a_colour_picture_and_more_are_refused(self):
        values = words(3, 4, 5, kind="u1")
        expected = np.moveaxis(values, 0, -1)[::-1] / 255
        np.testing.assert_allclose(shown(self.fits(values)), expected, atol=1e-6)
        assert "5 × 4 × 7 values" in refusal(self.fits(words(7, 4, 5, kind="u1")))

    def test_a_pixel_without_a_value_is_no_darkest_one(self):
        values = np.array([[3, 4], [5, -999]], np.int16)
        data = self.fits(values, "BLANK   = -999", "BZERO   = 32768")
        assert "has pixels without a value (BLANK)" in refusal(data)
        data = self.fits(values, "BLANK   = 31769", "BZERO   = 32768")
        expected = (values[::-1].astype(float) + 32768) / 65535
        np.testing.assert_allclose(shown(data, "grey"), expected, atol=1e-6)

    def test_cut_short(self):
        assert "damaged or incomplete" in refusal(self.fits(words(40, 50, kind="i2"))[:3000])

    def test_without_a_picture(self):
        lines = ("SIMPLE  =                    T", "BITPIX  = 8", "NAXIS   = 0", "END")
        header = "".join(line.ljust(80) for line in lines).ljust(2880).encode()
        assert "is a FITS file without a picture in it" in refusal(header)


class TestPortableMaps:
    def test_pam_of_every_depth(self):
        for channels in (1, 3):
            values = words(3, 4, channels, kind="u1")
            head = f"P7\nWIDTH 4\nHEIGHT 3\nDEPTH {channels}\nMAXVAL 255\n# hm\nENDHDR\n".encode()
            expected = np.broadcast_to(values / 255, (3, 4, 3))
            np.testing.assert_allclose(shown(head + values.tobytes()), expected, atol=1e-6)

    def test_pam_of_16_bits_with_transparency(self):
        head = b"P7\nWIDTH 2\nHEIGHT 1\nDEPTH 2\nMAXVAL 1023\nTUPLTYPE GRAYSCALE_ALPHA\nENDHDR\n"
        data = head + np.array([1023, 1023, 0, 0], ">u2").tobytes()
        np.testing.assert_allclose(shown(data, "grey"), [[1, 1]], atol=1e-6)

    def test_pam_of_more_channels(self):
        head = b"P7\nWIDTH 2\nHEIGHT 1\nDEPTH 5\nMAXVAL 255\nENDHDR\n"
        assert "a kind of PAM this program does not read: 5 channels" in refusal(head + bytes(10))

    @pytest.mark.parametrize(("depth", "kind"), [(4, "CMYK"), (3, "XYZ"), (3, "GRAYSCALE")])
    def test_pam_of_other_colours_is_not_taken_for_rgb(self, depth, kind):
        head = f"P7\nWIDTH 2\nHEIGHT 1\nDEPTH {depth}\nMAXVAL 255\nTUPLTYPE {kind}\nENDHDR\n"
        assert f"{depth} channels of {kind}" in refusal(head.encode() + bytes(8))

    def test_pam_with_other_white_space(self):
        head = b"P7\nWIDTH\t2\n HEIGHT  1\nDEPTH 1 \n\nMAXVAL 255\nENDHDR\n"
        np.testing.assert_allclose(shown(head + b"\x33\xff", "grey"), [[0.2, 1]], atol=1e-6)

    @pytest.mark.parametrize("most", [256, 1023, 4095, 65535])
    def test_colours_of_more_than_8_bits_in_ppm(self, most):
        values = RNG.integers(0, most + 1, (3, 4, 3))
        head = f"P6 # a comment\n#another ##\n4\t3\n{most}\n".encode()
        data = head + values.astype(">u2").tobytes()
        np.testing.assert_allclose(shown(data), values / most, atol=1e-6)
        assert "damaged" in refusal(data[:-1])

    @pytest.mark.parametrize("order", ["<", ">"])
    @pytest.mark.parametrize(("mark", "channels"), [("PF", 3), ("Pf", 1)])
    def test_pfm(self, order, mark, channels):
        values = RNG.random((3, 4, channels)).astype(np.float32)
        head = f"{mark}\n4 3\n{'-1.0' if order == '<' else '1.0'}\n".encode()
        data = head + values[::-1].astype(f"{order}f4").tobytes()
        np.testing.assert_allclose(shown(data), np.broadcast_to(values, (3, 4, 3)), atol=1e-6)

    def test_cut_short(self):
        assert "damaged" in refusal(b"PF\n400 300\n-1.0\n" + bytes(900))
        assert "damaged" in refusal(
            b"P7\nWIDTH 9\nHEIGHT 9\nDEPTH 3\nMAXVAL 255\nENDHDR\n" + bytes(9)
        )


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(depth: int, kind: int, row: bytes, width: int, *extra: bytes) -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, 1, depth, kind, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(b"\0" + row))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(extra) + pixels + chunk(b"IEND", b"")


class TestPngColoursOf16Bits:
    """Red, green, blue; grey and transparency; both."""

    @staticmethod
    def png(values: np.ndarray, *extra: bytes) -> bytes:
        kind = {2: 4, 3: 2, 4: 6}[values.shape[-1]]
        return png(16, kind, values.astype(">u2").tobytes(), values.shape[1], *extra)

    @pytest.mark.parametrize("channels", [2, 3, 4])
    def test_no_bit_is_lost(self, channels):
        values = words(1, 90, channels)
        expected = values / 65535
        if channels != 3:
            cover = expected[..., -1:]
            expected = expected[..., :-1] * cover + 1 - cover
        np.testing.assert_allclose(
            shown(self.png(values)), np.broadcast_to(expected, (1, 90, 3)), atol=1e-6
        )

    def test_only_the_very_colour_that_is_declared_transparent_is(self):
        values = np.array([[[300, 400, 500], [300, 400, 501]]])
        data = self.png(values, chunk(b"tRNS", struct.pack(">3H", 300, 400, 500)))
        expected = np.array([[[1, 1, 1], values[0, 1] / 65535]])
        np.testing.assert_allclose(shown(data), expected, atol=1e-6)

    @pytest.mark.parametrize("channels", [2, 3, 4])
    def test_the_significant_bits_are_its_range(self, channels):
        values = RNG.integers(0, 4096, (1, 90, channels))
        if channels != 3:
            values[..., -1] = 65535
        said = bytes([12] * (channels - 1) + [12 if channels == 3 else 16])
        expected = values[..., : 1 if channels == 2 else 3] / 4095
        data = self.png(values, chunk(b"sBIT", said))
        np.testing.assert_allclose(shown(data), np.broadcast_to(expected, (1, 90, 3)), atol=1e-6)
        scaled = self.png(np.uint16(values * 16 % 65536), chunk(b"sBIT", said))
        assert shown(scaled).max() > 0.9

    def test_cut_short(self):
        assert "damaged or incomplete" in refusal(self.png(words(1, 9000, 3))[:5000])


class TestLowDepthTransparency:
    @pytest.mark.parametrize(
        ("depth", "row", "expected"),
        [
            (1, 0b01000000, [0, 1, 0, 0]),
            (2, 0b00011011, [0, 1, 2 / 3, 1]),
        ],
    )
    def test_the_grey_that_is_declared_transparent_is_white(self, depth, row, expected):
        data = png(depth, 0, bytes([row]), 4, chunk(b"tRNS", b"\0\1"))
        np.testing.assert_allclose(shown(data, "grey"), [expected], atol=1e-6)

    def test_of_4_bits(self):
        data = png(4, 0, bytes([0x01, 0x2F]), 4, chunk(b"tRNS", b"\0\2"))
        np.testing.assert_allclose(shown(data, "grey"), [[0, 1 / 15, 1, 1]], atol=1e-6)


def tga(bits: int, attributes: int, pixels: bytes) -> bytes:
    return struct.pack("<BBBHHBHHHHBB", 0, 0, 2, 0, 0, 0, 0, 0, 2, 1, bits, attributes) + pixels


class TestTga:
    def test_32_bits_without_transparency(self):
        data = tga(32, 0x20, bytes([255, 0, 0, 0, 0, 255, 0, 0]))
        np.testing.assert_allclose(shown(data), [[[0, 0, 1], [0, 1, 0]]])

    def test_32_bits_with_transparency(self):
        data = tga(32, 0x28, bytes([255, 0, 0, 255, 0, 255, 0, 0]))
        np.testing.assert_allclose(shown(data), [[[0, 0, 1], [1, 1, 1]]])

    def test_true_colours_may_bring_a_palette(self):
        head = struct.pack("<BBBHHBHHHHBB", 0, 1, 2, 0, 4, 24, 0, 0, 1, 1, 24, 0x20)
        data = head + bytes(range(12)) + bytes([255, 0, 51])
        np.testing.assert_allclose(shown(data), [[[0.2, 0, 1]]], atol=1e-6)

    def test_16_bits_of_which_one_says_opaque(self):
        row = np.array([0x801F, 0x03E0], "<u2").tobytes()
        np.testing.assert_allclose(shown(tga(16, 0x20, row)), [[[0, 0, 1], [0, 1, 0]]])
        np.testing.assert_allclose(shown(tga(16, 0x21, row)), [[[0, 0, 1], [1, 1, 1]]])


class TestOurOwnExports:
    def test_every_one_opens_again(self, tmp_path):
        values = np.float32(RNG.random((6, 8)) * 4 - 2)
        stretched = (values - values.min()) / (values.max() - values.min())
        save_map_npy(tmp_path / "map.npy", values)
        save_map_png16(tmp_path / "map16.png", values)
        save_map_png(tmp_path / "map.png", gradient())
        for name, limit in (("map.npy", 1e-6), ("map16.png", 1e-5)):
            picture = load_picture(FileSource(tmp_path / name), None)
            np.testing.assert_allclose(picture.pixels[..., 0], stretched, atol=limit)
        load_picture(FileSource(tmp_path / "map.png"))

    @pytest.mark.parametrize(
        "values", [np.zeros(5), np.zeros((2, 2, 2)), np.zeros((2, 2), complex), np.array([["a"]])]
    )
    def test_an_array_that_is_no_picture_says_its_shape(self, values):
        stream = io.BytesIO()
        np.save(stream, values)
        assert "a picture is an array of numbers" in refusal(stream.getvalue())

    def test_nothing_pickled_is_opened(self):
        stream = io.BytesIO()
        np.save(stream, np.array([[print]], object), allow_pickle=True)
        assert "a picture is an array of numbers" in refusal(stream.getvalue())


class TestClaims:
    def test_values_that_would_take_more_memory_than_is_given(self):
        head = b"PF\n10000 10000\n-1.0\n"
        assert re.search("would take .* of memory, more than the", refusal(head))

    def test_a_few_bytes_that_claim_millions_of_pixels_in_blp(self):
        head = b"BLP2" + struct.pack("<iBBBB", 1, 1, 8, 8, 0) + struct.pack("<II", 9165, 9165)
        data = head + bytes(284 - len(head))
        tracemalloc.start()
        try:
            assert "damaged" in refusal(data)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert peak < 10_000_000


def with_tag(data: bytes, tag: int, value: int) -> bytes:
    """A little-endian TIFF with another value of a SHORT tag."""
    changed = bytearray(data)
    place = struct.unpack_from("<I", data, 4)[0]
    for number in range(struct.unpack_from("<H", data, place)[0]):
        entry = place + 2 + 12 * number
        if struct.unpack_from("<H", data, entry)[0] == tag:
            changed[entry + 8 : entry + 12] = struct.pack("<I", value)
    return bytes(changed)
