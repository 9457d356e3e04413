"""Follows the output pixel pointed at and takes its value apart.

A deep layer's value is made of the maps before it, as the preview has computed them.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from playground.core.errors import PlaygroundError
from playground.core.explain.explain import OutputExplanation, explain_output
from playground.core.network.layer_input import layer_input
from playground.core.specs import BlockSpec, FloatArray
from playground.models.guard import Guarded
from playground.models.maps.preview import Preview
from playground.models.maps.preview_engine import PreviewResult
from playground.models.state.document import Document


class Explainer(Guarded, QObject):
    """The explanation of the selected kernel's value at the selected pixel."""

    explained = Signal(object)
    """An OutputExplanation, or None where nothing is pointed at."""

    def __init__(
        self, document: Document, preview: Preview | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._preview = preview
        self.explanation: OutputExplanation | None = None
        self._pointed: int | None = None
        self._watched = True
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._explain)
        selection = document.selection
        for signal in (
            selection.pixel_changed,
            selection.kernel_changed,
            selection.layer_changed,
            document.picture_changed,
            document.network_changed,
        ):
            signal.connect(self._plan)
        if preview is not None:
            preview.maps_changed.connect(self._follow_maps)
            preview.problem_changed.connect(self._plan)

    def set_pointed_kernel(self, kernel: int) -> None:
        """Explain the value in this map instead of the selected one; below 0 none is pointed at."""
        pointed = kernel if kernel >= 0 else None
        if pointed != self._pointed:
            self._pointed = pointed
            self._plan()

    def set_watched(self, watched: bool) -> None:
        """Explain only while somebody looks."""
        self._watched = watched
        self._plan()

    def _follow_maps(self, result: PreviewResult) -> None:
        if result.before and result.final:
            self._plan()

    def _plan(self, _change: object = None) -> None:
        """However much changes in one turn of the event loop, explain once."""
        if self._watched and not self._timer.isActive():
            self._timer.start(0)

    def _explain(self) -> None:
        self.explanation = self._read()
        self.explained.emit(self.explanation)

    def _read(self) -> OutputExplanation | None:
        document, pixel = self._document, self._document.selection.pixel
        if pixel is None or document.picture is None:
            return None
        kernel = document.selection.kernel
        if self._pointed is not None and self._pointed < document.conv.filters:
            kernel = self._pointed
        try:
            given, block = self._computed(document.picture.pixels)
            return None if given is None else explain_output(given, block, kernel, *pixel)
        except PlaygroundError:
            return None

    def _computed(self, pixels: FloatArray) -> tuple[FloatArray | None, BlockSpec]:
        """What the selected layer is computed on, and the layer."""
        if self._preview is not None:
            return self._preview.layer_input, self._preview.layer_block
        return layer_input(pixels, self._document.layers_before), self._document.block
