"""Where a picture comes from."""

from __future__ import annotations

from playground.files.pictures import sources


def test_sources_are_small_values():
    assert sources.FileSource("a/b.png") == sources.FileSource("a/b.png")
    assert sources.FileSource("a/b.png").name == "b.png"
    assert "12345" not in repr(sources.BytesSource("a", b"12345"))
