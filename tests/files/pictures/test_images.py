"""Every kind of picture becomes values in [0, 1]."""

from __future__ import annotations

import io
import tracemalloc
import warnings
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import numpy as np
import pytest
from PIL import Image, ImageOps

from playground.core.errors import PlaygroundError
from playground.files.pictures.images import load_picture, load_square, probe, thumbnail
from playground.files.pictures.sources import ArraySource, BytesSource, FileSource
from tests.files.pictures.made import (
    encoded,
    gradient,
    loaded,
    pixels,
    skip_what_this_pillow_cannot_write,
)


class TestOrientation:
    @pytest.mark.parametrize("orientation", range(1, 9))
    @pytest.mark.parametrize("format", ["JPEG", "PNG", "TIFF", "WEBP"])
    @pytest.mark.parametrize("working", [None, 16])
    def test_photos_are_upright(self, orientation, format, working):
        values = np.full((24, 40, 3), 40, np.uint8)
        values[:8, :16] = (250, 120, 10)
        exif = Image.Exif()
        exif[274] = orientation
        options = {} if format in ("PNG", "TIFF") else {"quality": 95}
        data = encoded(Image.fromarray(values), format, exif=exif, **options)
        with Image.open(io.BytesIO(data)) as image:
            upright = ImageOps.exif_transpose(image).convert("RGB")
        picture = loaded(data, "rgb", working)
        assert picture.original_size == upright.size
        expected = upright.resize((picture.width, picture.height), Image.Resampling.LANCZOS)
        np.testing.assert_allclose(picture.pixels, np.asarray(expected) / 255, atol=0.04)
        assert probe(BytesSource("test", data)) == (format, upright.size, "RGB")

    def test_damaged_exif_leaves_the_picture_as_it_is(self):
        data = encoded(Image.fromarray(gradient()), "JPEG", exif=b"Exif\0\0MM\0*\xff\xff\xff\xff")
        assert loaded(data).original_size == (8, 6)

    def test_an_orientation_that_does_not_exist_is_upright(self):
        exif = Image.Exif()
        exif[274] = 9
        assert loaded(encoded(Image.new("L", (3, 2)), "JPEG", exif=exif)).original_size == (3, 2)


class TestFiles:
    @pytest.mark.parametrize(
        "format",
        ["PNG", "GIF", "BMP", "TIFF", "PPM", "TGA", "PCX", "SGI", "DDS", "ICO", "QOI", "XBM"],
    )
    def test_lossless_formats(self, format):
        skip_what_this_pillow_cannot_write(format)
        mode = "1" if format == "XBM" else "RGB"
        image = Image.new("RGB", (16, 16), (255, 255, 255)).convert(mode)
        image.paste(0, (0, 0, 8, 8))
        rgb = pixels(image, format)
        if format != "XBM":
            np.testing.assert_array_equal(rgb, np.asarray(image) / 255)
        assert rgb.shape == (16, 16, 3)

    @pytest.mark.parametrize("format", ["JPEG", "WEBP", "AVIF", "JPEG2000"])
    def test_photo_formats(self, format):
        skip_what_this_pillow_cannot_write(format)
        rgb = pixels(Image.new("RGB", (32, 24), (200, 100, 50)), format)
        np.testing.assert_allclose(rgb, np.float32([[[200, 100, 50]]]) / 255 + 0 * rgb, atol=0.03)

    @pytest.mark.parametrize("format", ["GIF", "WEBP", "PNG", "TIFF"])
    def test_the_first_frame_of_an_animation(self, format):
        frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "lime", "blue")]
        options = {"lossless": True} if format == "WEBP" else {}
        rgb = pixels(frames[0], format, save_all=True, append_images=frames[1:], **options)
        np.testing.assert_allclose(rgb[4, 4], [1, 0, 0], atol=0.02)

    def test_the_content_counts_and_not_the_extension(self, tmp_path):
        path = tmp_path / "photo.jpg"
        Image.fromarray(gradient()).save(path, "PNG")
        source = FileSource(path)
        picture = load_picture(source, None, "rgb")
        np.testing.assert_array_equal(picture.pixels, np.float32(gradient() / 255))
        assert (picture.name, picture.source) == ("photo.jpg", source)

    def test_a_name_without_extension_or_with_any_letters(self, tmp_path):
        path = tmp_path / "фото №1 'ä'"
        Image.new("L", (2, 2)).save(path, "PNG")
        assert load_picture(FileSource(path)).name == "фото №1 'ä'"

    def test_warnings_of_the_decoder_are_not_the_learners_business(self, capfd):
        data = encoded(Image.new("L", (4, 4)), "TIFF")
        odd = data[:-30] + b"\xff" * 30
        with warnings.catch_warnings(record=True) as seen:
            warnings.simplefilter("always")
            with suppress(PlaygroundError):
                loaded(odd)
            loaded(encoded(Image.new("P", (2, 2)), "PNG", transparency=bytes([1, 2])))
        assert seen == []
        assert capfd.readouterr().err == ""

    def test_several_threads_may_read_at_once(self):
        data = encoded(Image.fromarray(gradient(300, 400)), "TIFF", compression="tiff_lzw")
        with ThreadPoolExecutor(4) as pool:
            read = [picture.pixels for picture in pool.map(loaded, [data] * 12)]
        for one in read:
            np.testing.assert_array_equal(one, read[0])


