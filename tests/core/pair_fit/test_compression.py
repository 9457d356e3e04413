"""JPEG's blocks are seen in a picture, wherever they begin, and in no other picture."""

import io

import numpy as np
import pytest
from PIL import Image

from playground.core.pair_fit.compression import (
    Compression,
    blocks_at,
    find_compression,
    luma,
    transformed,
)
from playground.files.assets import asset_path


def photo() -> np.ndarray:
    with Image.open(asset_path("samples", "chelsea.png")) as image:
        return np.asarray(image.convert("L").crop((60, 20, 316, 276)))


def as_jpeg(levels: np.ndarray, quality: int) -> np.ndarray:
    file = io.BytesIO()
    Image.fromarray(levels).save(file, "JPEG", quality=quality)
    return np.asarray(Image.open(file))[:, :, np.newaxis].astype(np.float32) / 255


@pytest.mark.parametrize("corner", [(0, 0), (3, 5)])
def test_the_spacings_of_a_jpeg_are_found_where_its_blocks_begin(corner):
    picture = as_jpeg(photo(), 60)[corner[0] :, corner[1] :]
    found = find_compression(picture)
    assert found is not None
    assert found.offset == tuple(-start % 8 for start in corner)
    assert np.nanmax(np.where(np.isfinite(found.spacings), found.spacings, np.nan)) > 5


def test_what_was_no_jpeg_has_no_spacings():
    noise = np.random.default_rng(0).integers(1, 255, (128, 128, 1)) / 255
    assert find_compression(noise.astype(np.float32)) is None
    assert find_compression(np.zeros((10, 10, 1), np.float32)) is None


def test_coefficients_are_kept_as_multiples_of_their_spacing():
    spacings = np.full((8, 8), 4.0)
    spacings[7, 7] = np.inf
    kept = Compression((0, 0), spacings).quantized(np.full((1, 8, 8), 5.9))
    assert kept[0, 0, 0] == 4
    assert kept[0, 7, 7] == 0


def test_the_cosine_transform_keeps_the_length_and_a_flat_block_is_one_number():
    block = np.random.default_rng(0).random((1, 8, 8)) * 255
    assert np.linalg.norm(transformed(block)) == pytest.approx(np.linalg.norm(block - 128))
    flat = transformed(np.full((1, 8, 8), 130.0))
    assert flat[0, 0, 0] == pytest.approx(16)
    assert np.abs(flat).sum() == pytest.approx(16)


def test_brightness_is_that_of_jpeg():
    grey, red = np.full((1, 1, 1), 0.5), np.array([[[1.0, 0, 0]]])
    assert luma(grey)[0, 0] == 127.5
    assert luma(red)[0, 0] == pytest.approx(0.299 * 255)
    assert (
        blocks_at(np.arange(256.0).reshape(16, 16), (np.array([8]), np.array([0])))[0, 0, 0] == 128
    )


def test_of_a_picture_of_black_and_white_nothing_is_told():
    page = np.indices((40, 40)).sum(axis=0)[..., np.newaxis] % 2
    assert find_compression(page.astype(np.float32)) is None
