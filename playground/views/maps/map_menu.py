"""Save and copy: what can be done with the current map, as a menu."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from playground.models.guard import Guarded
from playground.models.maps.map_export import Form, Look, MapExport
from playground.models.maps.preview import Preview
from playground.models.state.document import Document
from playground.models.state.view_settings import ViewSettings
from playground.views.theme.theme import value_table
from playground.views.theme.theming import Theming


class MapMenu(Guarded, QMenu):
    """Acts on the current map; the work is the export's."""

    def __init__(
        self,
        document: Document,
        preview: Preview,
        settings: ViewSettings,
        theming: Theming,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._preview = preview
        self._settings = settings
        self._theming = theming
        self.export = MapExport(document, self)
        self.setToolTipsVisible(True)
        self.copy = self._action(
            self.tr("Copy picture"),
            self.tr("Put the part of the map that is shown, in its colours, on the clipboard"),
        )
        self.copy.setShortcut(QKeySequence.StandardKey.Copy)
        # The weight grid copies with the same keys, so the map must have the focus.
        self.copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.copy.triggered.connect(self.copy_picture)
        self.addSeparator()
        self.save_seen = self._action(
            self.tr("Save as seen (PNG)…"),
            self.tr("The part of the map that is shown, in its colours, one pixel per value"),
        )
        self.save_seen.triggered.connect(self._ask_png)
        self.save_words = self._action(
            self.tr("Save values (16-bit PNG)…"),
            self.tr("All values as 16-bit grey; the file says which numbers black and white are"),
        )
        self.save_words.triggered.connect(self._ask_png16)
        self.save_values = self._action(
            self.tr("Save values (NumPy)…"), self.tr("All values exactly, for a script or notebook")
        )
        self.save_values.triggered.connect(self._ask_npy)

    def copy_picture(self) -> None:
        """Copy the current map as it is seen."""
        look = self._look()
        if look is not None:
            self.export.copy(self._document.selection.kernel, look)

    def ask_where(self, form: Form) -> None:
        """Ask for a file name, and save the map that is current now."""
        look, kernel = self._look(), self._document.selection.kernel
        if look is None:
            return
        suffix = "npy" if form == "npy" else "png"
        dialog = QFileDialog(self.parentWidget(), self.tr("Save feature map"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix)
        kind = self.tr("NumPy file") if form == "npy" else self.tr("PNG picture")
        dialog.setNameFilter(f"{kind} (*.{suffix})")
        dialog.selectFile(f"map-{kernel}-{_plain(self._document.conv.names[kernel])}.{suffix}")

        def save(path: str) -> None:
            self.export.save(kernel, look, path, form)

        dialog.fileSelected.connect(save)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _action(self, text: str, tip: str) -> QAction:
        action = self.addAction(text)
        action.setToolTip(tip)
        return action

    def _ask_png(self) -> None:
        self.ask_where("png")

    def _ask_png16(self) -> None:
        self.ask_where("png16")

    def _ask_npy(self) -> None:
        self.ask_where("npy")

    def _look(self) -> Look | None:
        """How the current map is seen; None where there is none."""
        shown = self._preview.maps.get(self._document.selection.kernel)
        if shown is None:
            return None
        table = value_table(self._theming.theme, self._settings.colour_map)
        return Look(shown.level, table, self._settings.viewport.window)


def _plain(name: str) -> str:
    """A kernel's name as part of a file name."""
    return re.sub(r"[^\w-]+", "-", name.lower()).strip("-") or "kernel"
