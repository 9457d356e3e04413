"""A file is there whole, or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import numpy as np
import pytest

from playground.core.errors import PlaygroundError
from playground.files.atomic import replacing
from playground.files.out.export import save_map_npy

VALUES = np.array([[-1.0, 0.0], [0.5, 2.0]], np.float32)


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        (("none", "a.png"), "there is no folder"),
        (("file", "a.png"), "there is no folder"),
        (("folder",), "is a folder"),
        (("x" * 300 + ".png",), "too long"),
        (("a\0b.png",), "not a name"),
    ],
)
def test_a_place_that_cannot_be_written_is_one_sentence(tmp_path, parts, reason):
    (tmp_path / "file").write_text("")
    (tmp_path / "folder").mkdir()
    with pytest.raises(PlaygroundError, match=reason) as caught:
        save_map_npy(tmp_path.joinpath(*parts), VALUES)
    assert "\n" not in str(caught.value)
    assert sorted(os.listdir(tmp_path)) == ["file", "folder"]


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EACCES, "may not write"),
        (errno.EROFS, "may not write"),
        (errno.EIO, "choose another place"),
    ],
)
def test_a_disk_that_fails_leaves_the_old_file(tmp_path, monkeypatch, number, reason):
    path = tmp_path / "a.npy"
    path.write_bytes(b"old")

    def fail(*args):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(PlaygroundError, match=reason):
        save_map_npy(path, VALUES)
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a.npy"]


def test_a_write_protected_file_stays(tmp_path, monkeypatch):
    path = tmp_path / "a.npy"
    path.write_bytes(b"old")
    path.chmod(0o444)
    # The administrator may write everything, so the answer is given by hand.
    monkeypatch.setattr(os, "access", lambda *args: False)
    with pytest.raises(PlaygroundError, match="write-protected"):
        save_map_npy(path, VALUES)
    assert path.read_bytes() == b"old"


def test_an_error_while_writing_leaves_nothing(tmp_path):
    def write_half() -> None:
        with replacing(tmp_path / "a") as stream:
            stream.write(b"half")
            raise KeyError

    with pytest.raises(KeyError):
        write_half()
    assert os.listdir(tmp_path) == []


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real.npy").write_bytes(b"old")
    link = tmp_path / "link.npy"
    link.symlink_to("real.npy")
    save_map_npy(link, VALUES)
    assert link.is_symlink()
    assert Path(tmp_path / "real.npy").read_bytes() != b"old"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes are POSIX's")
@pytest.mark.parametrize(
    ("name", "reason"),
    [("pipe", "device or a pipe"), ("link to pipe", "device or a pipe"), ("loop", "leads back")],
)
def test_only_a_regular_file_is_replaced(tmp_path, name, reason):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link to pipe").symlink_to(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "other")
    (tmp_path / "other").symlink_to(tmp_path / "loop")
    with pytest.raises(PlaygroundError, match=reason):
        save_map_npy(tmp_path / name, np.zeros((2, 2)))
    assert (tmp_path / "pipe").is_fifo()
    assert (tmp_path / "loop").is_symlink()


def test_no_name_at_all_is_said():
    with pytest.raises(PlaygroundError, match="There is no file name"):
        save_map_npy("", np.zeros((2, 2)))
