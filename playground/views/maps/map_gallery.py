"""The gallery: one feature map for each kernel, with legend, numbers and controls."""

from __future__ import annotations

import re
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMenu,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from playground.models.guard import Guarded
from playground.models.maps.map_export import Form, Look, MapExport
from playground.models.maps.preview import Preview
from playground.models.state.document import Document, NetworkChange
from playground.models.state.selection import Pixel
from playground.models.state.view_settings import ViewSettings
from playground.models.words.local_numbers import Local
from playground.views.maps.gallery_controls import GalleryControls
from playground.views.maps.gallery_layout import BESIDE_OTHERS, SMALLEST
from playground.views.maps.gallery_view import GalleryView
from playground.views.pictures.legend import LegendBar
from playground.views.pictures.map_words import extent, short_summary, summary
from playground.views.theme.theme import value_table
from playground.views.theme.theming import Theming
from playground.views.widgets.file_dialogs import file_dialog
from playground.views.widgets.quiet_label import QuietLabel
from playground.views.widgets.small_widgets import add_entry, bare, label
from playground.views.widgets.throttle import Throttle

_NOTE_MS = 4000
"""How long a note such as "Saved: …" stays: long enough to read a path."""


class MapMenu(Guarded, QMenu):
    """Copies or saves the current map."""

    def __init__(
        self,
        document: Document,
        preview: Preview,
        settings: ViewSettings,
        theming: Theming,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._document, self._preview = document, preview
        self._settings, self._theming = settings, theming
        self.export = MapExport(document, self)
        self.setToolTipsVisible(True)
        self.copy = add_entry(
            self,
            self.tr("Copy picture"),
            self.tr("Put the part of the map that is shown, in its colours, on the clipboard"),
            self.copy_picture,
        )
        self.copy.setShortcut(QKeySequence.StandardKey.Copy)
        # The weight grid copies with the same keys, so the map must have the focus.
        self.copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.addSeparator()
        add_entry(
            self,
            self.tr("Save as seen (PNG)…"),
            self.tr("The part of the map that is shown, in its colours, one pixel per value"),
            partial(self.ask_where, "png"),
        )
        add_entry(
            self,
            self.tr("Save values (16-bit PNG)…"),
            self.tr("All values as 16-bit grey; the file says which numbers black and white are"),
            partial(self.ask_where, "png16"),
        )
        self.save_values = add_entry(
            self,
            self.tr("Save values (NumPy)…"),
            self.tr("All values exactly, for a script or notebook"),
            partial(self.ask_where, "npy"),
        )

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
        title, kind = self.tr("Save feature map"), QFileDialog.FileMode.AnyFile
        dialog = file_dialog(self._settings, "map", self.parentWidget(), title, kind)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix)
        form_name = self.tr("NumPy file") if form == "npy" else self.tr("PNG picture")
        dialog.setNameFilter(f"{form_name} (*.{suffix})")
        dialog.selectFile(f"map-{kernel}-{_plain(self._document.conv.names[kernel])}.{suffix}")

        def save(path: str) -> None:
            self.export.save(kernel, look, path, form)

        dialog.fileSelected.connect(save)
        dialog.open()

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


