"""Everything one window works with, wired together and ended together."""

from __future__ import annotations

import contextlib

from PySide6.QtCore import QObject

from playground.core.convolve.geometry import map_size
from playground.core.errors import PlaygroundError
from playground.core.explain.slow_motion import Phase
from playground.core.presets import starter_bank
from playground.core.session.session import Session
from playground.core.specs import NetworkSpec
from playground.models.guard import Guarded
from playground.models.maps.explainer import Explainer
from playground.models.maps.player import PixelKeeper, Player
from playground.models.maps.preview import Preview
from playground.models.pictures.drawing_pad import DrawingPad
from playground.models.pictures.picture_loading import PictureLoading
from playground.models.pictures.picture_sources import PictureSources
from playground.models.state.document import Document
from playground.models.state.presenting import Presenting
from playground.models.state.remembered import Remembered
from playground.models.state.view_settings import ViewSettings
from playground.models.training.inspect.classes import Classes
from playground.models.training.inspect.kernel_pairs import KernelPairs
from playground.models.training.inspect.layer_watch import LayerWatch
from playground.models.training.inspect.picture_note import PictureNote
from playground.models.training.inspect.restoring import Restoring
from playground.models.training.inspect.slow_motion import SlowMotion
from playground.models.training.inspect.strong_patches import StrongPatches
from playground.models.training.inspect.target import Target
from playground.models.training.inspect.task_fit import TaskFit
from playground.models.training.inspect.why import Why
from playground.models.training.run.run_records import RunRecords
from playground.models.training.run.timeline import Timeline
from playground.models.training.run.training import Training
from playground.models.training.run.transfer_edit import Transferring
from playground.models.training.run.weight_hints import WeightHints
from playground.models.training.tasks.own_kernels import OwnKernelsAside


def starting_session() -> Session:
    """No picture yet, and twelve well-known kernels for one grey channel."""
    return Session(None, NetworkSpec((starter_bank(1),)))


class Workbench(Guarded, QObject):
    """The document and the helpers that follow it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = Document(starting_session(), self)
        self.settings = ViewSettings(self)
        self.remembered = Remembered(self.settings, self)
        self.presenting = Presenting(self)
        self.pixel_keeper = PixelKeeper(self.document, self)
        self.preview = Preview(self.document, self.settings, self)
        self.explainer = Explainer(self.document, self.preview, self)
        self.player = Player(self.document, self.preview, self)
        self.training = Training(self.document, self)
        self.loading = PictureLoading(self.document, self, self.training.take_picture)
        self.sources = PictureSources(self.document, self.loading, self)
        self.pad = DrawingPad(self.document, self, self.training.take_picture)
        self.own_kernels = OwnKernelsAside(self.document, self)
        self.task_fit = TaskFit(self.document, self.training, self)
        self.timeline = Timeline(self.document, self.training, self)
        self.runs = RunRecords(self.document, self.training, self)
        self.transferring = Transferring(self.training, self.runs, self)
        self.hints = WeightHints(self.document, self.training, self)
        self.classes = Classes(self.document, self.training, self)
        self.target = Target(self.document, self.training, self)
        self.pairs = KernelPairs(self.document, self.training, self)
        self.restoring = Restoring(self.document, self.training, self)
        self.why = Why(self.document, self.training, self)
        self.layers = LayerWatch(self.document, self.training, self)
        self.patches = StrongPatches(self.document, self.training, self)
        self.note = PictureNote(self.document, self)
        self.slow = SlowMotion(self.training, self)
        self.slow.changed.connect(self._show_slow_motion)
        self.loading.opened.connect(self._point_at_middle)
        self.training.task_changed.connect(self._point_at_middle_anew)

    def _show_slow_motion(self, phase: Phase | None) -> None:
        """Let the cells of the weights say what the phase is about."""
        back = phase is not None and phase.kind == "backward"
        layer = phase.layer if phase is not None and back else None
        self.hints.show_slow_motion(self.slow.taken, layer)

    def _point_at_middle(self) -> None:
        """Show the arithmetic of one value at once, before anybody has pointed anywhere."""
        picture, selection = self.document.picture, self.document.selection
        if selection.pixel is not None or picture is None:
            return
        size = picture.height, picture.width
        # A kernel that does not fit has no map, and so no middle of one.
        with contextlib.suppress(PlaygroundError):
            size = map_size(size, self.document.network.through_block(selection.layer))
        selection.set_pixel((size[0] // 2, size[1] // 2))

    def _point_at_middle_anew(self, _task: object) -> None:
        """Another network's maps may be of another size."""
        self.document.selection.set_pixel(None)
        self._point_at_middle()

    def close(self) -> None:
        """End every worker; call it before the window goes."""
        self.player.stop()
        self.classes.close()
        self.target.close()
        self.restoring.close()
        self.why.close()
        self.layers.close()
        self.patches.close()
        self.training.close()
        self.loading.close()
        self.preview.close()
