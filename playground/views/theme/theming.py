"""Applies a theme to the whole application: palette, style sheet and change signal.

Widgets say what they are through the dynamic property `kind`; the one style sheet decides how that
looks:

    QLabel      title | detail | hint | value | number | result | operator | badge | error
    QWidget     bar | card | message | present
    QToolButton primary | small | tight | icon | page
    QPushButton plain
    QComboBox, QAbstractSpinBox, QLineEdit    chip
    QScrollArea, QAbstractItemView            plain
    QListView   strip
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from playground.models.guard import Guarded
from playground.models.state.view_settings import USUAL_TEXT, ViewSettings
from playground.views.theme.theme import DARK, LIGHT, THEMES, Theme

SMALLEST_POINTS = 9.0
"""No text of the window is smaller: below that, digits run together on an ordinary screen."""


class Theming(Guarded, QObject):
    """The current theme, and the one place that changes how the application looks."""

    changed = Signal(object)
    """The new Theme."""

    def __init__(self, settings: ViewSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.theme = self._wanted()
        """The theme everything is drawn with now."""
        settings.theme_changed.connect(self._follow)
        settings.text_points_changed.connect(self.apply)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow)

    def apply(self) -> None:
        """Give palette and style sheet to the application and tell every view."""
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.setPalette(_palette(self.theme))
            application.setStyleSheet(style_sheet(self.theme, self._settings.text_points))
        self.changed.emit(self.theme)

    def _follow(self) -> None:
        wanted = self._wanted()
        if wanted is not self.theme:
            self.theme = wanted
            self.apply()

    def _wanted(self) -> Theme:
        choice = self._settings.theme
        if choice != "system":
            return THEMES[choice]
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return DARK if dark else LIGHT


def smaller(font: QFont) -> QFont:
    """One point smaller than `font`, for what stands beside or below other text."""
    made = QFont(font)
    made.setPointSizeF(max(SMALLEST_POINTS, font.pointSizeF() - 1))
    return made


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


def style_sheet(theme: Theme, points: float = USUAL_TEXT) -> str:
    """The style sheet of `theme`, with ordinary text of `points`."""
    t = theme
    return f"""