class TestArrays:
    def test_values_drawn_in_the_program(self):
        values = np.linspace(0, 1, 28 * 28, dtype=np.float32).reshape(28, 28)
        picture = load_picture(ArraySource("Drawing", values))
        np.testing.assert_array_equal(picture.pixels[:, :, 0], values)
        assert picture.caption == "28 × 28"

    def test_values_outside_the_range_are_clipped(self):
        picture = load_picture(ArraySource("Drawing", np.array([[-1.0, 2.0]])))
        np.testing.assert_array_equal(picture.pixels[0, :, 0], [0, 1])

    @pytest.mark.parametrize("shape", [(0, 3), (3,), (2, 2, 2), (2, 2, 3, 1)])
    def test_other_shapes_are_refused(self, shape):
        with pytest.raises(PlaygroundError, match="Drawing needs values of shape"):
            ArraySource("Drawing", np.zeros(shape))

    def test_values_that_are_not_numbers_are_refused(self):
        with pytest.raises(PlaygroundError, match="not numbers"):
            load_picture(ArraySource("Drawing", np.full((2, 2), np.nan)))

    def test_an_array_can_be_shown_small(self):
        source = ArraySource("Drawing", np.ones((100, 50, 3)))
        assert thumbnail(source, 20).shape == (20, 10, 3)
        assert probe(source) == ("array", (50, 100), "RGB")


class TestPreviews:
    def test_a_thumbnail_is_small_8_bit_rgb(self):
        data = encoded(Image.new("RGB", (300, 200), (255, 0, 51)))
        small = thumbnail(BytesSource("a", data), 100)
        assert small.shape == (67, 100, 3)
        assert small.dtype == np.uint8
        np.testing.assert_array_equal(small[30, 30], [255, 0, 51])

    def test_probing_reads_no_pixels(self):
        data = encoded(Image.new("RGB", (3000, 2000)), "PNG")
        tracemalloc.start()
        try:
            info = probe(BytesSource("a", data[:200] + b"\0" * 100))
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert info == ("PNG", (3000, 2000), "RGB")
        assert peak < 2_000_000

    @pytest.mark.parametrize(("size", "colour"), [(0, "grey"), (-5, "grey"), (512, "blue")])
    def test_sizes_and_colours_that_do_not_exist_are_refused(self, size, colour):
        with pytest.raises(PlaygroundError, match="grey or rgb"):
            load_picture(BytesSource("a", b"x"), size, colour)


class TestSquare:
    @pytest.mark.parametrize("shape", [(90, 300), (300, 90), (64, 64), (20, 31), (1, 5)])
    @pytest.mark.parametrize(("colour", "channels"), [("grey", 1), ("rgb", 3)])
    def test_every_shape_becomes_a_square_of_the_size_asked_for(self, shape, colour, channels):
        data = encoded(Image.fromarray(gradient(*shape)))
        square = load_square(BytesSource("test", data), 32, colour)
        assert square.shape == (32, 32, channels)
        assert square.dtype == np.float32
        assert square.flags.c_contiguous
        assert 0 <= square.min() <= square.max() <= 1

    @pytest.mark.parametrize("turned", [False, True])
    def test_it_is_the_middle(self, turned):
        values = np.zeros((40, 120), np.uint8)
        values[:, 40:80] = 255
        data = encoded(Image.fromarray(values.T if turned else values))
        square = load_square(BytesSource("test", data), 40)
        np.testing.assert_array_equal(square, np.ones((40, 40, 1)))

    def test_a_square_of_the_right_size_keeps_its_values(self):
        values = gradient(32, 32)
        square = load_square(BytesSource("test", encoded(Image.fromarray(values))), 32, "rgb")
        np.testing.assert_array_equal(square, np.float32(values / 255))

    def test_it_is_turned_upright(self):
        values = np.zeros((64, 64), np.uint8)
        values[:, :32] = 255
        exif = Image.Exif()
        exif[274] = 6
        data = encoded(Image.fromarray(values), exif=exif)
        square = load_square(BytesSource("test", data), 32)[:, :, 0]
        assert square[:14].min() > 0.9
        assert square[18:].max() < 0.1

    def test_a_very_long_picture_takes_little_memory(self):
        data = encoded(Image.new("L", (200_000, 12), 128))
        tracemalloc.start()
        try:
            square = load_square(BytesSource("test", data), 128, "rgb")
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        np.testing.assert_allclose(square, 128 / 255, atol=1e-3)
        assert peak < 40_000_000

    def test_arrays_are_cut_too(self):
        values = np.linspace(0, 1, 50 * 70).reshape(50, 70)
        assert load_square(ArraySource("drawn", values), 48).shape == (48, 48, 1)

    def test_damage_is_one_sentence(self):
        data = encoded(Image.fromarray(gradient(60, 60)))[:200]
        with pytest.raises(PlaygroundError, match="damaged or incomplete"):
            load_square(BytesSource("test", data), 32)
