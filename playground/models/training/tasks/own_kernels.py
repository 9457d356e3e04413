"""The learner's own kernels: set aside when a task begins, and brought back in one step.

They are a part of the session, so that neither later tasks nor any number of steps can lose them.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from playground.core.session.session import OwnKernels
from playground.models.guard import Guarded
from playground.models.state.document import Document
from playground.models.training.tasks.task_picture import in_channels


def set_aside_for_task(document: Document) -> OwnKernels | None:
    """What is the learner's own when a task begins now: those of an earlier task are not."""
    session = document.session
    if session.task is not None:
        return session.own_kernels
    return OwnKernels(document.network, session.frozen)


class OwnKernelsAside(Guarded, QObject):
    """Whether the learner's own kernels are set aside, and the way back to them."""

    changed = Signal(bool)
    """Whether there is something to bring back."""

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._told = self.there
        document.shown_changed.connect(self._follow)

    @property
    def there(self) -> bool:
        """Whether there is something to bring back."""
        return self._document.session.own_kernels is not None

    def bring_back(self) -> None:
        """Put the learner's own kernels in place of the task, as one entry of undo.

        The picture is the learner's own again, whichever that is by now.
        """
        document, session = self._document, self._document.session
        own = session.own_kernels
        if own is None:
            return
        clean = session.clean
        channels = own.network.first_conv.channels
        shown = None if clean is None else in_channels(clean, channels)
        document.change(
            self.tr("My own kernels"),
            layer=own.network.convs[0],
            focus=0,
            picture=shown,
            own=None if shown is clean else clean,
            network=own.network,
            frozen=own.frozen,
            task=None,
            recipe=None,
            transfer=None,
            own_kernels=None,
            place=None,
            pinned=None,
        )

    def _follow(self, _shown: object) -> None:
        if self.there != self._told:
            self._told = self.there
            self.changed.emit(self.there)
