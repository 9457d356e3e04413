"""The ways to get a picture: open, samples, recent files, paste and the drawing pad."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from playground.models.guard import Guarded
from playground.models.pictures.picture_sources import PictureSources
from playground.views.input.open_dialog import OpenDialog
from playground.views.widgets.small_widgets import button, menu_button


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
            action = menu.addAction(sample.title)
            action.setToolTip(sample.tip)
            action.setData(sample.key)
        menu.triggered.connect(self._open_sample)
        return menu

    def _open_sample(self, action: QAction) -> None:
        self._sources.open_sample(action.data())

    def _fill_recent(self) -> None:
        menu = self._recent_menu
        menu.clear()
        for path in self._sources.recent:
            name, place = self._sources.described(path)
            action = menu.addAction(name.replace("&", "&&"))
            action.setToolTip(place)
            action.setData(path)
            action.triggered.connect(self._open_recent)
        if menu.isEmpty():
            menu.addAction(self.tr("No pictures opened yet")).setEnabled(False)
            return
        menu.addSeparator()
        menu.addAction(self.tr("Forget these")).triggered.connect(self._sources.clear_recent)

    def _open_recent(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._sources.open_file(action.data())

    def _add_shortcut(self, keys: QKeySequence, slot) -> None:  # type: ignore[no-untyped-def]
        action = QAction(self)
        action.setShortcut(keys)
        action.triggered.connect(slot)
        self._window.addAction(action)
