"""The single thread crossing: long work leaves the GUI thread here, results come back here."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from circuitsim.spec.issue import CircuitsimError, Issue, RunError

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class Job:
    """One piece of long work; the worker writes progress, the GUI thread may cancel.

    Attributes:
        title: What is being done, for the progress card.
        progress: From 0 to 1; None while unknown.
    """

    def __init__(self, title: str) -> None:
        self.title = title
        self.progress: float | None = None
        self._cancelled = threading.Event()

    @property
    def cancelled(self) -> bool:
        """True once somebody has asked it to stop."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Ask the work to stop at its next report."""
        self._cancelled.set()

    def report(self, fraction: float) -> bool:
        """Note how far the work is; False tells it to stop."""
        self.progress = fraction
        return not self.cancelled


class Bridge(QObject):
    """Runs jobs in threads of their own and calls back in the GUI thread."""

    _arrived = Signal(object)
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._threads: dict[Job, threading.Thread] = {}
        self._shown: list[Job] = []
        self._closed = False
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def shown(self) -> Job | None:
        """The oldest running job that has a title, or None."""
        return self._shown[0] if self._shown else None

    @property
    def busy(self) -> bool:
        """True while any job runs."""
        return bool(self._threads)

    def run(
        self,
        title: str,
        work: Callable[[Job], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[CircuitsimError], None] | None = None,
    ) -> Job:
        """Do work in a thread of its own.

        Args:
            title: What is being done; an empty title keeps it out of the progress card.
            work: Called in the worker thread.
            done: Called in the GUI thread with the result, unless the job was cancelled.
            failed: Called in the GUI thread with the error, unless the job was cancelled.
        """
        job = Job(title)

        def body() -> None:
            try:
                result = work(job)
            except CircuitsimError as error:
                self._send(job, failed, error)
            except Exception as error:  # noqa: BLE001, RUF100  (a thread has nobody else to tell)
                problem = Issue(
                    title or "the program", f"{type(error).__name__}: {error}", "please report it"
                )
                self._send(job, failed, RunError(problem))
            else:
                self._send(job, done, result)

        thread = threading.Thread(target=body, name=f"circuitsim job {title}", daemon=True)
        self._threads[job] = thread
        if title:
            self._shown.append(job)
            self.changed.emit()
        thread.start()
        return job

    def close(self, timeout: float = 5.0) -> None:
        """Cancel everything and wait for it; nothing is called back any more."""
        self._closed = True
        for job in self._threads:
            job.cancel()
        for thread in self._threads.values():
            thread.join(timeout)
        self._threads.clear()
        self._shown.clear()

    def _send(self, job: Job, receiver: Callable[[T], None] | None, value: T) -> None:
        if not self._closed:
            self._arrived.emit((job, receiver, value))

    @Slot(object)
    def _deliver(self, message: tuple[Job, Callable[[T], None] | None, T]) -> None:
        job, receiver, value = message
        thread = self._threads.pop(job, None)
        if self._closed or thread is None:
            return
        thread.join()
        if job in self._shown:
            self._shown.remove(job)
            self.changed.emit()
        if receiver is not None and not job.cancelled:
            receiver(value)