* {{ font-size: {points}pt; }}
QMainWindow, QDialog {{ background: {t.window}; }}
QWidget[kind="bar"] {{ background: {t.panel}; border: 0 solid {t.border}; }}
QWidget[kind="card"] {{ background: {t.panel}; border: 1px solid {t.border}; border-radius: 6px; }}
QWidget[kind="message"] {{
    background: {t.raised}; border: 1px solid {t.border}; border-left: 4px solid {t.error};
    border-radius: 4px;
}}
QWidget[kind="present"] {{ background: {t.window}; }}
QLabel {{ color: {t.text}; background: transparent; }}
QLabel[kind="title"] {{ font-weight: 600; }}
QLabel[kind="detail"] {{ color: {t.muted}; }}
QLabel[kind="value"] {{ color: {t.accent}; font-weight: 600; }}
QLabel[kind="hint"] {{
    color: {t.muted}; border: 2px dashed {t.border}; border-radius: 8px; padding: 12px;
}}
QLabel[kind="badge"] {{
    background: {t.accent}; color: {t.on_accent}; border-radius: 4px; padding: 1px 5px;
    font-weight: 600;
}}
QLabel[kind="error"] {{ color: {t.error}; }}
QLabel[kind="number"] {{ font-family: monospace; font-size: {points + 1}pt; }}
QLabel[kind="result"] {{ color: {t.accent}; font-size: {points + 4}pt; font-weight: 700; }}
QLabel[kind="number"][dense="true"] {{ font-size: {points}pt; }}
QLabel[kind="result"][dense="true"] {{ font-size: {points + 2}pt; }}
QLabel[kind="operator"] {{ color: {t.muted}; font-size: {points + 10}pt; }}
QToolButton, QPushButton {{
    background: {t.raised}; color: {t.text}; border: 1px solid transparent; border-radius: 5px;
    padding: 4px 9px;
}}
QToolButton:hover, QPushButton:hover {{ border-color: {t.border}; }}
QToolButton:pressed, QPushButton:pressed {{ background: {t.border}; }}
QToolButton:focus, QPushButton:focus, QLineEdit:focus {{ border-color: {t.accent}; }}
QToolButton:disabled, QPushButton:disabled {{ color: {t.muted}; }}
QToolButton:checked {{ background: {t.accent}; color: {t.on_accent}; }}
QToolButton[kind="primary"] {{ background: {t.accent}; color: {t.on_accent}; }}
QToolButton[kind="primary"]:disabled {{ background: {t.raised}; color: {t.muted}; }}
QToolButton[popupMode="2"] {{ padding-right: 18px; }}
QPushButton[kind="plain"] {{ background: transparent; padding: 3px 3px; }}
QPushButton[kind="plain"] {{ font-size: {0.9 * points}pt; }}
QPushButton[kind="plain"]:checked {{ background: {t.accent}; color: {t.on_accent}; }}
QToolButton[kind="small"] {{ padding: 2px 6px; min-width: 14px; }}
QToolButton[kind="page"] {{ padding: 4px 6px; }}
QToolButton[kind="tight"], QToolButton[kind="icon"] {{ padding: 3px 1px; }}
QToolButton[kind="tight"][popupMode="2"] {{ padding-right: 10px; }}
QToolButton::menu-indicator {{ subcontrol-position: right center; right: 5px; }}
QToolButton[kind="tight"]::menu-indicator {{ right: 3px; }}
QToolButton[kind="icon"]::menu-indicator {{ image: none; width: 0; }}
QLineEdit {{
    background: {t.panel}; color: {t.text}; border: 1px solid {t.border}; border-radius: 5px;
    padding: 3px 6px; selection-background-color: {t.accent}; selection-color: {t.on_accent};
}}
QComboBox[kind="chip"], QAbstractSpinBox[kind="chip"], QLineEdit[kind="chip"] {{
    background: {t.raised}; color: {t.text}; border: 1px solid transparent; border-radius: 5px;
    padding: 2px 2px 2px 5px; selection-background-color: {t.accent};
    selection-color: {t.on_accent};
}}
QComboBox[kind="chip"]:hover, QAbstractSpinBox[kind="chip"]:hover {{ border-color: {t.border}; }}
QComboBox[kind="chip"]:focus, QAbstractSpinBox[kind="chip"]:focus {{ border-color: {t.accent}; }}
QLineEdit[kind="chip"]:focus {{ border-color: {t.accent}; }}
QComboBox[kind="chip"]::drop-down {{ border: 0; width: 16px; }}
QAbstractSpinBox[kind="chip"]::up-button, QAbstractSpinBox[kind="chip"]::down-button {{
    border: 0; width: 15px; background: transparent;
}}
QAbstractItemView {{
    background: {t.window}; border: 0; outline: 0; selection-background-color: {t.accent};
    selection-color: {t.on_accent};
}}
QAbstractItemView[kind="plain"] {{ background: transparent; }}
QHeaderView, QHeaderView::section {{
    background: transparent; color: {t.text}; border: 0; padding: 0 4px;
}}
QTableCornerButton::section {{ background: transparent; border: 0; }}
QMenu {{ background: {t.panel}; color: {t.text}; border: 1px solid {t.border}; padding: 4px; }}
QMenu::item {{ padding: 5px 22px 5px 14px; border-radius: 4px; }}
QMenu::item:selected {{ background: {t.accent}; color: {t.on_accent}; }}
QMenu::item:disabled {{ color: {t.muted}; }}
QMenu::separator {{ height: 1px; background: {t.border}; margin: 4px 6px; }}
QToolTip {{ background: {t.panel}; color: {t.text}; border: 1px solid {t.border}; padding: 4px; }}
QSplitter::handle {{ background: transparent; }}
QSplitter::handle:hover {{ background: {t.border}; }}
QScrollArea, QGraphicsView {{ background: {t.window}; border: 0; }}
QScrollArea[kind="plain"], QScrollArea[kind="plain"] > QWidget > QWidget {{
    background: transparent;
}}
QListView[kind="strip"] {{ padding: 4px 12px; border: 1px solid {t.border}; }}
QListView[kind="strip"] {{ border-left: 0; border-right: 0; }}
QScrollBar {{ background: transparent; border: 0; }}
QScrollBar:vertical {{ width: 10px; }}
QScrollBar:horizontal {{ height: 10px; }}
QScrollBar::handle {{ background: {t.border}; border-radius: 4px; }}
QScrollBar::handle {{ min-height: 24px; min-width: 24px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""
