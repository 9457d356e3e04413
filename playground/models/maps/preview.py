"""The feature maps as they are seen, computed beside the window: newest request wins.

A deep layer's maps are made from those of the layers before it, which are kept as well.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from playground.core.pictures.feature_maps import View
from playground.core.pictures.map_drawing import MapPicture
from playground.core.specs import BlockSpec, FloatArray
from playground.models.guard import Announcing
from playground.models.maps.preview_engine import PreviewEngine, PreviewRequest, PreviewResult
from playground.models.state.document import Document, NetworkChange
from playground.models.state.view_settings import ViewSettings
from playground.models.worker import Failure, LatestWorker


class Preview(Announcing):
    """Keeps the pictures of all visible maps in step with the document."""

    maps_changed = Signal(object)
    """A PreviewResult."""
    problem_changed = Signal(str)
    """Why there can be no maps, in one sentence; empty when there are."""
    busy_changed = Signal(bool)

    def __init__(
        self, document: Document, settings: ViewSettings, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._settings = settings
        self.maps: dict[int, MapPicture] = {}
        self.map_size: tuple[int, int] | None = None
        self._given: PreviewResult | None = None
        self._depth = 0
        self.elapsed_ms = 0.0
        """What it took to compute the maps as they are, and to draw them once."""
        self.problem = ""
        self._targets: dict[object, tuple[tuple[int, ...], int]] = {}
        self._number = 0
        self.busy = False
        """Whether a map is still to come."""
        self._engine = PreviewEngine()
        self._worker = LatestWorker("preview", self._engine.work, self._receive, self._fail, self)
        document.picture_changed.connect(self.refresh)
        document.network_changed.connect(self._follow_network)
        document.selection.layer_changed.connect(self.refresh)
        settings.levels_changed.connect(self.refresh)
        settings.viewport_changed.connect(self.refresh)

    @property
    def layer_input(self) -> FloatArray | None:
        """What the selected layer is given, (H, W, C); None where it is not known yet.

        While the layers before it learn, it is the one that the shown maps were made from.
        """
        document, result = self._document, self._given
        if document.picture is None:
            return None
        if not document.layers_before:
            return document.picture.pixels
        return result.given if result is not None and self._is_of_now(result) else None

    @property
    def layer_block(self) -> BlockSpec:
        """The selected layer with what `layer_input` goes into: that of the shown maps where deep.

        Weights of one step and maps of another would make a value that no step has.
        """
        document, result = self._document, self._given
        deep = bool(document.layers_before) and result is not None and self._is_of_now(result)
        return result.block if deep and result is not None else document.block

    def set_target(self, visible: tuple[int, ...], width_px: int, viewer: object = None) -> None:
        """Say which kernels' maps `viewer` shows, and how many device pixels one is wide."""
        if (visible, width_px) != self._targets.get(viewer):
            self._targets[viewer] = visible, width_px
            self.refresh()

    def forget_target(self, viewer: object) -> None:
        """`viewer` shows no maps any more."""
        self._targets.pop(viewer, None)

    def refresh(self) -> None:
        """Ask for the maps of the document as it is now."""
        picture = self._document.picture
        wanted = sorted({kernel for visible, _ in self._targets.values() for kernel in visible})
        if picture is None or not wanted:
            return
        self._number += 1
        document = self._document
        block = document.block
        width_px = max(width for _, width in self._targets.values())
        view = View(self._settings.viewport.window, width_px)
        visible = tuple(k for k in wanted if k < block.conv.filters)
        common = self._settings.levels == "common"
        self.announce("busy", True)
        self._worker.submit(
            PreviewRequest(
                self._number, picture, document.layers_before, block, visible, view, common
            )
        )

    def close(self) -> None:
        """End the worker; nothing is drawn afterwards."""
        self._worker.close()

    def _follow_network(self, change: NetworkChange) -> None:
        layer = self._document.selection.layer
        before, after = change.blocks(layer)
        only_names = (
            before is not None
            and before.conv.kernel is after.conv.kernel
            and before.conv.bias is after.conv.bias
            and before.conv.settings == after.conv.settings
            and (before.activation, before.pool) == (after.activation, after.pool)
            and change.same_input(layer)
        )
        if not only_names:
            self.refresh()

    def _receive(self, result: PreviewResult) -> None:
        filters = self._document.conv.filters
        if self._is_of_now(result) and result.block.conv.filters == filters:
            self._take(result, filters)
        if result.number == self._number and result.final:
            self.announce("busy", False)

    def _is_of_now(self, result: PreviewResult) -> bool:
        """Whether a result shows the picture and the layer that are shown now."""
        document = self._document
        return (
            result.picture is document.picture
            and len(result.before) == len(document.layers_before)
            and result.given.shape[2] == document.conv.channels
        )

    def _take(self, result: PreviewResult, filters: int) -> None:
        """Make the result's pictures the present ones."""
        same = (result.map_size, len(result.before)) == (self.map_size, self._depth)
        known = self.maps if same else {}
        self._depth = len(result.before)
        changed = {k: m for k, m in result.maps.items() if known.get(k) is not m}
        self.maps = {k: m for k, m in (known | changed).items() if k < filters}
        self.map_size = result.map_size
        if not self._only_redrawn(result):
            self.elapsed_ms = result.elapsed_ms
        if result.final:
            self._given = result
        self.announce("problem", "")
        self.maps_changed.emit(replace(result, maps=changed))

    def _only_redrawn(self, result: PreviewResult) -> bool:
        """Whether nothing was computed, but known maps drawn again: at another zoom, say."""
        known = self._given
        return (
            known is not None
            and known.block == result.block
            and known.picture is result.picture
            and known.before == result.before
        )

    def _fail(self, failure: Failure) -> None:
        if failure.request.number != self._number:
            return
        self.announce("busy", False)
        self.maps, self.map_size, self._given = {}, None, None
        self.announce("problem", failure.message)
