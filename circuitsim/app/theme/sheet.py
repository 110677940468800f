"""The style sheet: only what the palette cannot say."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from circuitsim.app.theme.tokens import Theme


def style_sheet(theme: Theme) -> str:
    """The style sheet of a theme.

    Named surfaces are ``#bar #rail #inspector #scope #status #card #tile #chip``; named buttons ``#play #tab #railbtn
    #primary``. A label takes ``dim`` (1 or 2) or ``head`` (1) as a property.
    """
    t = theme
    return "".join((_menus(t), _surfaces(t), _labels(t), _buttons(t), _fields(t), _bars(t)))


def _menus(t: Theme) -> str:
    return f"""
* {{ outline: none; }}
QMainWindow, QDialog {{ background: {t.panel}; }}
QMainWindow {{ background: {t.window}; }}
QMenuBar {{ background: {t.panel}; color: {t.text2}; padding: 3px 6px; border: 0; }}
QMenuBar::item {{ padding: 3px 9px; border-radius: 5px; background: transparent; }}
QMenuBar::item:selected {{ background: {t.hover}; color: {t.text}; }}
QMenu {{ background: {t.raised}; border: 1px solid {t.border_strong}; padding: 5px; }}
QMenu::item {{ padding: 5px 26px 5px 10px; border-radius: 4px; color: {t.text}; }}
QMenu::item:selected {{ background: {t.accent_fill}; color: {t.on_accent}; }}
QMenu::item:disabled {{ background: transparent; color: {t.muted}; }}
QMenu::separator {{ height: 1px; background: {t.border}; margin: 5px 6px; }}
QToolTip {{ background: {t.raised}; color: {t.text}; border: 1px solid {t.border_strong}; padding: 5px 7px; }}
"""


def _surfaces(t: Theme) -> str:
    return f"""
#bar, #rail, #side, #inspector, #issues, #status, #scope {{ background: {t.panel}; }}
#bar {{ border-top: 1px solid {t.border}; border-bottom: 1px solid {t.border}; }}
#rail {{ border-right: 1px solid {t.border}; }}
#side {{ border-left: 1px solid {t.border}; }}
#status, #scope {{ border-top: 1px solid {t.border}; }}
#card {{ background: {t.panel}; border: 1px solid {t.border}; border-radius: 8px; }}
#tile {{ background: {t.raised}; border: 1px solid {t.border}; border-radius: 8px; }}
#tile[chosen="1"] {{ border-color: {t.accent}; }}
#picker {{ background: {t.raised}; border: 1px solid {t.border_strong}; border-radius: 8px; }}
#chip {{ background: {t.raised}; border: 1px solid {t.border}; border-radius: 5px; color: {t.text2}; padding: 2px 8px; }}
QSplitter::handle {{ background: {t.border}; }}
"""


def _labels(t: Theme) -> str:
    return f"""
QLabel {{ background: transparent; color: {t.text}; }}
QLabel[dim="1"] {{ color: {t.text2}; }}
QLabel[dim="2"] {{ color: {t.text3}; }}
QLabel[head="1"] {{ color: {t.text2}; font-weight: 600; font-size: 11px; }}
QLabel[bad="1"] {{ color: {t.error}; }}
QLabel:disabled {{ color: {t.muted}; }}
"""


def _buttons(t: Theme) -> str:
    return f"""
