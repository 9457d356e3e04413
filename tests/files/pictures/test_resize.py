"""From a large picture to the working size: antialiased, exact and within bounded memory."""

from __future__ import annotations

import io
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image, ImageOps

from playground.files.pictures.raw_values import RawReader, RawValues
from playground.files.pictures.resize import as_stored, read_resized, rows_per_strip
from playground.files.pictures.samples import sample
from tests.files.pictures.made import encoded, loaded
from tests.tools.make_patterns import star

MEGABYTES_WITH_24_MEGAPIXELS = 300 - 60
"""What the whole program may take, less what Qt and its window need."""


def smooth(height: int, width: int) -> np.ndarray:
    rows, columns = np.indices((height, width))
    return np.float32(0.5 + 0.25 * np.sin(rows / 37) + 0.25 * np.cos(columns / 53))


def of(values: np.ndarray) -> RawReader:
    return RawReader(RawValues(values[..., None], (0.0, 1.0)), "a")


def lanczos(values: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    return np.asarray(Image.fromarray(values).resize(size, Image.Resampling.LANCZOS))


@pytest.mark.parametrize("size", [(640, 480), (631, 477), (2000, 40), (1999, 1999), (130, 129)])
@pytest.mark.parametrize("target", [128, 64])
def test_reducing_in_strips_agrees_with_filtering_the_whole(size, target):
    values = smooth(size[1], size[0])
    small = (min(size[0], target), max(1, min(size[1], target)))
    resized = read_resized(of(values), small, "grey")
    np.testing.assert_allclose(resized[..., 0], lanczos(values, small), atol=4e-3)


def test_a_picture_that_needs_several_strips_is_whole():
    values = smooth(1500, 1100)
    copied = read_resized(of(values), (1100, 1500), "grey")
    np.testing.assert_array_equal(copied[..., 0], values)
    reduced = read_resized(of(values), (550, 750), "grey")
    np.testing.assert_allclose(reduced[..., 0], lanczos(values, (550, 750)), atol=1e-5)


def test_fine_stripes_become_grey_and_not_false_coarse_ones():
    stripes = np.tile(np.float32([0, 1]), (600, 1500))
    resized = read_resized(of(stripes), (500, 100), "grey")
    np.testing.assert_allclose(resized[:, 2:-2], 0.5, atol=0.02)


def test_values_stay_between_0_and_1_where_the_filter_overshoots():
    board = np.kron(np.indices((8, 8)).sum(0) % 2, np.ones((20, 20))).astype(np.float32)
    resized = read_resized(of(board), (100, 100), "grey")
    assert resized.min() == 0
    assert resized.max() == 1


@pytest.mark.parametrize("orientation", range(1, 9))
def test_an_orientation_is_a_view(orientation):
    upright = np.arange(12, dtype=np.float32).reshape(3, 4)
    stored = np.ascontiguousarray(as_stored(upright[..., None], orientation)[..., 0])
    image = Image.fromarray(stored)
    image.getexif()[274] = orientation
    np.testing.assert_array_equal(np.asarray(ImageOps.exif_transpose(image)), upright)


def test_a_large_jpeg_opened_small_looks_like_the_whole_reduced():
    big = Image.fromarray(star()).resize((2400, 2400), Image.Resampling.BICUBIC)
    data = encoded(big, "JPEG", quality=95)
    with Image.open(io.BytesIO(data)) as image:
        expected = np.asarray(image.resize((256, 256), Image.Resampling.LANCZOS)) / 255
    small = loaded(data, "grey", 256).pixels[..., 0]
    assert np.abs(small - expected).mean() < 0.005


def test_the_same_picture_in_grey_is_the_luma_of_it_in_colour():
    data = sample("coffee").path.read_bytes()
    for working in (128, None):
        luma = loaded(data, "rgb", working).pixels @ np.float32([0.299, 0.587, 0.114])
        np.testing.assert_allclose(loaded(data, "grey", working).pixels[..., 0], luma, atol=0.02)


@pytest.mark.skipif(sys.platform != "linux", reason="the peak is asked of Linux's /proc")
@pytest.mark.parametrize("format", ["JPEG", "PNG"])
def test_a_24_megapixel_photo_at_working_size_fits_a_school_laptop(format, tmp_path):
    path = tmp_path / "photo"
    with Image.open(sample("grass").path) as grass:
        tile = grass.convert("RGB")
    photo = Image.new("RGB", (6000, 4000))
    for left in range(0, 6000, 512):
        for top in range(0, 4000, 512):
            photo.paste(tile, (left, top))
    photo.save(path, format, **({"compress_level": 1} if format == "PNG" else {}))
    script = (
        "import re, sys\n"
        "from playground.files.pictures.images import load_picture\n"
        "from playground.files.pictures.sources import FileSource\n"
        "print(load_picture(FileSource(sys.argv[1]), 512, 'rgb').caption)\n"
        "print(re.search(r'VmHWM:\\s*(\\d+) kB', open('/proc/self/status').read())[1])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True
    )
    caption, kilobytes = done.stdout.splitlines()
    assert caption == "512 × 341, from 6000 × 4000"
    assert int(kilobytes) / 1024 < MEGABYTES_WITH_24_MEGAPIXELS


@pytest.mark.parametrize("width", [1, 100, 6000, 2_000_000])
@pytest.mark.parametrize("multiple", [1, 8, 100])
def test_a_strip_is_small_and_whole_in_multiples(width, multiple):
    rows = rows_per_strip(width, multiple)
    assert rows % multiple == 0
    assert rows == multiple or rows * width <= 2**19
    assert (rows + multiple) * width > 2**19
