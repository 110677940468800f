"""A session that is made in a thread of its own, since kernels may have to be compiled for it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from circuitsim.engine.session import Session


class Making:
    """Makes it.

    Args:
        make: Makes the session.
        then: Is called in that thread when it is done, whatever came of it.
    """

    def __init__(self, make: Callable[[], Session], then: Callable[[], None]) -> None:
        self._make, self._then = make, then
        self._made: Session | Exception | None = None
        self._thread = threading.Thread(target=self._work, name="circuitsim making", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    @property
    def done(self) -> bool:
        """Whether it is ready, or has failed."""
        return self._made is not None

    def session(self) -> Session:
        """What was made.

        Raises:
            Exception: What went wrong in its thread.
        """
        assert self._made is not None  # noqa: S101  (it is done)
        if isinstance(self._made, Exception):
            raise self._made
        return self._made

    def _work(self) -> None:
        try:
            self._made = self._make()
        except Exception as error:  # who asks for the session gets it
            self._made = error
        self._then()
