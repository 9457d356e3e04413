"""TIFF files of every depth: each sample keeps all its bits, and what is not read is called so."""

from __future__ import annotations

import tracemalloc
import zlib

import numpy as np
import pytest
from PIL import Image

from playground.files.pictures.images import probe
from playground.files.pictures.sources import BytesSource
from tests.files.pictures.made import (
    RNG,
    encoded,
    gradient,
    hand_made_tiff,
    packed,
    refusal,
    shown,
    tiff,
    with_tag,
    words,
)


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
