"""The worker's side of the preview: what it is asked, what it computes, and what it hands back."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from time import perf_counter

from playground.core.convolve.geometry import output_size
from playground.core.kernels import bank
from playground.core.network.layer_input import LayerInput
from playground.core.pictures.feature_maps import FeatureMaps, View
from playground.core.pictures.map_drawing import MapPicture
from playground.core.pictures.picture import Picture
from playground.core.specs import BlockSpec, FloatArray, LayerSpec
from playground.models.worker import Control

MEMORY_BUDGET = 2 << 30
"""Bytes of maps that are kept: a quarter of a laptop's memory. Where a bank takes more, only the
visible kernels are computed."""
_PATIENCE = 0.15
"""Seconds that a long computation goes on although a newer request waits: a drag still feels
followed, and large maps are seen in between."""
_DEEP_PATIENCE = 1.0
"""The same where layers before must be computed first, which takes longer than one map."""
_FRAME = 0.05
"""Seconds between two pictures of maps that are filling: smooth enough, and little time spent."""


@dataclass(frozen=True)
class _OfALayer:
    """What a request and its results are about."""

    number: int
    picture: Picture
    before: tuple[LayerSpec, ...]
    """The layers between the picture and the block."""
    block: BlockSpec


@dataclass(frozen=True)
class PreviewRequest(_OfALayer):
    """What to compute and how it is looked at."""

    visible: tuple[int, ...]
    view: View
    common_levels: bool


@dataclass(frozen=True)
class PreviewResult(_OfALayer):
    """Maps that changed since the last result."""

    given: FloatArray
    """What the block is computed on, (H, W, C): the picture, or the maps before a deep layer."""
    map_size: tuple[int, int]
    maps: dict[int, MapPicture] = field(default_factory=dict)
    elapsed_ms: float = 0.0
    final: bool = True


class PreviewEngine:
    """Computes and draws maps; lives on the worker's thread alone."""

    def __init__(self) -> None:
        self._maps = FeatureMaps()
        self._input = LayerInput()
        self._kernels: tuple[int, ...] = ()

    def work(self, request: PreviewRequest, control: Control) -> PreviewResult | None:
        """The maps that are asked for, or None where a newer request waits."""
        began = perf_counter()
        patience = _DEEP_PATIENCE if request.before else _PATIENCE
        given = self._input.update(
            request.picture.pixels, request.before, lambda: control.should_stop(patience)
        )
        if given is None:
            return None
        request.block.conv.check_fit(given.shape)
        block, kernels = _affordable(request, given)
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
                control.publish(self._result(request, given, kernels, partial, began, final=False))
                shown = perf_counter()

        done = self._maps.update(
            given,
            block,
            indices,
            request.view,
            should_stop=lambda: control.should_stop(patience),
            on_rows=show_rows,
        )
        if not done:
            return None
        drawn = self._maps.pictures(indices, common=request.common_levels)
        return self._result(request, given, kernels, drawn, began, final=True)

    def _result(
        self,
        request: PreviewRequest,
        given: FloatArray,
        kernels: tuple[int, ...],
        drawn: list[MapPicture],
        began: float,
        *,
        final: bool,
    ) -> PreviewResult:
        maps = {kernels[m.kernel]: _renumbered(m, kernels[m.kernel]) for m in drawn}
        elapsed = (perf_counter() - began) * 1000
        return PreviewResult(
            request.number,
            request.picture,
            request.before,
            request.block,
            given,
            self._maps.size,
            maps,
            elapsed,
            final,
        )


def _affordable(request: PreviewRequest, given: FloatArray) -> tuple[BlockSpec, tuple[int, ...]]:
    """The block to compute and its kernels: all, or the visible ones where memory is short."""
    block = request.block
    conv = block.conv
    size = given.shape[:2]
    height, width = output_size(size, conv.kernel_size, conv.stride, conv.padding, conv.dilation)
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
