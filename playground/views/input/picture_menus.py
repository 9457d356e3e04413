"""The ways to get a picture: open, samples, recent files, paste and the drawing pad."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QPixmap
from PySide6.QtWidgets import QFileDialog, QGridLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from playground.models.guard import Guarded
from playground.models.pictures.picture_loading import SIDE, Glance, PictureGlance
from playground.models.pictures.picture_sources import PictureSources
from playground.views.widgets.small_widgets import add_entry, button, label, menu_button

PATTERNS = (
    "*.png *.jpg *.jpeg *.bmp *.gif *.tif *.tiff *.webp *.avif *.ppm *.pgm *.pbm *.pam *.pfm "
    "*.tga *.ico *.jp2 *.fits *.npy"
)
"""Of the formats that can be read: the open dialog lists these files first."""


class PictureMenus(Guarded, QObject):
    """Buttons and shortcuts that bring pictures in."""

    def __init__(self, sources: PictureSources, window: QWidget) -> None:
        super().__init__(window)
        self._sources = sources
        self._window = window
        self._open = button(
            self.tr("Open picture…"),
            self.tr("Open a picture from this computer (Ctrl+O)"),
            self.open,
        )
        self._samples = menu_button(
            self.tr("Samples"), self._samples_menu(), self.tr("Pictures that come with the app")
        )
        self._recent_menu = QMenu(window)
        self._recent_menu.setToolTipsVisible(True)
        self._recent_menu.aboutToShow.connect(self._fill_recent)
        self._recent = menu_button(
            self.tr("Recent"), self._recent_menu, self.tr("Pictures opened before")
        )
        self._paste = button(
            self.tr("Paste"),
            self.tr("Paste a picture or a picture file from the clipboard (Ctrl+V)"),
            self.paste,
        )
        self._add_shortcut(QKeySequence(QKeySequence.StandardKey.Open), self.open)
        # A focused weight grid takes Ctrl+V for numbers; the longer keys always mean a picture.
        self._add_shortcut(QKeySequence(QKeySequence.StandardKey.Paste), self.paste)
        self._add_shortcut(QKeySequence("Ctrl+Shift+V"), self.paste)

    def buttons(self) -> list[QToolButton]:
        """The buttons in their order."""
        return [self._open, self._samples, self._recent, self._paste]

    def open(self) -> None:
        """Show the open dialog."""
        recent = self._sources.recent
        dialog = OpenDialog(recent[0].parent if recent else Path.home(), self._window)
        dialog.chosen.connect(self._sources.open_file)
        dialog.open()

    def paste(self) -> None:
        """Take the picture from the clipboard."""
        self._sources.take(QGuiApplication.clipboard().mimeData(), self.tr("pasted picture"))

    def _samples_menu(self) -> QMenu:
        menu = QMenu(self._window)
        menu.setToolTipsVisible(True)
        group = ""
        for sample in self._sources.samples:
            if sample.group != group:
                group = sample.group
                menu.addSection(group)
            choose = partial(self._sources.open_sample, sample.key)
            add_entry(menu, sample.title, sample.tip, choose).setData(sample.key)
        return menu

    def _fill_recent(self) -> None:
        menu = self._recent_menu
        menu.clear()
        for path in self._sources.recent:
            name, place = self._sources.described(path)
            add_entry(menu, name.replace("&", "&&"), place, partial(self._sources.open_file, path))
        if menu.isEmpty():
            menu.addAction(self.tr("No pictures opened yet")).setEnabled(False)
            return
        menu.addSeparator()
        menu.addAction(self.tr("Forget these")).triggered.connect(self._sources.clear_recent)

    def _add_shortcut(self, keys: QKeySequence, slot: Callable[[], None]) -> None:
        action = QAction(self)
        action.setShortcut(keys)
        action.triggered.connect(slot)
        self._window.addAction(action)


class OpenDialog(Guarded, QFileDialog):
    """Files on the left, a look at the marked one on the right; emits `chosen` once."""

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
