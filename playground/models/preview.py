"""The feature maps as they are seen, computed beside the window: newest request wins."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from time import perf_counter

from PySide6.QtCore import QObject, Signal

from playground.core import bank
from playground.core.feature_maps import FeatureMaps, View
from playground.core.geometry import output_size
from playground.core.map_drawing import MapPicture
from playground.core.picture import Picture
from playground.core.specs import BlockSpec
from playground.models.document import Document, NetworkChange
from playground.models.view_settings import ViewSettings
from playground.models.worker import Control, Failure, LatestWorker

MEMORY_BUDGET = 2 << 30
"""Bytes of maps that are kept; of a larger bank only the visible kernels are computed."""

_PATIENCE = 0.15
"""Seconds that a long computation goes on although a newer request waits."""

_FRAME = 0.05
"""Seconds between two pictures of maps that are filling."""


@dataclass(frozen=True)
class PreviewRequest:
    """What to compute and how it is looked at."""

    number: int
    picture: Picture
    block: BlockSpec
    visible: tuple[int, ...]
    view: View
    common_levels: bool


@dataclass(frozen=True)
class PreviewResult:
    """Maps that changed since the last result."""

    number: int
    picture: Picture
    block: BlockSpec
    map_size: tuple[int, int]
    maps: dict[int, MapPicture] = field(default_factory=dict)
    elapsed_ms: float = 0.0
    final: bool = True


class Preview(QObject):
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
        self.elapsed_ms = 0.0
        self.problem = ""
        self._visible: tuple[int, ...] = ()
        self._width_px = 512
        self._number = 0
        self._busy = False
        self._engine = _Engine()
        self._worker = LatestWorker("preview", self._engine.work, self)
        self._worker.produced.connect(self._receive)
        self._worker.failed.connect(self._fail)
        document.picture_changed.connect(self.refresh)
        document.network_changed.connect(self._follow_network)
        document.selection.layer_changed.connect(self.refresh)
        settings.levels_changed.connect(self.refresh)
        settings.viewport_changed.connect(self.refresh)

    @property
    def busy(self) -> bool:
        """Whether a map is still to come."""
        return self._busy

    def set_target(self, visible: tuple[int, ...], width_px: int) -> None:
        """Say which kernels' maps are visible, and how many device pixels one is wide."""
        if (visible, width_px) != (self._visible, self._width_px):
            self._visible, self._width_px = visible, width_px
            self.refresh()

    def refresh(self) -> None:
        """Ask for the maps of the document as it is now."""
        picture = self._document.picture
        if picture is None or not self._visible:
            return
        self._number += 1
        block = self._document.block
        view = View(self._settings.viewport.window, self._width_px)
        visible = tuple(k for k in self._visible if k < block.conv.filters)
        common = self._settings.levels == "common"
        self._set_busy(True)
        self._worker.submit(PreviewRequest(self._number, picture, block, visible, view, common))

    def close(self) -> None:
        """End the worker; nothing is drawn afterwards."""
        self._worker.close()

    def _follow_network(self, change: NetworkChange) -> None:
        layer = self._document.selection.layer
        before, after = change.before.block(layer), change.after.block(layer)
        only_names = (
            before.conv.kernel is after.conv.kernel
            and before.conv.bias is after.conv.bias
            and before.conv.settings == after.conv.settings
            and (before.activation, before.pool) == (after.activation, after.pool)
        )
        if not only_names:
            self.refresh()

    def _receive(self, result: PreviewResult) -> None:
        document = self._document
        filters = document.conv.filters
        if result.picture is document.picture and result.block.conv.filters == filters:
            self._take(result, filters)
        if result.number == self._number and result.final:
            self._set_busy(False)

    def _take(self, result: PreviewResult, filters: int) -> None:
        """Make the result's pictures the present ones."""
        known = self.maps if result.map_size == self.map_size else {}
        changed = {k: m for k, m in result.maps.items() if known.get(k) is not m}
        self.maps = {k: m for k, m in (known | changed).items() if k < filters}
        self.map_size = result.map_size
        self.elapsed_ms = result.elapsed_ms
        self._set_problem("")
        self.maps_changed.emit(replace(result, maps=changed))

    def _fail(self, failure: Failure) -> None:
        if failure.request.number != self._number:
            return
        self._set_busy(False)
        self.maps, self.map_size = {}, None
        self._set_problem(failure.message)

    def _set_busy(self, busy: bool) -> None:
        if busy != self._busy:
            self._busy = busy
            self.busy_changed.emit(busy)

    def _set_problem(self, problem: str) -> None:
        if problem != self.problem:
            self.problem = problem
            self.problem_changed.emit(problem)


class _Engine:
    """The worker's side: lives on the worker's thread alone."""

    def __init__(self) -> None:
        self._maps = FeatureMaps()
        self._kernels: tuple[int, ...] = ()

    def work(self, request: PreviewRequest, control: Control) -> PreviewResult | None:
        began = perf_counter()
        block, kernels = _affordable(request)
        if kernels != self._kernels:
            # The engine's map j is the map of kernel kernels[j]: other kernels, other maps.
            self._maps.forget_pictures()
            self._kernels = kernels
        indices = _indices(kernels, request.visible)
        shown = began

        def show_rows() -> None:
            nonlocal shown
            if perf_counter() - shown >= _FRAME:
                partial = self._maps.partial_pictures()
                control.publish(self._result(request, kernels, partial, began, final=False))
                shown = perf_counter()

        done = self._maps.update(
            request.picture.pixels,
            block,
            indices,
            request.view,
            should_stop=lambda: control.should_stop(_PATIENCE),
            on_rows=show_rows,
        )
        if not done:
            return None
        drawn = self._maps.pictures(indices, common=request.common_levels)
        return self._result(request, kernels, drawn, began, final=True)

    def _result(
        self,
        request: PreviewRequest,
        kernels: tuple[int, ...],
        drawn: list[MapPicture],
        began: float,
        *,
        final: bool,
    ) -> PreviewResult:
        maps = {kernels[m.kernel]: _renumbered(m, kernels[m.kernel]) for m in drawn}
        elapsed = (perf_counter() - began) * 1000
        size = self._maps.size
        return PreviewResult(
            request.number, request.picture, request.block, size, maps, elapsed, final
        )


def _affordable(request: PreviewRequest) -> tuple[BlockSpec, tuple[int, ...]]:
    """The block to compute and its kernels: all, or the visible ones where memory is short."""
    block = request.block
    conv = block.conv
    height, width = output_size(
        request.picture.pixels.shape[:2],
        conv.kernel_size,
        conv.stride,
        conv.padding,
        conv.dilation,
    )
    everything = tuple(range(conv.filters))
    if height * width * 4 * conv.filters <= MEMORY_BUDGET or request.visible == everything:
        return block, everything
    some = bank.reorder(conv, request.visible)
    return BlockSpec(some, block.activation, block.pool), request.visible


def _renumbered(picture: MapPicture, kernel: int) -> MapPicture:
    return picture if picture.kernel == kernel else replace(picture, kernel=kernel)


def _indices(kernels: tuple[int, ...], visible: tuple[int, ...]) -> tuple[int, ...]:
    if kernels == visible:
        return tuple(range(len(kernels)))
    return tuple(kernels.index(k) for k in visible)
