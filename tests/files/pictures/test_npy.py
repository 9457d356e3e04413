"""What this program saves it opens again, with the values it had."""

from __future__ import annotations

import io

import numpy as np
import pytest

from playground.files.out.export import save_map_npy, save_map_png, save_map_png16
from playground.files.pictures.images import load_picture
from playground.files.pictures.sources import FileSource
from tests.files.pictures.made import (
    RNG,
    gradient,
    refusal,
)


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
