"""Which kernels, and which whole layers, keep their weights: what the document's marks say."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from playground.core.session.ids import Mark
from playground.models.guard import Guarded
from playground.models.state.document import Document


class Freezing(Guarded, QObject):
    """Asks and changes the document's marks by layer and kernel as they are counted now."""

    changed = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        document.frozen_changed.connect(self.changed)

    def is_frozen(self, layer: int, kernel: int | None = None) -> bool:
        """Whether a layer, or one of its kernels, keeps its weights."""
        marks = self._document.session.frozen
        return self._mark(layer) in marks or (
            kernel is not None and self._mark(layer, kernel) in marks
        )

    def set_layer(self, layer: int, frozen: bool) -> None:
        """Freeze a whole layer, or let it learn; it can be undone."""
        text = self.tr("Freeze layer") if frozen else self.tr("Let layer learn")
        self._set(text, self._mark(layer), frozen)

    def set_kernel(self, layer: int, kernel: int, frozen: bool) -> None:
        """Freeze one kernel, or let it learn; it can be undone."""
        text = self.tr("Freeze kernel {}") if frozen else self.tr("Let kernel {} learn")
        self._set(text.format(kernel), self._mark(layer, kernel), frozen)

    def clear(self) -> None:
        """Everything learns."""
        self._document.change(self.tr("Let everything learn"), frozen=frozenset())

    def _mark(self, layer: int, kernel: int | None = None) -> Mark:
        """The lasting name of what is at these indices now; of nothing, a name that nothing has."""
        layers = self._document.network.layers
        spec = layers[layer] if layer < len(layers) else None
        if spec is None or kernel is None:
            return (0 if spec is None else spec.layer_id,)
        ids = spec.kernel_ids
        return spec.layer_id, ids[kernel] if kernel < len(ids) else 0

    def _set(self, text: str, mark: Mark, frozen: bool) -> None:
        marks = self._document.session.frozen
        self._document.change(text, frozen=marks | {mark} if frozen else marks - {mark})
