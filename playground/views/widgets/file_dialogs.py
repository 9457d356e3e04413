"""Dialogs for files and folders: the system's own where it has one, beginning where it was last."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from playground.models.state.view_settings import ViewSettings


def file_dialog(
    settings: ViewSettings,
    purpose: str,
    parent: QWidget | None,
    title: str,
    mode: QFileDialog.FileMode,
) -> QFileDialog:
    """A dialog that begins in the folder used last for `purpose`, and remembers the next one.

    It goes away by itself, and its fileSelected says what was chosen. A class of our own would
    never be the system's dialog: Qt asks for its own class by name.
    """
    dialog = QFileDialog(parent, title)
    dialog.setFileMode(mode)
    dialog.setDirectory(str(settings.folder(purpose)))
    dialog.fileSelected.connect(partial(_remember, settings, purpose))
    dialog.finished.connect(dialog.deleteLater)
    return dialog


def _remember(settings: ViewSettings, purpose: str, chosen: str) -> None:
    path = Path(chosen)
    settings.set_folder(purpose, path if path.is_dir() else path.parent)
