"""The live run as a view sees it: commands in, snapshots out, nothing ever waits."""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING

from circuitsim.engine.worker import Worker
from circuitsim.spec.issue import Issue, RunError

if TYPE_CHECKING:
    from circuitsim.circuit.circuit import Changed, Circuit
    from circuitsim.engine.condition import Condition
    from circuitsim.engine.recording import Recording
    from circuitsim.engine.report import Snapshot, Status
    from circuitsim.engine.runlog import RunLog
    from circuitsim.engine.twin import Twin


class Simulator:
    """A circuit simulated in a thread of its own; every method may be called from any thread.

    The circuit is copied; later edits arrive through `update`. The thread starts with the first
    command and ends with `close`.
    """

    def __init__(self, circuit: Circuit) -> None:
        self._worker = Worker(circuit.copy())
        self._thread: threading.Thread | None = None

    @property
    def recording(self) -> Recording:
        """Sampled rows for scopes."""
        return self._worker.recording

    @property
    def twin(self) -> Twin | None:
        """The same run without its lesions; None while nothing is muted."""
        return self._worker.twin

    @property
    def beside(self) -> Twin | None:
        """The same run with higher inputs; None while nobody asks for it."""
        return self._worker.beside

    @property
    def waiting(self) -> int:
        """Commands that the engine has not taken up yet."""
        return self._worker.commands.count()

    def latest(self) -> Snapshot | None:
        """The present state; None before the kernels are ready."""
        return self._worker.snapshot

    def status(self) -> Status:
        """How the run is going."""
        return self._worker.status

    def prepare(self) -> None:
        """Compile or load the kernels in the background."""
        self._post(Worker.prepare)

    def compile_in_processes(self) -> None:
        """Let another process compile the kernels that are missing, for this and any other run, so that no window stands still."""
        self._post(Worker.compile_in_processes)

    def play(self) -> None:
        """Run."""
        self._post(Worker.play)

    def pause(self) -> None:
        """Stand still."""
        self._post(Worker.pause)

    def step(self, count: int = 1) -> None:
        """Take some steps and stand still."""
        self._post(lambda worker: worker.step(count))

    def run_for(self, duration: float) -> None:
        """Run for some model time, then stand still."""
        self._post(lambda worker: worker.run_for(duration))

    def reset(self) -> None:
        """Go back to time 0 and the start states."""
        self._post(Worker.reset)

    def set_speed(self, speed: float | None) -> None:
        """Keep a speed in model time per second; None runs as fast as possible."""
        self._post(lambda worker: worker.set_speed(speed))

    def watch(self, condition: Condition | None) -> None:
        """Stop when a condition is met, at the end of that very step; None takes it away."""
        self._post(lambda worker: worker.watch(condition))

    def update(self, changed: Changed) -> None:
        """Take over an edit of the circuit; the run goes on."""
        after = dict(changed.after)
        self._post(lambda worker: worker.edit(after))

    def hand(self, input_id: int, value: float) -> None:
        """Press (1) or release (0) a button, move a slider; logged with its time."""
        self._post(lambda worker: worker.hand(input_id, value))

    def raise_beside(self, epsilon: float | None) -> None:
        """Keep a twin whose inputs are higher by epsilon beside the run; None ends it."""
        self._post(lambda worker: worker.raise_beside(epsilon))

    def log(self, timeout: float = 10.0) -> RunLog:
        """The run so far, ready to be replayed; waits for the end of the present slice.

        Raises:
            RunError: If the engine thread does not answer in time.
        """
        answer: queue.SimpleQueue[RunLog] = queue.SimpleQueue()
        self._post(lambda worker: answer.put(worker.log()))
        try:
            return answer.get(timeout=timeout)
        except queue.Empty:
            raise RunError(
                Issue("the simulation", "it does not answer", "wait until the kernels are ready")
            ) from None

    def close(self, timeout: float = 5.0) -> bool:
        """End the thread; returns False if it did not end in time."""
        if self._thread is None:
            return True
        self._worker.commands.put(Worker.stop)
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _post(self, command: object) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._worker.run, name="circuitsim engine", daemon=True)
            self._thread.start()
        self._worker.commands.put(command)  # type: ignore[arg-type]