class MapGallery(Guarded, QWidget):
    """The maps with their header, legend and controls, and a note on what was saved."""

    kernel_menu_wanted = Signal(int, object)
    """A kernel that stands beside its map, and a QPoint on the screen: its menu is asked for."""

    def __init__(
        self, document: Document, preview: Preview, settings: ViewSettings, theming: Theming
    ) -> None:
        super().__init__()
        self._document, self._preview, self._settings = document, preview, settings
        self.view = GalleryView(document, preview, settings, theming)
        self.menu = MapMenu(document, preview, settings, theming, self)
        self.controls = GalleryControls(settings, self.menu)
        self.legend = LegendBar(settings, theming)
        self.detail = QuietLabel(theming, align=Qt.AlignmentFlag.AlignRight)
        self.numbers = QuietLabel(theming)
        self.message = label("", "detail")
        self._compose()
        self._timer = QTimer(self, singleShot=True, interval=_NOTE_MS)
        self._note = ""
        self._brief = False
        self._pointed = -1
        self._words = Throttle(self._show_words, self)
        self._connect()
        self._show_problem(preview.problem)

    def set_brief(self, brief: bool) -> None:
        """Leave the room to the maps, each with its kernel: no header, no legend, no controls."""
        for widget in (self._title, self.detail, self.legend, self.numbers, self.controls):
            widget.setVisible(not brief)
        self._brief = brief
        self.view.set_kernels(brief)
        self.view.set_smallest(BESIDE_OTHERS if brief else SMALLEST)

    def set_reached(self, pixel: Pixel | None) -> None:
        """Show the current map up to `pixel` row by row, as Play builds it; None shows all."""
        self.view.set_reached(pixel)

    def _compose(self) -> None:
        header = QHBoxLayout()
        self._title = label(self.tr("Feature maps"), "title", self.view.rule())
        header.addWidget(self._title)
        header.addWidget(self.detail, 1)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.view)
        self._stack.addWidget(_calm(self.message))
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self.legend)
        line.addWidget(self.numbers, 1)
        column = bare(QVBoxLayout(self), 6)
        column.addLayout(header)
        column.addLayout(self._stack, 1)
        column.addLayout(line)
        column.addWidget(self.controls)

    def _connect(self) -> None:
        self._document.network_changed.connect(self._follow_network)
        self._document.picture_changed.connect(self._follow_picture)
        self._document.selection.kernel_changed.connect(self._show_words)
        self._preview.maps_changed.connect(self._words.want)
        self._preview.problem_changed.connect(self._show_problem)
        self._settings.levels_changed.connect(self._show_words)
        self.view.pointed_map_changed.connect(self._point)
        self.view.menu_wanted.connect(self._open_menu)
        self.controls.fit_wanted.connect(self.view.fit)
        self.controls.one_to_one_wanted.connect(self._show_one_to_one)
        self.menu.export.saved.connect(self._say_saved)
        self.menu.export.copied.connect(self._say_copied)
        self._timer.timeout.connect(self._forget_note)
        self.view.addAction(self.menu.copy)

    def _open_menu(self, place: QPoint) -> None:
        if self._brief:
            self.kernel_menu_wanted.emit(self._document.selection.kernel, place)
        else:
            self.menu.popup(place)

    def _show_one_to_one(self) -> None:
        self.view.show_one_to_one(self.view.current_cell.placement)

    def _follow_network(self, change: NetworkChange) -> None:
        was, now = change.blocks(self._document.selection.layer)
        if was is None or was.conv.names != now.conv.names:
            self._show_words()

    def _follow_picture(self, _picture: object) -> None:
        self._show_problem(self._preview.problem)

    def _show_problem(self, problem: str) -> None:
        if not problem and self._document.picture is None:
            problem = self.tr("The feature maps appear here as soon as there is a picture.")
        self.message.setText(problem)
        self._stack.setCurrentIndex(1 if problem else 0)
        self._show_words()

    def _point(self, kernel: int) -> None:
        self._pointed = kernel
        self._show_words()

    def _show_words(self, _changed: object = None) -> None:
        count = self._document.conv.filters
        text = self.tr("1 kernel → 1 map")
        if count > 1:
            text = self.tr("{0} kernels → {0} maps").format(count)
        ways = [text]
        if self._preview.maps and self._document.picture is not None:
            ways.insert(0, f"{text} · {Local(self._preview.elapsed_ms):.1f} ms")
        self.detail.setText(*ways)
        self.numbers.setText(*((self._note,) if self._note else self._numbers()))
        self._show_level()

    def _numbers(self) -> tuple[str, ...]:
        """The numbers of the map that is pointed at, or of the current one; then in less room."""
        kernel = self._pointed if self._pointed >= 0 else self._document.selection.kernel
        shown = self._preview.maps.get(kernel)
        if shown is None or self._document.picture is None:
            return ("",)
        named = self.tr("map {}: {}")
        return (
            named.format(kernel, summary(shown.stats)),
            named.format(kernel, short_summary(shown.stats)),
            f"{kernel}: {short_summary(shown.stats)}",
            f"{kernel}: {extent(shown.stats)}",
        )

    def _show_level(self) -> None:
        shown = self._preview.maps.get(self._document.selection.kernel)
        common = self._settings.levels == "common"
        self.legend.set_level(shown.level if common and shown is not None else None)

    def _say_saved(self, path: str) -> None:
        self._say(self.tr("Saved: {}").format(path))

    def _say_copied(self) -> None:
        self._say(self.tr("Copied to the clipboard."))

    def _say(self, note: str) -> None:
        self._note = note
        self._timer.start()
        self._show_words()

    def _forget_note(self) -> None:
        self._note = ""
        self._show_words()


def _calm(message: QLabel) -> QWidget:
    """A sentence in the middle of the room."""
    message.setWordWrap(True)
    message.setAlignment(Qt.AlignmentFlag.AlignCenter)
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(24, 24, 24, 24)
    column.addWidget(message)
    return page
