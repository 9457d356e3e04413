"""Pictures of every mode that Pillow knows become values from 0 to 1."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageCms

from playground.core.errors import PlaygroundError
from playground.files.pictures.decode import StripReader
from tests.files.pictures.made import (
    encoded,
    gradient,
    loaded,
    one_row_tiff,
    pixels,
)

LUMA = np.array([0.299, 0.587, 0.114])


class TestModes:
    def test_8_bit_rgb_is_divided_by_255(self):
        values = gradient()
        np.testing.assert_array_equal(pixels(Image.fromarray(values)), np.float32(values / 255))

    def test_grey_is_rec_601_luma_and_not_rounded_to_8_bits(self):
        values = gradient()
        grey = pixels(Image.fromarray(values), colour="grey")
        assert grey.shape == (6, 8, 1)
        np.testing.assert_allclose(grey[:, :, 0], values / 255 @ LUMA, atol=1e-6)

    def test_grey_in_rgb_has_three_equal_channels(self):
        values = gradient(channels=1)
        rgb = pixels(Image.fromarray(values))
        assert rgb.shape == (6, 8, 3)
        np.testing.assert_array_equal(rgb, np.repeat(np.float32(values / 255)[..., None], 3, 2))

    def test_1_bit_is_black_and_white(self):
        image = Image.fromarray(gradient(channels=1)).convert("1", dither=Image.Dither.NONE)
        expected = gradient(channels=1) >= 128
        np.testing.assert_array_equal(pixels(image, colour="grey")[:, :, 0], expected)

    def test_a_palette_gives_its_colours(self):
        image = Image.new("P", (3, 1))
        image.putpalette([255, 0, 0, 0, 255, 0, 0, 0, 255])
        image.putdata([0, 1, 2])
        np.testing.assert_array_equal(pixels(image)[0], np.eye(3))

    def test_16_bit_is_divided_by_65535(self):
        words = np.array([[0, 1, 255], [256, 40000, 65535]], np.uint16)
        for format in ("PNG", "TIFF"):
            grey = pixels(Image.fromarray(words), format, "grey")
            np.testing.assert_allclose(grey[:, :, 0], words / 65535, atol=1e-7)

    def test_big_endian_16_bit_too(self):
        data = one_row_tiff(np.array([0, 1, 65535], ">u2"))
        np.testing.assert_allclose(loaded(data, "grey").pixels[0, :, 0], [0, 1 / 65535, 1])

    def test_a_16_bit_pgm_has_16_bits(self):
        data = b"P5 3 1 65535\n" + np.array([0, 100, 65535], ">u2").tobytes()
        np.testing.assert_allclose(
            loaded(data, "grey").pixels[0, :, 0], [0, 100 / 65535, 1], atol=1e-7
        )

    @pytest.mark.parametrize(
        ("values", "expected"),
        [
            ([0, 51, 255], [0, 0.2, 1]),
            ([0, 13107, 65535], [0, 0.2, 1]),
            ([0, 0, 400], [0, 0, 400 / 65535]),
            ([-1000, 0, 1000], [0, 0.5, 1]),
            ([0, 10**9, 2 * 10**9], [0, 0.5, 1]),
            ([7, 7, 7], [7 / 255] * 3),
        ],
    )
    def test_32_bit_integers_take_the_smallest_range_that_holds_them(self, values, expected):
        image = Image.fromarray(np.array([values], np.int32))
        grey = pixels(image, "TIFF", "grey")
        np.testing.assert_allclose(grey[0, :, 0], expected, atol=1e-6)

    def test_unsigned_32_bit_integers_are_not_taken_for_negative_ones(self):
        data = one_row_tiff(np.array([0, 2**31, 2**32 - 1], "<u4"))
        np.testing.assert_allclose(loaded(data, "grey").pixels[0, :, 0], [0, 0.5, 1], atol=1e-6)

    @pytest.mark.parametrize(
        ("values", "expected"),
        [
            ([0.0, 0.25, 1.0], [0, 0.25, 1]),
            ([0.25, 0.5, 0.75], [0.25, 0.5, 0.75]),
            ([-2.0, 0.0, 2.0], [0, 0.5, 1]),
            ([0.0, 64.0, 256.0], [0, 0.25, 1]),
            ([-1e30, 0.0, 1e30], [0, 0.5, 1]),
            ([9.0, 9.0, 9.0], [0, 0, 0]),
        ],
    )
    def test_floats_stay_or_are_stretched_from_their_minimum_to_their_maximum(
        self, values, expected
    ):
        grey = pixels(Image.fromarray(np.array([values], np.float32)), "TIFF", "grey")
        np.testing.assert_allclose(grey[0, :, 0], expected, atol=1e-6)

    @pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
    def test_values_that_are_not_numbers_are_refused_in_a_sentence(self, bad):
        data = encoded(Image.fromarray(np.array([[0, bad, 1]], np.float32)), "TIFF")
        with pytest.raises(PlaygroundError, match=r"test has values that are not numbers .*NaN"):
            loaded(data)

    def test_cmyk(self):
        image = Image.new("CMYK", (2, 1))
        image.putdata([(255, 0, 0, 0), (0, 0, 0, 255)])
        rgb = pixels(image, "TIFF")
        np.testing.assert_allclose(rgb[0], [[0, 1, 1], [0, 0, 0]])

    def test_cmyk_jpeg(self):
        rgb = pixels(Image.new("CMYK", (16, 16), (0, 255, 255, 0)), "JPEG", quality=95)
        np.testing.assert_allclose(rgb[8, 8], [1, 0, 0], atol=0.03)

    def test_ycbcr(self):
        image = Image.new("RGB", (16, 16), (200, 30, 90)).convert("YCbCr")
        rgb = pixels(image, "TIFF", compression="tiff_lzw")
        np.testing.assert_allclose(rgb[8, 8], np.array([200, 30, 90]) / 255, atol=0.02)

    def test_lab_agrees_with_a_colour_management_system(self):
        image = Image.fromarray(gradient(12, 12) // 2 + 64)
        to_lab = ImageCms.buildTransform(
            ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB"
        )
        lab = ImageCms.applyTransform(image, to_lab)
        np.testing.assert_allclose(pixels(lab, "TIFF"), np.asarray(image) / 255, atol=0.02)

    def test_values_are_read_only_float32(self):
        picture = loaded(encoded(Image.fromarray(gradient())), "grey")
        assert picture.pixels.dtype == np.float32
        assert not picture.pixels.flags.writeable


class TestTransparency:
    """Composited on white; a hidden colour stays hidden."""

    def test_rgba(self):
        image = Image.new("RGBA", (3, 1))
        image.putdata([(255, 0, 0, 255), (255, 0, 0, 0), (0, 0, 0, 51)])
        np.testing.assert_allclose(pixels(image)[0], [[1, 0, 0], [1, 1, 1], [0.8] * 3], atol=1e-6)

    def test_grey_with_alpha(self):
        image = Image.new("LA", (3, 1))
        image.putdata([(0, 255), (0, 0), (0, 102)])
        np.testing.assert_allclose(pixels(image, colour="grey")[0, :, 0], [0, 1, 0.6], atol=1e-6)

    def test_a_palette_with_one_transparent_entry(self):
        image = Image.new("P", (2, 1))
        image.putpalette([0, 0, 0, 0, 0, 255])
        image.putdata([0, 1])
        for format in ("GIF", "PNG"):
            rgb = pixels(image, format, transparency=0)
            np.testing.assert_allclose(rgb[0], [[1, 1, 1], [0, 0, 1]])

    def test_a_palette_with_half_transparent_entries(self):
        image = Image.new("P", (2, 1))
        image.putpalette([0, 0, 0, 0, 0, 255])
        image.putdata([0, 1])
        rgb = pixels(image, transparency=bytes([51, 255]))
        np.testing.assert_allclose(rgb[0], [[0.8] * 3, [0, 0, 1]], atol=1e-6)

    def test_pa(self):
        image = Image.new("PA", (2, 1))
        image.putpalette([0, 0, 0, 0, 0, 255])
        image.putdata([(0, 0), (1, 255)])
        rgb = StripReader(image).read(0, 1, "rgb")
        np.testing.assert_allclose(rgb[0], [[1, 1, 1], [0, 0, 1]])

    @pytest.mark.parametrize(
        ("mode", "colours", "mark"),
        [("L", [10, 20], 10), ("RGB", [(1, 2, 3), (20, 20, 20)], (1, 2, 3)), ("1", [0, 1], 0)],
    )
    def test_a_colour_declared_transparent(self, mode, colours, mark):
        image = Image.new(mode, (2, 1))
        image.putdata(colours)
        rgb = pixels(image, "PNG", transparency=mark)
        np.testing.assert_allclose(rgb[0, 0], 1)

    def test_a_16_bit_grey_declared_transparent(self):
        words = np.array([[1000, 1001]], np.uint16)
        grey = pixels(Image.fromarray(words), "PNG", "grey", transparency=1000)
        np.testing.assert_allclose(grey[0, :, 0], [1, 1001 / 65535])

    def test_transparency_shrinks_without_a_dark_rim(self):
        image = Image.new("RGBA", (64, 64), (0, 0, 0, 0))
        image.paste((255, 255, 255, 255), (16, 16, 48, 48))
        picture = loaded(encoded(image), "grey", 16)
        np.testing.assert_allclose(picture.pixels, 1, atol=1e-5)
