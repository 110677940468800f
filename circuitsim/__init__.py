"""Desktop simulator of neural circuits with liquid time-constant dynamics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.spec.version import __version__

if TYPE_CHECKING:
    from circuitsim.api import (
        Circuit,
        Columns,
        ElementTrace,
        Jacobian,
        Lesion,
        Trace,
        analyse,
        jacobian,
        lesion,
        load,
        loads,
        network,
        replay,
        replays,
        save,
        simulate,
        unfolds,
    )
    from circuitsim.spec.issue import CircuitsimError, InputError, Issue, RunError

__all__ = [
    "Circuit",
    "CircuitsimError",
    "Columns",
    "ElementTrace",
    "InputError",
    "Issue",
    "Jacobian",
    "Lesion",
    "RunError",
    "Trace",
    "__version__",
    "analyse",
    "jacobian",
    "lesion",
    "load",
    "loads",
    "network",
    "replay",
    "replays",
    "save",
    "simulate",
    "unfolds",
]  # fmt: skip

_ISSUES = ("CircuitsimError", "InputError", "Issue", "RunError")


def __getattr__(name: str) -> object:
    """Import what is asked for when it is asked for, so that importing circuitsim costs nothing."""
    if name not in __all__:
        raise AttributeError(f"module 'circuitsim' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module("circuitsim.spec.issue" if name in _ISSUES else "circuitsim.api"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
