"""The equation's first term: the picture, what is seen of it, and what the layer does with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QSizePolicy,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from playground.core.claims import percent
from playground.core.convolve.geometry import ReceptiveField, WeightReach
from playground.core.pictures.picture import WORKING_SIZES, Colour, Picture
from playground.models.guard import Guarded
from playground.models.maps.preview import Preview
from playground.models.pictures.picture_loading import PictureLoading
from playground.models.state.document import Document
from playground.models.state.view_settings import ViewSettings
from playground.models.words.claim_words import claim_text
from playground.models.words.local_numbers import localised
from playground.models.workbench import Workbench
from playground.views.input.drawing_pad_view import DrawingPadView
from playground.views.input.field_loupe import SMALLEST, FieldLoupe
from playground.views.input.input_canvas import InputCanvas
from playground.views.network.layer_settings import LayerSettings
from playground.views.pictures.map_words import many
from playground.views.theme.theming import Theming
from playground.views.widgets.quiet_label import QuietLabel
from playground.views.widgets.small_widgets import bare, button, label
from playground.views.widgets.throttle import Throttle

_GAP = 6
"""Pixels between picture, sentence and loupe, as between the rows of every column."""


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
        row = bare(QHBoxLayout(self), 6)
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


class _InputRoom(Guarded, QWidget):
    """The picture takes the height that its shape needs; what is left goes to the loupe."""

    def __init__(self, picture: QWidget, sentence: QWidget, loupe: QWidget) -> None:
        super().__init__()
        self._picture, self._sentence, self._loupe = picture, sentence, loupe
        self._aspect: float | None = None
        for widget in (picture, sentence, loupe):
            widget.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.setMinimumSize(120, 120)

    def set_aspect(self, aspect: float | None) -> None:
        """The picture's height / width; None where there is no picture."""
        if aspect != self._aspect:
            self._aspect = aspect
            self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        width, height = self.width(), self.height()
        line = self._sentence.sizeHint().height()
        room = height - line - _GAP
        needed = (
            room if self._aspect is None else round(width * min(self._aspect, 100.0)) + 2 * _GAP
        )
        spare = room - needed - _GAP
        shown = spare >= SMALLEST
        if not shown:
            needed = room
        self._picture.setGeometry(0, 0, width, needed)
        self._sentence.setGeometry(0, needed + _GAP, width, line)
        self._loupe.setVisible(shown)
        self._loupe.setGeometry(0, needed + line + 2 * _GAP, width, max(spare, 0))


