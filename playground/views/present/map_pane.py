"""Feature maps as large as the screen allows: the current kernel's alone, or all of them."""

from __future__ import annotations

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from playground.models.guard import Guarded
from playground.models.workbench import Workbench
from playground.views.maps.gallery_view import GalleryView
from playground.views.theme.theming import Theming
from playground.views.widgets.small_widgets import bare, label


class MapPane(Guarded, QWidget):
    """The current map with its size, or with `all_kernels` each kernel beside its map."""

    def __init__(self, bench: Workbench, theming: Theming, *, all_kernels: bool = False) -> None:
        super().__init__()
        self._bench, self._all = bench, all_kernels
        self.title = label("", "title")
        self.title.setWordWrap(True)
        self.problem = label("")
        self.problem.setWordWrap(True)
        self.view = GalleryView(
            bench.document,
            bench.preview,
            bench.settings,
            theming,
            alone=not all_kernels,
            kernels=all_kernels,
        )
        column = bare(QVBoxLayout(self), 6)
        column.addWidget(self.title)
        column.addWidget(self.problem)
        column.addWidget(self.view, 1)
        self.view.pointed_map_changed.connect(bench.explainer.set_pointed_kernel)
        bench.player.revealed_changed.connect(self.view.set_reached)
        preview, selection = bench.preview, bench.document.selection
        for signal in (
            preview.maps_changed,
            preview.problem_changed,
            bench.document.picture_changed,
            selection.kernel_changed,
            selection.layer_changed,
        ):
            signal.connect(self._show)
        self._show()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.view.forget()

    def _show(self, _changed: object = None) -> None:
        document, preview = self._bench.document, self._bench.preview
        conv = document.conv
        kernel = min(document.selection.kernel, conv.filters - 1)
        title = self.tr("{} kernels, and what each makes of the picture").format(conv.filters)
        if not self._all:
            title = self.tr("= feature map {}").format(kernel)
            if preview.map_size is not None:
                rows, columns = preview.map_size
                title += f" · {columns} × {rows}"
        self.title.setText(title)
        problem = preview.problem
        if not problem and document.picture is None:
            problem = self.tr("The feature maps appear here as soon as there is a picture.")
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
