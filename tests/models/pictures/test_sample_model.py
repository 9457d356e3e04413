"""The pictures that come with the program, as a list."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

from playground.files.pictures.samples import samples
from playground.models.pictures.sample_model import KEY_ROLE, SIDE, SampleModel


def test_titles_are_there_at_once_and_pictures_when_they_are_read(qtbot):
    model = SampleModel()
    rows = [model.index(row) for row in range(model.rowCount())]
    assert [row.data() for row in rows] == [sample.title for sample in samples()]
    assert [row.data(KEY_ROLE) for row in rows] == [sample.key for sample in samples()]
    assert all(row.data(Qt.ItemDataRole.ToolTipRole) for row in rows)
    blank = rows[0].data(Qt.ItemDataRole.DecorationRole)
    with qtbot.waitSignal(model.dataChanged):
        model.read()
    pictures = [row.data(Qt.ItemDataRole.DecorationRole) for row in rows]
    assert all(isinstance(picture, QImage) for picture in pictures)
    # The place of a picture that is still being read is as large as the picture.
    assert {picture.size() for picture in [blank, *pictures]} == {QSize(SIDE, SIDE)}
    assert all(picture != blank for picture in pictures)
    model.close()