QToolButton {{ background: transparent; border: 0; border-radius: 5px; color: {t.text2}; placeholder-text-color: {t.text3}; padding: 0; }}
QToolButton:hover {{ background: {t.hover}; color: {t.text}; }}
QToolButton:pressed {{ background: {t.pressed}; }}
QToolButton:checked {{ background: {t.hover}; color: {t.text}; }}
QToolButton:focus {{ border: 1px solid {t.accent}; }}
QToolButton:disabled {{ color: {t.muted}; }}
QToolButton::menu-indicator {{ image: none; }}
QToolButton#play {{ background: {t.accent_fill}; border-radius: 6px; }}
QToolButton#play:hover {{ background: {t.accent_hover}; }}
QToolButton#play:disabled {{ background: {t.pressed}; }}
QToolButton#link {{ color: {t.accent}; padding: 0 6px; }}
QToolButton#link:hover {{ color: {t.text}; }}
QToolButton#tab {{ font-weight: 500; padding: 0 9px; border-radius: 0; border-bottom: 2px solid transparent; }}
QToolButton#tab:checked {{ background: transparent; border-bottom: 2px solid {t.accent}; }}
QToolButton[link="1"]:hover, QToolButton[link="1"]:pressed {{ background: transparent; color: {t.accent}; }}
QToolButton#pin:checked {{ background: transparent; }}
QToolButton#strip, QToolButton#stripfirst {{ font-weight: 500; padding: 0 12px; color: {t.text}; }}
QToolButton#stripfirst {{ color: {t.accent}; }}
QToolButton#railbtn {{ font-size: 10px; font-weight: 500; padding-top: 4px; border-radius: 6px; }}
QToolButton#variant {{ text-align: left; padding: 0 8px; }}
QPushButton {{ background: {t.raised}; color: {t.text}; border: 1px solid {t.border_strong}; border-radius: 5px; padding: 4px 14px; min-height: 18px; }}
QPushButton:hover {{ background: {t.hover}; }}
QPushButton:pressed {{ background: {t.pressed}; }}
QPushButton:focus {{ border-color: {t.accent}; }}
QPushButton:disabled {{ color: {t.muted}; border-color: {t.border}; }}
QPushButton:default, QPushButton#primary {{ background: {t.accent_fill}; color: {t.on_accent}; border-color: {t.accent_fill}; font-weight: 500; }}
QPushButton:default:hover, QPushButton#primary:hover {{ background: {t.accent_hover}; }}
QPushButton:default:disabled, QPushButton#primary:disabled {{ background: {t.pressed}; color: {t.muted}; border-color: {t.pressed}; }}
"""


def _fields(t: Theme) -> str:
    return f"""
QLineEdit, QAbstractSpinBox, QPlainTextEdit, QTextEdit {{ background: {t.raised}; border: 1px solid {t.border}; border-radius: 5px; padding: 2px 7px; color: {t.text}; placeholder-text-color: {t.text3}; selection-background-color: {t.accent_fill}; selection-color: {t.on_accent}; }}
QLineEdit, QAbstractSpinBox {{ min-height: 18px; }}
QLineEdit:hover, QAbstractSpinBox:hover, QPlainTextEdit:hover {{ border-color: {t.border_strong}; }}
QLineEdit:focus, QAbstractSpinBox:focus, QPlainTextEdit:focus, QTextEdit:focus {{ border-color: {t.accent}; }}
QLineEdit:disabled, QAbstractSpinBox:disabled {{ background: {t.panel}; color: {t.muted}; }}
QLineEdit[number="1"] {{ padding: 2px 4px; }}
QLineEdit[several="1"] {{ font-size: 11px; }}
QLineEdit[invalid="1"] {{ border-color: {t.error}; }}
QAbstractItemView {{ background: {t.raised}; border: 1px solid {t.border_strong}; padding: 2px; selection-background-color: {t.accent_fill}; selection-color: {t.on_accent}; }}
#picklist {{ background: transparent; border: 0; padding: 0; }}
#picker QLineEdit {{ background: {t.panel}; }}
QListWidget#plainlist {{ background: transparent; border: 0; padding: 4px 0; }}
QProgressBar {{ background: {t.track}; border: 0; border-radius: 2px; max-height: 4px; color: transparent; }}
QProgressBar::chunk {{ background: {t.accent}; border-radius: 2px; }}
"""


def _bars(t: Theme) -> str:
    return f"""
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 2px; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 2px; }}
QScrollBar::handle {{ background: {t.border_strong}; border-radius: 3px; }}
QScrollBar::handle:vertical {{ min-height: 24px; }}
QScrollBar::handle:horizontal {{ min-width: 24px; }}
QScrollBar::handle:hover {{ background: {t.text3}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""
