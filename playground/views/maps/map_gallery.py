"""The equation's result: one feature map per kernel, with legend, numbers and controls."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from playground.models.guard import Guarded
from playground.models.maps.preview import Preview
from playground.models.state.document import Document, NetworkChange
from playground.models.state.selection import Pixel
from playground.models.state.view_settings import ViewSettings
from playground.models.words.local_numbers import Local
from playground.views.maps.gallery_controls import GalleryControls
from playground.views.maps.gallery_view import GalleryView
from playground.views.maps.map_menu import MapMenu
from playground.views.pictures.legend import LegendBar
from playground.views.pictures.map_words import extent, short_summary, summary
from playground.views.theme.theming import Theming
from playground.views.widgets.quiet_label import QuietLabel
from playground.views.widgets.small_widgets import label
from playground.views.widgets.throttle import Throttle

_NOTE_MS = 4000
"""How long a note such as "Saved: …" stays: long enough to read a path."""


class MapGallery(Guarded, QWidget):
    """Composes the gallery; what it shows lives in the document and the preview."""

    def __init__(
        self, document: Document, preview: Preview, settings: ViewSettings, theming: Theming
    ) -> None:
        super().__init__()
        self._document = document
        self._preview = preview
        self._settings = settings
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
        self._pointed = -1
        self._words = Throttle(self._show_words, self)
        self._connect()
        self._show_problem(preview.problem)

    def set_reached(self, pixel: Pixel | None) -> None:
        """Show the current map up to `pixel` row by row, as Play builds it; None shows all."""
        self.view.set_reached(pixel)

    def _compose(self) -> None:
        header = QHBoxLayout()
        header.addWidget(label(self.tr("Feature maps"), "title", self.view.rule()))
        header.addWidget(self.detail, 1)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.view)
        self._stack.addWidget(_calm(self.message))
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self.legend)
        line.addWidget(self.numbers, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
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
        self.view.menu_wanted.connect(self.menu.popup)
        self.controls.fit_wanted.connect(self.view.fit)
        self.controls.one_to_one_wanted.connect(self._show_one_to_one)
        self.menu.export.saved.connect(self._say_saved)
        self.menu.export.copied.connect(self._say_copied)
        self._timer.timeout.connect(self._forget_note)
        self.view.addAction(self.menu.copy)

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
