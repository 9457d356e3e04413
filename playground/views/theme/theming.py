"""Applies a theme to the whole application: palette, style sheet and change signal."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from playground.models.guard import Guarded
from playground.models.state.view_settings import ViewSettings
from playground.views.theme.stylesheet import style_sheet
from playground.views.theme.theme import DARK, LIGHT, THEMES, Theme


class Theming(Guarded, QObject):
    """The current theme, and the one place that changes how the application looks."""

    changed = Signal(object)
    """The new Theme."""

    def __init__(self, settings: ViewSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._present = False
        self._theme = self._wanted()
        settings.theme_changed.connect(self._follow)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow)

    @property
    def theme(self) -> Theme:
        """The theme everything is drawn with now."""
        return self._theme

    @property
    def present(self) -> bool:
        """Whether text is large enough for the back row."""
        return self._present

    def set_present(self, present: bool) -> None:
        """Enlarge all text for the back row, or go back."""
        if present != self._present:
            self._present = present
            self.apply()

    def apply(self) -> None:
        """Give palette and style sheet to the application and tell every view."""
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.setPalette(_palette(self._theme))
            application.setStyleSheet(style_sheet(self._theme, present=self._present))
        self.changed.emit(self._theme)

    def _follow(self) -> None:
        wanted = self._wanted()
        if wanted is not self._theme:
            self._theme = wanted
            self.apply()

    def _wanted(self) -> Theme:
        choice = self._settings.theme
        if choice != "system":
            return THEMES[choice]
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return DARK if dark else LIGHT


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for which, colour in {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.panel,
        role.AlternateBase: theme.raised,
        role.Text: theme.text,
        role.Button: theme.raised,
        role.ButtonText: theme.text,
        role.ToolTipBase: theme.panel,
        role.ToolTipText: theme.text,
        role.PlaceholderText: theme.muted,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.Accent: theme.accent,
        role.Link: theme.accent,
        role.BrightText: theme.error,
        role.Mid: theme.border,
    }.items():
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(theme.muted))
    return palette
