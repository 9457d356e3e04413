"""What the outputs and the weights of the selected layer see of the picture."""

from __future__ import annotations

from playground.core.convolve.geometry import (
    ReceptiveField,
    Size,
    UnitFields,
    WeightReach,
    resolve_padding,
    unit_fields,
    weight_reach,
)
from playground.core.errors import PlaygroundError
from playground.models.maps.preview import Preview
from playground.models.state.document import Document, NetworkChange
from playground.models.state.selection import Pixel


class ReceptiveFields:
    """Answers for the document as it is now; None where a layer does not fit the picture."""

    def __init__(self, document: Document, preview: Preview) -> None:
        self._document = document
        self._preview = preview

    def field(self) -> ReceptiveField | None:
        """The receptive field of the output pixel that is pointed at."""
        pixel, size = self._document.selection.pixel, self._preview.map_size
        if size is None or pixel is None or pixel[0] >= size[0] or pixel[1] >= size[1]:
            return None
        fields = self._of_all_outputs()
        return None if fields is None else fields.of(*pixel)

    def reach(self) -> WeightReach | None:
        """What the weight that is pointed at touches; a deep layer's touches no pixel itself."""
        size, weight = self._picture_size(), self._document.selection.weight
        if size is None or weight is None or self._document.layers_before:
            return None
        try:
            return weight_reach(weight, size, self._document.conv)
        except PlaygroundError:
            # Where the kernel does not fit there are no outputs, and so no weight is used.
            return None

    def output_at(self, row: float, column: float) -> Pixel | None:
        """The output whose receptive field has its centre nearest to a place in the picture."""
        fields, size = self._of_all_outputs(), self._preview.map_size
        if fields is None or size is None:
            return None
        first, jump = fields.first, fields.jump
        return (
            _nearest(row, first.top + first.height / 2, jump, size[0]),
            _nearest(column, first.left + first.width / 2, jump, size[1]),
        )

    def overhang(self) -> int:
        """Pixels that a field reaches beyond the picture, at most."""
        document, size = self._document, self._picture_size()
        if document.layers_before:
            fields = self._of_all_outputs()
            return 0 if fields is None else max(0, -fields.first.top, -fields.first.left)
        conv = document.conv
        if size is None:
            return 0
        return max(
            resolve_padding(conv.padding, size, conv.kernel_size, conv.stride, conv.dilation)
        )

    def moved_by(self, change: NetworkChange) -> bool:
        """Whether the outputs look elsewhere, or find another outside, after `change`."""
        layer = self._document.selection.layer
        before, after = (
            [each.outline for each in network.through_block(layer)]
            if layer in network.convs
            else None
            for network in (change.before, change.after)
        )
        return before is None or before != after

    def _picture_size(self) -> Size | None:
        picture = self._document.picture
        return None if picture is None else (picture.height, picture.width)

    def _of_all_outputs(self) -> UnitFields | None:
        """What the outputs see of the picture, through all layers before theirs."""
        network, size = self._document.network, self._picture_size()
        if size is None:
            return None
        try:
            return unit_fields(size, network.through_block(self._document.selection.layer))
        except PlaygroundError:
            return None


def _nearest(at: float, first: float, jump: int, count: int) -> int:
    """The i < count for which first + i · jump is nearest to `at`."""
    return min(max(round((at - first) / jump), 0), count - 1)
