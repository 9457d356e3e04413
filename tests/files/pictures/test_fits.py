"""FITS files of astronomy: upright, with the values that are meant."""

from __future__ import annotations

import numpy as np
import pytest

from tests.files.pictures.made import (
    RNG,
    refusal,
    shown,
    words,
)


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