class InputView(Guarded, QWidget):
    """The picture with its header, and a sentence about what is pointed at."""

    def __init__(
        self, document: Document, preview: Preview, settings: ViewSettings, theming: Theming
    ) -> None:
        super().__init__()
        self._document = document
        self.canvas = InputCanvas(document, preview, settings, theming)
        self.detail = QuietLabel(theming, align=Qt.AlignmentFlag.AlignRight)
        self.sentence = QuietLabel(theming, lines=2)
        self.loupe = FieldLoupe(theming)
        self.hint = label(self.tr("Drop a picture here, or press Open."), "hint")
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setWordWrap(True)
        self._compose()
        selection = document.selection
        document.picture_changed.connect(self._show_picture)
        sentence = Throttle(self._show_sentence, self)
        document.network_changed.connect(sentence.want)
        selection.pixel_changed.connect(self._show_sentence)
        selection.weight_changed.connect(self._show_sentence)
        selection.layer_changed.connect(self._show_sentence)
        preview.maps_changed.connect(sentence.want)
        preview.problem_changed.connect(self._show_sentence)
        self._show_picture(document.picture)

    def _compose(self) -> None:
        header = QHBoxLayout()
        header.addWidget(label(self.tr("Input"), "title", self.canvas.toolTip()))
        header.addWidget(self.detail, 1)
        picture = QWidget()
        self._stack = QStackedLayout(picture)
        self._stack.addWidget(self.canvas)
        self._stack.addWidget(self.hint)
        self._room = _InputRoom(picture, self.sentence, self.loupe)
        column = bare(QVBoxLayout(self), 6)
        column.addLayout(header)
        column.addWidget(self._room, 1)

    def _show_picture(self, picture: Picture | None) -> None:
        self._stack.setCurrentIndex(1 if picture is None else 0)
        self._room.set_aspect(None if picture is None else picture.height / picture.width)
        self.detail.setText(*(("",) if picture is None else self._captions(picture)))
        self._show_sentence()

    def _captions(self, picture: Picture) -> tuple[str, ...]:
        """Name, size and channels; then, where there is less room, without the name."""
        colour = self.tr("Grey") if picture.colour == "grey" else self.tr("RGB")
        size = f"{picture.caption} · {colour}"
        if not picture.narrow or picture.stretched:
            return f"{picture.name} · {size}", size
        used = self.tr("uses {} of the range").format(localised(percent(picture.used)))
        short = f"{picture.width} × {picture.height} · {used}"
        return f"{picture.name} · {size} · {used}", f"{size} · {used}", short

    def _show_sentence(self, _changed: object = None) -> None:
        reach, field = self.canvas.fields.reach(), self.canvas.fields.field()
        self.loupe.show_field(field, self._document.picture, self._document.network.first_conv.edge)
        if reach is not None:
            self.sentence.setText(self._about_weight(reach))
        elif field is not None and self._document.picture is not None:
            self.sentence.setText(self._about_field(field, self._document.picture))
        else:
            self.sentence.setText("")

    def _about_weight(self, reach: WeightReach) -> str:
        dense = self.tr("a dense layer would need {} weights").format(many(reach.dense_weights))
        return f"{claim_text(reach.used)}; {dense}"

    def _about_field(self, field: ReceptiveField, picture: Picture) -> str:
        """The field's rows and columns, and what becomes of its taps outside the image."""
        text = self.tr("receptive field: {}, {}").format(
            _span(self.tr("row {}"), self.tr("rows {} to {}"), field.rows),
            _span(self.tr("column {}"), self.tr("columns {} to {}"), field.columns),
        )
        pixels = len(field.rows) * len(field.columns)
        outside = field.outside((picture.height, picture.width))
        if not outside:
            return text
        document = self._document
        if document.layers_before:
            # What a deep layer sees outside the picture is filled within the layers before it.
            words, how = self.tr("{} of {} pixels lie outside the picture"), ""
        elif document.block.pool is not None:
            words, how = self.tr("{} of {} pixels lie outside"), f": {self._edge()}"
        else:
            words, how = self.tr("{} of {} taps lie outside"), f": {self._edge()}"
        return f"{text}; {words.format(outside, pixels)}{how}"

    def _edge(self) -> str:
        return {
            "zero": self.tr("filled with 0"),
            "replicate": self.tr("filled with the nearest edge pixel"),
            "reflect": self.tr("filled by mirroring the image on its last pixel"),
            "symmetric": self.tr("filled by mirroring the image behind its last pixel"),
            "wrap": self.tr("filled from the opposite side"),
        }[self._document.network.first_conv.edge]


class InputColumn(Guarded, QWidget):
    """The picture, or the pad while it is drawn on; then what is made of it, and the layer."""

    def __init__(self, workbench: Workbench, theming: Theming) -> None:
        super().__init__()
        document, settings = workbench.document, workbench.settings
        self._workbench = workbench
        self.view = InputView(document, workbench.preview, settings, theming)
        self.bar = SourceBar(document, workbench.loading)
        self.pad = DrawingPadView(workbench.pad)
        self.pad.hide()
        self._training: QWidget | None = None
        self.layer = LayerSettings(document)
        self.bar.draw.toggled.connect(self._show_pad)
        document.picture_changed.connect(self._leave_pad)
        column = self._column = bare(QVBoxLayout(self), 8)
        column.addWidget(self.view, 1)
        column.addWidget(self.pad, 1)
        column.addWidget(self.bar)
        column.addWidget(self.layer)

    def set_training(self, controls: QWidget | None) -> None:
        """Show `controls` of training in place of the layer's settings; None for these again."""
        if self._training is not None:
            self._training.hide()
        self._training = controls
        if controls is not None:
            self._column.addWidget(controls)
            controls.show()
        self.layer.setVisible(controls is None)

    def _show_pad(self, shown: bool) -> None:
        self.view.setVisible(not shown)  # What is drawn is the picture.
        self.pad.setVisible(shown)
        if shown:
            self._workbench.pad.show()

    def _leave_pad(self, _picture: object) -> None:
        """Show what is the picture now, where that is no drawing any more."""
        if not self._workbench.pad.active:
            self.bar.draw.setChecked(False)


def _span(one: str, several: str, places: Sequence[int]) -> str:
    """The first and the last row or column of the taps, in words."""
    first, last = (str(at).replace("-", "−") for at in (places[0], places[-1]))
    return one.format(first) if first == last else several.format(first, last)
