"""Imports go past PySide, which hooks itself into every `import` statement of the program.

It reads the whole source of each module that is imported after it and looks for its own name there, to know who may have asked
for other names of Qt's functions by ``from __feature__ import …``. That took a sixth of a start, and nothing here asks for them.
"""

from __future__ import annotations

import builtins
import importlib


def keep_plain() -> None:
    """Import PySide's foundation without its hook; called before anything else of it is imported."""
    plain = builtins.__import__
    importlib.import_module("shiboken6")
    builtins.__import__ = plain
