"""A theme put on the application: Fusion, palette, style sheet, font."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QPalette

from circuitsim.app.theme.dress import dress, in_order
from circuitsim.app.theme.sheet import style_sheet
from circuitsim.app.theme.type import named

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from circuitsim.app.theme.tokens import Theme

_ROLES = {
    "Window": "panel",
    "WindowText": "text",
    "Base": "raised",
    "AlternateBase": "panel",
    "Text": "text",
    "Button": "raised",
    "ButtonText": "text",
    "BrightText": "error",
    "Highlight": "accent_fill",
    "HighlightedText": "on_accent",
    "ToolTipBase": "raised",
    "ToolTipText": "text",
    "PlaceholderText": "text3",
    "Link": "accent",
    "LinkVisited": "accent",
    "Light": "hover",
    "Midlight": "hover",
    "Mid": "border",
    "Dark": "border_strong",
    "Shadow": "window",
    "Accent": "accent",
}

_DISABLED = ("WindowText", "Text", "ButtonText", "HighlightedText", "PlaceholderText")


def palette(theme: Theme) -> QPalette:
    """Every role from tokens, so that widgets without a style (dialogs, file chooser) fit too."""
    result = QPalette()
    for role, token in _ROLES.items():
        result.setColor(QPalette.ColorRole[role], QColor(getattr(theme, token)))
    for role in _DISABLED:
        result.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole[role], QColor(theme.muted))
    result.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Highlight, QColor(theme.hover))
    return result


def wears(app: QApplication, theme: Theme) -> bool:
    """Whether the application has the look of a theme: dressing every widget anew takes long, even in its own clothes."""
    return app.styleSheet() == style_sheet(theme)


def apply(app: QApplication, theme: Theme) -> None:
    """Give the application the look of a theme; calling it again changes the theme."""
    if not app.styleSheet():
        app.setStyle("Fusion")
        app.setPalette(palette(theme))
        app.setFont(named("body"))
        app.setStyleSheet(style_sheet(theme))
        return
    change_sheet(app, theme)
    for top in app.topLevelWidgets():
        for widget in in_order(top):
            dress(widget)


def change_sheet(app: QApplication, theme: Theme) -> None:
    """Take the palette and the style sheet of a theme, in which nobody is dressed as yet.

    Qt dresses all widgets when the style sheet changes, and each of them again for every widget that it stands in: seven
    times on average. A style that has been told to forget them dresses nobody.
    """
    app.setPalette(palette(theme))
    app.style().unpolish(app)
    app.setStyleSheet(style_sheet(theme))
