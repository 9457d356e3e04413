"""Feature maps out, whole or not at all."""

from __future__ import annotations

import errno
import io
import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from playground.core.errors import PlaygroundError
from playground.files.out.export import save_map_npy, save_map_png, save_map_png16
from tests.files.pictures.made import gradient

VALUES = np.linspace(-3.25, 7.5, 60, dtype=np.float32).reshape(6, 10)


def test_a_map_as_seen(tmp_path):
    save_map_png(tmp_path / "a.png", gradient())
    with Image.open(tmp_path / "a.png") as image:
        np.testing.assert_array_equal(np.asarray(image), gradient())


def test_a_map_as_seen_in_grey(tmp_path):
    save_map_png(str(tmp_path / "a.png"), gradient(channels=1))
    with Image.open(tmp_path / "a.png") as image:
        assert image.mode == "L"


def test_16_bits_and_their_scale_give_the_values_back(tmp_path):
    save_map_png16(tmp_path / "a.png", VALUES)
    with Image.open(tmp_path / "a.png") as image:
        words = np.asarray(image).astype(np.float64)
        low, high = (float(image.info[key]) for key in ("minimum", "maximum"))
    assert (low, high) == (VALUES.min(), VALUES.max())
    assert (words.min(), words.max()) == (0, 65535)
    restored = low + words / 65535 * (high - low)
    np.testing.assert_allclose(restored, VALUES, atol=(high - low) / 65535)


@pytest.mark.parametrize("value", [0.0, -4.5, 1e30])
def test_a_map_of_one_value_is_that_value(tmp_path, value):
    save_map_png16(tmp_path / "a.png", np.full((3, 4), value, np.float32))
    with Image.open(tmp_path / "a.png") as image:
        assert not np.asarray(image).any()
        assert float(image.info["minimum"]) == np.float32(value)


def test_a_map_of_the_widest_range(tmp_path):
    ends = np.array([[-3e38, 3e38]], np.float32)
    save_map_png16(tmp_path / "a.png", ends)
    with Image.open(tmp_path / "a.png") as image:
        np.testing.assert_array_equal(np.asarray(image), [[0, 65535]])


def test_values_that_are_not_numbers_do_not_fit_16_bits(tmp_path):
    with pytest.raises(PlaygroundError, match="not numbers"):
        save_map_png16(tmp_path / "a.png", np.array([[0, np.nan]]))
    assert list(tmp_path.iterdir()) == []


def test_npy_keeps_the_values_themselves(tmp_path):
    save_map_npy(tmp_path / "a.npy", VALUES[:, ::2])
    back = np.load(tmp_path / "a.npy", allow_pickle=False)
    np.testing.assert_array_equal(back, VALUES[:, ::2])
    assert back.dtype == np.float32


@pytest.mark.parametrize("save", [save_map_npy, save_map_png16])
def test_saving_again_replaces_the_file(tmp_path, save):
    path = tmp_path / "a"
    path.write_bytes(b"old")
    save(path, VALUES)
    assert path.read_bytes()[:3] != b"old"
    assert os.listdir(tmp_path) == ["a"]


@pytest.mark.parametrize("save", [save_map_npy, save_map_png16])
def test_a_disk_that_is_full_while_writing_says_so(tmp_path, monkeypatch, save):
    with pytest.raises(PlaygroundError, match="the disk is full"):
        with_full_disk(monkeypatch, lambda: save(tmp_path / "map", np.zeros((2, 2))))


def with_full_disk(monkeypatch, act):
    """Carry out `act` on a disk on which nothing more can be written."""

    class Full(io.RawIOBase):
        def writable(self):
            return True

        def write(self, data):
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "open", lambda self, *arguments: Full())
    act()
