"""Where resources lie: the only place that knows the checkout and the wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def resources() -> Path:
    """Folder of icons, themes and example circuits."""
    installed = _PACKAGE / "_resources"
    return installed if installed.is_dir() else _PACKAGE.parent / "resources"


def resource(*parts: str) -> Path:
    """Path of one resource.

    Raises:
        FileNotFoundError: If it is not there, which means a broken installation.
    """
    path = resources().joinpath(*parts)
    if not path.exists():
        raise FileNotFoundError(f"circuitsim is not completely installed: {'/'.join(parts)} is missing")
    return path
