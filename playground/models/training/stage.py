"""Where training shows its numbers: the document, changed without training hearing itself."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication

from playground.core.specs import NetworkSpec
from playground.core.tasks import Task
from playground.models.document import Document
from playground.models.training.task_picture import picture_for


class Stage:
    """Changes the document for training; whoever follows the document can tell by `busy`."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.busy = False
        """Whether a change that is heard of just now is training's own."""

    def show_task(self, task: Task) -> None:
        """Give the document the network and the picture of a task, as one step."""
        picture = self._document.picture
        shown = None if picture is None else picture_for(task, picture)
        text = QCoreApplication.translate("Training", "Task: {}").format(task.name)
        with self._own_change():
            self._document.change_all(text, shown, task.network)

    def show_fresh(self, seed: int, network: NetworkSpec, task: Task) -> None:
        """Give the document fresh weights for a task, and its picture in the task's channels."""
        text = QCoreApplication.translate("Training", "Fresh weights, seed {}").format(seed)
        picture = self._document.picture
        if picture is not None and picture.channels != network.first_conv.channels:
            picture = picture_for(task, picture)
        with self._own_change():
            self._document.change_all(text, picture, network)

    def show_network(self, text: str, network: NetworkSpec, gesture: Hashable) -> None:
        """Give the document other weights without giving them to the run."""
        with self._own_change():
            self._document.change_network(text, network, gesture=gesture)

    @contextmanager
    def _own_change(self) -> Iterator[None]:
        self.busy = True
        try:
            yield
        finally:
            self.busy = False
