"""The open dialog: files on the left, a look at the chosen one on the right."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFileDialog, QGridLayout, QVBoxLayout, QWidget

from playground.models.guard import Guarded
from playground.models.pictures.picture_loading import SIDE, Glance, PictureGlance
from playground.views.widgets.small_widgets import label

PATTERNS = (
    "*.png *.jpg *.jpeg *.bmp *.gif *.tif *.tiff *.webp *.avif *.ppm *.pgm *.pbm *.pam *.pfm "
    "*.tga *.ico *.jp2 *.fits *.npy"
)


class OpenDialog(Guarded, QFileDialog):
    """Not modal for the application; emits `chosen` once."""

    chosen = Signal(object)
    """The Path of the file to open."""

    def __init__(self, folder: Path | None, parent: QWidget) -> None:
        super().__init__(parent, parent.tr("Open a picture"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        # The system's own dialog has no room for a preview that reads every format we do.
        self.setOption(QFileDialog.Option.DontUseNativeDialog)
        self.setFileMode(QFileDialog.FileMode.ExistingFile)
        self.setNameFilters([self.tr("Pictures ({})").format(PATTERNS), self.tr("All files (*)")])
        if folder is not None and folder.is_dir():
            self.setDirectory(str(folder))
        self._glance = PictureGlance(self)
        self._picture = label(self.tr("Choose a file to see it here"), "detail")
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setFixedSize(SIDE, SIDE)
        self._picture.setWordWrap(True)
        self._caption = label("", "detail")
        self._caption.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._add_preview()
        self._glance.seen.connect(self._show)
        self._glance.failed.connect(self._show_failure)
        self.currentChanged.connect(self._look)
        self.fileSelected.connect(self._choose)
        self.finished.connect(self._glance.close)
        self.resize(860, 480)

    def _add_preview(self) -> None:
        side = QWidget()
        column = QVBoxLayout(side)
        column.addWidget(self._picture)
        column.addWidget(self._caption)
        column.addStretch(1)
        grid = self.layout()
        assert isinstance(grid, QGridLayout)
        grid.addWidget(side, 0, grid.columnCount(), grid.rowCount(), 1)

    def _look(self, path: str) -> None:
        if Path(path).is_file():
            self._glance.look(Path(path))

    def _show(self, glance: Glance) -> None:
        self._picture.setPixmap(QPixmap.fromImage(glance.image))
        self._caption.setText(glance.caption)

    def _show_failure(self, message: str) -> None:
        self._picture.setText(message)
        self._caption.clear()

    def _choose(self, path: str) -> None:
        self.chosen.emit(Path(path))
