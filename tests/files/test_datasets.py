"""The data sets that come with the program."""

from __future__ import annotations

import numpy as np
import pytest

from playground.files.assets import asset_path

SHIPPED = ("digits", "clothes")


@pytest.mark.parametrize("name", SHIPPED)
def test_a_file_holds_5000_small_pictures_500_of_each_class(name):
    with np.load(asset_path("datasets", f"{name}.npz"), allow_pickle=False) as arrays:
        assert set(arrays.files) == {"images", "labels"}
        images, labels = arrays["images"], arrays["labels"]
    assert (images.dtype, images.shape) == (np.uint8, (5000, 28, 28))
    assert (labels.dtype, labels.shape) == (np.uint8, (5000,))
    np.testing.assert_array_equal(np.bincount(labels), np.full(10, 500))
    assert len(set(labels[:50])) == 10, "the order is shuffled"


def test_every_file_has_its_source_and_licence():
    readme = asset_path("README.md").read_text(encoding="utf-8")
    files = list(asset_path("datasets").iterdir())
    assert {path.stem for path in files} == set(SHIPPED)
    assert all(f"`{path.name}`" in readme for path in files)
    assert "CC BY-SA 3.0" in readme
    assert "Zalando SE" in readme
    assert sum(path.stat().st_size for path in files) < 3_500_000
