"""A picture that is too large is refused by what it claims, before it is unpacked."""

from __future__ import annotations

import struct
import time
import zlib

import numpy as np
import pytest
from PIL import Image

from playground.core.errors import PlaygroundError
from playground.files.pictures.images import load_picture, probe, thumbnail
from playground.files.pictures.limits import MAX_PIXELS, check_pixels
from playground.files.pictures.sources import BytesSource
from tests.files.pictures.made import (
    encoded,
    of,
)
from tests.files.pictures.mutations import png_claiming


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
