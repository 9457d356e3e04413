"""What the user prefers, and how the window was left, from one window to the next."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths

from playground.files.settings.preferences import Place, Preferences, PreferencesFile
from playground.models.guard import Guarded
from playground.models.state.view_settings import ViewSettings

__all__ = ["Place", "Remembered"]


class Remembered(Guarded, QObject):
    """Gives the view's settings their last values; once it follows them, it keeps every change."""

    def __init__(self, settings: ViewSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        place = QStandardPaths.StandardLocation.AppConfigLocation
        self._file = PreferencesFile(Path(QStandardPaths.writableLocation(place)))
        self._settings = settings
        settings.adopt(self.current)

    @property
    def current(self) -> Preferences:
        """What is remembered now."""
        return self._file.current

    @property
    def problem(self) -> str:
        """Why the settings of last time are not used: a sentence for the user, or nothing."""
        return self._file.problem

    def follow(self) -> None:
        """Keep what is changed from now on; what the command line asked for was for once."""
        for name in self._settings.REMEMBERED:
            getattr(self._settings, f"{name}_changed").connect(partial(self._keep, name))

    def keep_window(self, screen: str, place: Place, splitters: dict[str, list[int]]) -> None:
        """Remember where the window is, and how its parts share it."""
        parts = {name: tuple(sizes) for name, sizes in splitters.items()}

        def left(before: Preferences) -> Preferences:
            placed = before.placed(screen, place)
            return replace(placed, splitters={**placed.splitters, **parts})

        self._file.change(left)

    def _keep(self, name: str, value: object) -> None:
        self._file.change(lambda before: replace(before, **{name: value}))  # type: ignore[arg-type]
