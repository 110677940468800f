"""Calls of other people's programs, which take nobody along when they fail."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from circuitsim.bench._declare import Missing

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
T = TypeVar("T")

WIDEST = 200  # characters of what is passed on of somebody's message


def attempt(doing: str, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What a call gives.

    Args:
        doing: What is done, as a clause that begins with ``when`` or ``while``.
        work: The call.
        args: Its arguments.
        kwargs: Its arguments by name.

    Raises:
        Missing: Whatever else the call raises, even what would end the program, as libraries in other languages do.
        KeyboardInterrupt: If somebody interrupted it, whatever the library made of that.
    """
    try:
        return work(*args, **kwargs)
    except Missing:
        raise
    except BaseException as error:
        interrupt = _interrupt(error)
        if interrupt is not None:
            raise interrupt from None
        raise Missing(f"it fails {doing}: {sentence(error)}") from error


def sentence(error: BaseException) -> str:
    """The kind of an error and what it says, on one line."""
    return shorten(f"{type(error).__name__}: {error}".rstrip(": "), WIDEST, placeholder=" ...")


def _interrupt(error: BaseException) -> KeyboardInterrupt | None:
    """The interruption among an error and those it came from."""
    seen: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in seen:
        if isinstance(cause, KeyboardInterrupt):
            return cause
        seen.append(cause)
        cause = cause.__cause__ or cause.__context__
    return None
