"""PySide reads the source of every module that is imported after it, which took a tenth of a start.

It looks for the word PySide6 there, to know which modules may have asked for other names of Qt's functions by
``from __feature__ import …``. Nothing here asks for them, so it is told that without looking.
"""

from __future__ import annotations

READER = "_mod_uses_pyside"


def leave_unread() -> None:
    """Let no source be read from now on; where PySide reads none, there is nothing to do."""
    import shiboken6  # noqa: F401  (brings what follows)
    from shibokensupport import feature

    if hasattr(feature, READER):
        setattr(feature, READER, lambda _module: True)
