"""The ways to get a picture: open, samples, recent files, paste and the drawing pad."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from playground.models.guard import Guarded
from playground.models.pictures.picture_sources import PictureSources
from playground.models.pictures.sample_model import SampleModel
from playground.models.state.view_settings import ViewSettings
from playground.views.input.open_dialog import open_dialog
from playground.views.input.sample_gallery import SampleGallery
from playground.views.widgets.small_widgets import add_entry, button, menu_button


class PictureMenus(Guarded, QObject):
    """Buttons that bring pictures in."""

    def __init__(self, sources: PictureSources, settings: ViewSettings, window: QWidget) -> None:
        super().__init__(window)
        self._sources = sources
        self._settings = settings
        self._window = window
        self._open = button(
            self.tr("Open picture…"),
            self.tr("Open a picture from this computer (Ctrl+O)"),
            self.open,
        )
        self._sample_model = SampleModel(self)
        self._samples = button(
            self.tr("Samples"), self.tr("Pictures that come with the app"), self.show_samples
        )
        self.recent = QMenu(window)
        self.recent.setToolTipsVisible(True)
        self.recent.aboutToShow.connect(self._fill_recent)
        self._recent = menu_button(
            self.tr("Recent"), self.recent, self.tr("Pictures opened before")
        )
        self._paste = button(
            self.tr("Paste"),
            self.tr("Paste a picture or a picture file from the clipboard (Ctrl+V)"),
            self.paste,
        )

    def buttons(self) -> list[QToolButton]:
        """The buttons in their order."""
        return [self._open, self._samples, self._recent, self._paste]

    def open(self) -> None:
        """Show the open dialog."""
        dialog = open_dialog(self._settings, self._window, self.tr("Open a picture"))
        dialog.fileSelected.connect(self._open_file)
        dialog.open()

    def show_samples(self) -> None:
        """Show the pictures that come with the app, to choose from."""
        gallery = SampleGallery(self._sample_model, self._window)
        gallery.chosen.connect(self._sources.open_sample)
        gallery.open_below(self._samples)

    def paste(self) -> None:
        """Take the picture from the clipboard."""
        self._sources.take(QGuiApplication.clipboard().mimeData(), self.tr("pasted picture"))

    def _open_file(self, path: str) -> None:
        self._sources.open_file(Path(path))

    def _fill_recent(self) -> None:
        menu = self.recent
        menu.clear()
        for path in self._sources.recent:
            name, place = self._sources.described(path)
            add_entry(menu, name.replace("&", "&&"), place, partial(self._sources.open_file, path))
        if menu.isEmpty():
            menu.addAction(self.tr("No pictures opened yet")).setEnabled(False)
            return
        menu.addSeparator()
        menu.addAction(self.tr("Forget these")).triggered.connect(self._sources.clear_recent)
