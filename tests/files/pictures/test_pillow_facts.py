"""What PNG and TGA say of their pixels and Pillow leaves out of account."""

from __future__ import annotations

import struct

import numpy as np
import pytest

from tests.files.pictures.made import (
    RNG,
    chunk,
    png,
    refusal,
    shown,
    words,
)


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
