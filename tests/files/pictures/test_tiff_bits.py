"""What a file says of its own range is what is shown."""

from __future__ import annotations

import numpy as np

from tests.files.pictures.made import (
    chunk,
    png,
    shown,
    tiff,
)


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
