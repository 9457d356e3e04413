"""The data sets that come with the program."""

from __future__ import annotations

import io
from contextlib import suppress

import numpy as np
import pytest

from playground.core.errors import PlaygroundError
from playground.files.assets import asset_path
from playground.files.datasets.shipped import load_clothes, load_digits, read_archive

SHIPPED = {"digits": load_digits, "clothes": load_clothes}


def archive(**arrays):
    stream = io.BytesIO()
    np.savez_compressed(stream, **arrays)
    return stream.getvalue()


def small():
    """The arrays of a good archive of two classes."""
    images = np.random.default_rng(0).integers(0, 256, (6, 28, 28), dtype=np.uint8)
    return {"images": images, "labels": np.array([0, 1, 0, 1, 0, 1], np.uint8)}


def read(data, tmp_path):
    path = tmp_path / "small.npz"
    path.write_bytes(data)
    return read_archive(path, ("a", "b"), "Small")


class TestShipped:
    @pytest.mark.parametrize("name", SHIPPED)
    def test_a_file_holds_5000_small_pictures_500_of_each_class(self, name):
        with np.load(asset_path("datasets", f"{name}.npz"), allow_pickle=False) as arrays:
            assert set(arrays.files) == {"images", "labels"}
            images, labels = arrays["images"], arrays["labels"]
        assert (images.dtype, images.shape) == (np.uint8, (5000, 28, 28))
        assert (labels.dtype, labels.shape) == (np.uint8, (5000,))
        np.testing.assert_array_equal(np.bincount(labels), np.full(10, 500))
        assert len(set(labels[:50])) == 10, "the order is shuffled"

    def test_every_file_has_its_source_and_licence(self):
        readme = asset_path("README.md").read_text(encoding="utf-8")
        files = list(asset_path("datasets").iterdir())
        assert {path.stem for path in files} == set(SHIPPED)
        assert all(f"`{path.name}`" in readme for path in files)
        assert "CC BY-SA 3.0" in readme
        assert "Zalando SE" in readme
        assert sum(path.stat().st_size for path in files) < 3_500_000

    @pytest.mark.parametrize("name", SHIPPED)
    def test_bytes_become_values_from_0_to_1(self, name):
        dataset = SHIPPED[name]()
        assert dataset.inputs.shape == (5000, 28, 28, 1)
        assert dataset.inputs.dtype == np.float32
        assert (dataset.inputs.min(), dataset.inputs.max()) == (0, 1)
        assert dataset.class_counts == (500,) * 10
        assert dataset.name == name.capitalize()
        assert len(set(dataset.class_names)) == 10

    def test_a_fifth_of_the_digits_is_set_aside(self):
        train, validation = load_digits().split()
        assert train.class_counts == (400,) * 10
        assert validation.class_counts == (100,) * 10

    def test_labels_belong_to_their_pictures(self):
        digits, clothes = load_digits(), load_clothes()
        ink = [digits.inputs[digits.labels == label].mean() for label in range(10)]
        assert digits.class_names[int(np.argmin(ink))] == "1"
        wide = [clothes.inputs[clothes.labels == label, :, :5].mean() for label in range(10)]
        assert clothes.class_names[int(np.argmin(wide))] == "Trouser"


class TestDamage:
    def test_a_good_archive_is_read(self, tmp_path):
        arrays = small()
        dataset = read(archive(**arrays), tmp_path)
        np.testing.assert_array_equal(dataset.inputs[..., 0], np.float32(arrays["images"] / 255))
        assert dataset.labels.tolist() == [0, 1, 0, 1, 0, 1]

    @pytest.mark.parametrize(
        "change",
        [
            {"images": np.zeros((6, 28, 27), np.uint8)},
            {"images": np.zeros((6, 784), np.uint8)},
            {"images": np.zeros((6, 28, 28), np.float32)},
            {"images": np.zeros((0, 28, 28), np.uint8), "labels": np.zeros(0, np.uint8)},
            {"images": np.array([{"an": "object"}] * 6, object)},
            {"labels": np.array([0, 1, 2, 0, 1, 0], np.uint8)},
            {"labels": np.zeros(5, np.uint8)},
            {"labels": np.zeros(6, np.float32)},
        ],
    )
    def test_other_arrays_are_refused(self, change, tmp_path):
        with pytest.raises(PlaygroundError, match=r"^small\.npz is damaged.*Small.*again\.$"):
            read(archive(**(small() | change)), tmp_path)

    @pytest.mark.parametrize(
        "data",
        [b"", b"not an archive", b"PK\x03\x04", b"PK\x05\x06" + bytes(18), b"\x93NUMPY\x01\x00"],
    )
    def test_other_files_are_refused(self, data, tmp_path):
        with pytest.raises(PlaygroundError, match="damaged or incomplete"):
            read(data, tmp_path)

    def test_an_archive_without_labels_or_of_one_array_is_refused(self, tmp_path):
        stream = io.BytesIO()
        np.save(stream, small()["images"])
        for data in (archive(images=small()["images"]), stream.getvalue()):
            with pytest.raises(PlaygroundError, match="damaged or incomplete"):
                read(data, tmp_path)

    def test_an_archive_cut_short_is_refused(self, tmp_path):
        data = archive(**small())
        for length in range(0, len(data), 97):
            with pytest.raises(PlaygroundError, match="damaged or incomplete"):
                read(data[:length], tmp_path)

    def test_flipped_bytes_are_refused_or_harmless(self, tmp_path):
        arrays = small()
        stream = io.BytesIO()
        np.savez(stream, **arrays)
        chance = np.random.default_rng(0)
        for data in (stream.getvalue(), archive(**arrays)):
            for _ in range(300):
                broken = bytearray(data)
                places = chance.integers(0, len(data), 3)
                # Half of them in the first header, which NumPy parses before the checksum is met.
                places[: int(chance.integers(0, 4))] %= 160
                for place in places:
                    broken[place] ^= int(chance.integers(1, 256))
                with suppress(PlaygroundError):
                    assert read(bytes(broken), tmp_path).input_shape == (28, 28, 1)
