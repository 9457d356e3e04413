"""Under the input: what the network is given of the picture."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QToolButton, QWidget

from playground.core.pictures.picture import WORKING_SIZES, Colour
from playground.models.guard import Guarded
from playground.models.pictures.picture_loading import PictureLoading
from playground.models.state.document import Document
from playground.views.widgets.small_widgets import button


class SourceBar(Guarded, QWidget):
    """Grey or RGB, the working size, and a stretch for what uses little of its range."""

    def __init__(self, document: Document, loading: PictureLoading) -> None:
        super().__init__()
        self._loading = loading
        self.grey = self._colour(
            "grey", self.tr("Grey"), self.tr("one input channel, so one weight per position")
        )
        self.rgb = self._colour(
            "rgb", self.tr("RGB"), self.tr("three input channels, each with its own weights")
        )
        self._group = QButtonGroup(self)
        self._group.addButton(self.grey)
        self._group.addButton(self.rgb)
        self.working = QComboBox()
        self.working.setAccessibleName(self.tr("Working size"))
        self.working.setToolTip(
            self.tr("The long side of the picture that the network is given, in pixels")
        )
        for size in WORKING_SIZES:
            text = self.tr("full size") if size is None else self.tr("{} px").format(size)
            self.working.addItem(text, size)
        self.working.activated.connect(self._resize)
        self.stretch = button(
            self.tr("Stretch"),
            on_click=self._stretch,
            checkable=True,
            what=self.tr(
                "this picture uses little of the range from black to white; "
                "its darkest value becomes black, its brightest white"
            ),
        )
        self.draw = button(
            self.tr("Draw"), checkable=True, what=self.tr("make your own picture with a pencil")
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for widget in (self.grey, self.rgb, self.working, self.stretch):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.draw)
        self._document = document
        document.picture_changed.connect(self._show)
        loading.busy_changed.connect(self._show)
        self._show()

    def _colour(self, colour: Colour, text: str, what: str) -> QToolButton:
        def choose() -> None:
            self._loading.set_colour(colour)
            self._show()

        return button(text, on_click=choose, what=what, checkable=True)

    def _resize(self, index: int) -> None:
        self._loading.set_working_size(self.working.itemData(index))

    def _stretch(self) -> None:
        self._loading.set_stretched(self.stretch.isChecked())
        self._show()

    def _show(self, _changed: object = None) -> None:
        colour = self._loading.colour
        self.grey.setChecked(colour == "grey")
        self.rgb.setChecked(colour == "rgb")
        self.working.setCurrentIndex(WORKING_SIZES.index(self._loading.working))
        picture = self._document.picture
        self.stretch.setVisible(picture is not None and picture.narrow)
        self.stretch.setChecked(self._loading.stretched)
