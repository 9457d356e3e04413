"""The dialog that opens a picture: the system's own, or Qt's with a look at the marked file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFileDialog, QGridLayout, QVBoxLayout, QWidget

from playground.models.guard import Guarded
from playground.models.pictures.picture_loading import SIDE, Glance, PictureGlance
from playground.models.state.view_settings import ViewSettings
from playground.views.widgets.file_dialogs import file_dialog
from playground.views.widgets.small_widgets import label

PATTERNS = (
    "*.png *.jpg *.jpeg *.bmp *.gif *.tif *.tiff *.webp *.avif *.ppm *.pgm *.pbm *.pam *.pfm "
    "*.tga *.ico *.jp2 *.fits *.npy"
)
"""Of the formats that can be read: the dialog lists these files first."""


def open_dialog(settings: ViewSettings, parent: QWidget, title: str) -> QFileDialog:
    """A dialog for one picture; its fileSelected says which was chosen."""
    dialog = file_dialog(settings, "picture", parent, title, QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters([parent.tr("Pictures ({})").format(PATTERNS), parent.tr("All files (*)")])
    grid = dialog.layout()
    if isinstance(grid, QGridLayout):  # Qt's own: the system's has no layout that we could see.
        grid.addWidget(FilePreview(dialog), 0, grid.columnCount(), grid.rowCount(), 1)
        dialog.resize(860, 480)
    return dialog


class FilePreview(Guarded, QWidget):
    """A look at the file that is marked in a dialog, and what it is."""

    def __init__(self, dialog: QFileDialog) -> None:
        super().__init__()
        self._glance = PictureGlance(self)
        self._picture = label(self.tr("Choose a file to see it here"), "detail")
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setFixedSize(SIDE, SIDE)
        self._picture.setWordWrap(True)
        self._caption = label("", "detail")
        self._caption.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.addWidget(self._picture)
        column.addWidget(self._caption)
        column.addStretch(1)
        self._glance.seen.connect(self._show)
        self._glance.failed.connect(self._show_failure)
        dialog.currentChanged.connect(self._look)
        dialog.finished.connect(self._glance.close)

    def _look(self, path: str) -> None:
        if Path(path).is_file():
            self._glance.look(Path(path))

    def _show(self, glance: Glance) -> None:
        self._picture.setPixmap(QPixmap.fromImage(glance.image))
        self._caption.setText(glance.caption)

    def _show_failure(self, message: str) -> None:
        self._picture.setText(message)
        self._caption.clear()
