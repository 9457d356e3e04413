"""Pictures come from files of any name, by drop, by paste and from the list of the last ones."""

import os
import sys

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QUrl

from playground.models.workbench import Workbench

ODD_NAMES = [
    b"caf\xe9.png",
    b"\xff\xfe.png",
    b"two\nlines.png",
    b"a&b #1%41?.png",
    "ü→.png".encode(),
]
unix = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names there are Unicode")


@pytest.fixture
def bench(qtbot):
    workbench = Workbench()
    workbench.problems = []
    workbench.document.problem.connect(workbench.problems.append)
    yield workbench
    workbench.close()


@pytest.fixture(params=ODD_NAMES, ids=ascii)
def odd_file(request, tmp_path):
    path = tmp_path / os.fsdecode(request.param)
    with path.open("wb") as stream:
        Image.new("L", (20, 12), 128).save(stream, "PNG")
    return path


def dropped(path, kind):
    """What a file manager hands over: an address in which each odd byte is escaped."""
    address = (
        b"file://"
        + bytes(path.parent)
        + b"/"
        + b"".join(b"%%%02X" % b for b in bytes(path)[len(bytes(path.parent)) + 1 :])
    )
    data = QMimeData()
    if kind == "address":
        data.setUrls([QUrl.fromEncoded(address)])
    else:
        data.setText(address.decode("ascii"))
    return data


@unix
@pytest.mark.parametrize("kind", ["address", "text"])
def test_a_file_of_any_name_can_be_dropped(qtbot, bench, odd_file, kind):
    with qtbot.waitSignal(bench.loading.opened):
        bench.sources.take(dropped(odd_file, kind), "dropped")
    assert bench.document.picture.width == 20
    assert bench.problems == []


@unix
def test_a_file_of_any_name_is_remembered_and_opened_again(qtbot, bench, odd_file):
    with qtbot.waitSignal(bench.loading.opened):
        bench.sources.open_file(odd_file)
    again = Workbench()
    try:
        assert again.sources.recent == (odd_file,)
        with qtbot.waitSignal(again.loading.opened):
            again.sources.open_file(again.sources.recent[0])
    finally:
        again.close()


@unix
def test_names_are_shown_in_one_line_of_printable_letters(bench, odd_file):
    for text in bench.sources.described(odd_file):
        assert text.isprintable()
        assert text.encode("utf-8")
