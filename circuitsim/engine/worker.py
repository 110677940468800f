"""The engine thread: owns the state, reads commands between slices, publishes what it has."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

from circuitsim.circuit.edits.edit import Restore
from circuitsim.circuit.lesions import lesions, muted
from circuitsim.engine.accuracy import Largest
from circuitsim.engine.bands import bands
from circuitsim.engine.change import Effect
from circuitsim.engine.commands import Commands
from circuitsim.engine.condition import Met
from circuitsim.engine.guard import Guard
from circuitsim.engine.hazards import explosion_issue
from circuitsim.engine.making import Making
from circuitsim.engine.pace import Pace
from circuitsim.engine.proposal import propose
from circuitsim.engine.recording import Recording
from circuitsim.engine.rehearsal import rehearsal
from circuitsim.engine.report import Snapshot, Status, snapshot_of
from circuitsim.engine.runlog import Edited, HandMoved, LogEvent, RunLog, Stopped
from circuitsim.engine.session import Session
from circuitsim.engine.twin import Twin, raised
from circuitsim.spec.issue import CircuitsimError, Issue

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Element
    from circuitsim.engine.condition import Condition
    from circuitsim.engine.rows import Rows

ROWS_PER_SECOND = 400.0  # of wall time; what a scope can show
PATIENCE = 0.25  # seconds between two looks at an empty queue, so that a paused thread costs nothing


class _Stopped(Exception):
    """The engine thread is to end while it waits for kernels."""


class Worker:
    """State, time and log of the live run; every method runs in the engine thread.

    Attributes:
        recording: Sampled rows for the views.
        twin: The same run without its lesions; None while nothing is muted.
        beside: The same run with higher inputs; None while nobody asks for it.
        snapshot: The present state, replaced as a whole; None before the kernels are ready.
        status: How it is going, replaced as a whole.
        session: The run; None before the kernels are ready.
    """

    def __init__(self, circuit: Circuit) -> None:
        self.commands = Commands(Worker.play, Worker.pause, Worker.stop, Worker.wake)
        self.recording = Recording()
        self.twin: Twin | None = None
        self.beside: Twin | None = None
        self._raised: float | None = None
        self.snapshot: Snapshot | None = None
        self._circuit = circuit
        self._pace = Pace()
        self._speed_chosen = False
        self._playing = self._compiling = False
        self._until: float | None = None
        self._failure: Issue | None = None
        self._condition: Condition | None = None
        self._met: Met | None = None
        self._guard = Guard(self.commands.put)
        self.session: Session | None = None
        self._events: list[LogEvent] = []
        self._origin = (circuit, "", 0.0)
        self._stopped = False
        self._error = Largest()
        self._serial = 0
        self.status = self._make_status()

    # the loop -----------------------------------------------------------------------------------

    def run(self) -> None:
        """Work until `stop`; a failure pauses the run and is published, it never ends the thread."""
        while not self._stopped:
            self._safe_turn()
        self._guard.join()

    def _safe_turn(self) -> None:
        try:
            self._turn()
        except _Stopped:
            pass
        except CircuitsimError as error:
            self._fail(error.issues[0])
        except Exception as error:  # the thread must live on, and the user must hear of it
            problem = f"an unexpected problem occurred ({error!r})"
            self._fail(Issue("the simulation", problem, "save and restart"))

    def _turn(self) -> None:
        self._read_commands()
        if self._stopped:
            return
        if self._playing and not (self.commands.held and self.session is None):
            self._slice()
        if self.session is not None and not self.commands.held:
            self._guard.go_on(self.session)

    def _read_commands(self) -> None:
        patience = PATIENCE
        if self._playing and self.session is not None:
            patience = min(PATIENCE, self._pace.wait(self.session.ahead))
        while (command := self.commands.next(patience)) is not None:
            command(self)
            self._publish()
            patience = 0.0
            if self._stopped:
                return

    def _slice(self) -> None:
        session = self._ready()
        begun = time.perf_counter()
        steps = self._pace.due(begun, session.ahead)
        if steps == 0:
            return
        self._advance(session, steps)
        self._publish()

    def _advance(self, session: Session, steps: int) -> None:
        begun, t, ahead = time.perf_counter(), session.t, session.ahead
        session.every = self._stride(session)
        until = float("inf") if self._until is None else self._until
        rows = session.advance(steps, until)
        self._record(rows)
        for twin in self._twins():
            twin.follow(session)
        now = time.perf_counter()
        self._guard.see(rows.v, now)
        taken = max(1, round((session.t - t) / ahead))
        self._pace.took(taken, now - begun, now, session.t, session.t - t)
        self._error.look(session, now)
        self._see_why_it_stopped(session, until)

    def _see_why_it_stopped(self, session: Session, until: float = float("inf")) -> None:
        if session.explosion is not None:
            self._fail(explosion_issue(session.circuit, session.explosion, session.solver, session.dt))
        elif session.met and self._condition is not None:
            self._met = Met(self._condition, session.t)
            self._come_to_rest(session)
        elif session.t >= until:
            self._come_to_rest(session)

    def _come_to_rest(self, session: Session) -> None:
        """Stand still; where, is logged, since it may be between two steps of the grid."""
        self._playing, self._until = False, None
        self._events.append(Stopped(session.t))

    def _stride(self, session: Session) -> int:
        speed = self._pace.speed
        rate = self._pace.steps_per_second if speed is None else speed / session.ahead
        return max(1, int(rate / ROWS_PER_SECOND))

    def _fail(self, issue: Issue) -> None:
        self._playing, self._until = False, None
        self._failure = issue
        self._publish()

    # commands -----------------------------------------------------------------------------------

    def stop(self) -> None:
        """End the thread."""
        self._stopped = True

    def wake(self) -> None:
        """Do nothing: it ends the wait for a command."""

    def prepare(self) -> None:
        """Compile or load the kernels and show the start state."""
        self._ready()

    def compile_in_processes(self) -> None:
        """Let another process compile; which is arranged here, since what arranges it takes a while to be imported."""
        from circuitsim.dynamics import build

        build.compile_in_processes()

    def play(self) -> None:
        """Run."""
        self._playing, self._failure, self._met = True, None, None
        if self.session is not None or not self.commands.held:  # else the session that is being made will run
            session = self._ready()
            self._pace.restart(time.perf_counter(), session.t)

    def pause(self) -> None:
        """Stand still."""
        self._playing, self._until = False, None

    def step(self, count: int) -> None:
        """Take some steps and stand still."""
        self.pause()
        session = self._ready()
        self._failure = self._met = None
        every, session.every = session.every, 1
        rows = session.advance(count)
        self._record(rows)
        for twin in self._twins():
            twin.follow(session)
        self._guard.see(rows.v, time.perf_counter(), hold=0.0)
        session.every = every
        self._see_why_it_stopped(session)

    def run_for(self, duration: float) -> None:
        """Run for some model time."""
        self.play()
        self._until = self._ready().t + duration

    def reset(self) -> None:
        """Go back to time 0 and the start states; whether it runs stays as it is."""
        hands = dict(self.session.hands) if self.session is not None else {}
        if self.session is not None:
            self._circuit = self.session.circuit
        self.session, self._failure, self._until, self._met = None, None, None, None
        session = self._ready()
        for input_id, value in hands.items():
            self.hand(input_id, value)
        self._pace.restart(time.perf_counter(), session.t)

    def watch(self, condition: Condition | None) -> None:
        """Stop when a condition is met; None goes on for ever."""
        session = self._ready()
        session.watch(condition)
        self._condition, self._met = session.condition, None

    def set_speed(self, speed: float | None) -> None:
        """Keep another speed, or none."""
        self._pace.speed, self._speed_chosen = speed, True
        if self.session is not None:
            self._pace.restart(time.perf_counter(), self.session.t)

    def edit(self, after: Mapping[int, Element | None]) -> None:
        """Take over edited elements between two steps."""
        session = self._ready()
        self._rehearse(session, after)
        method = session.solver, session.dt
        twin = Twin(session) if self.twin is None and any(map(muted, after.values())) else self.twin
        effect = session.edit(after)
        self.twin = twin if twin is not None and lesions(session.circuit) else None
        for other in self._twins():
            other.edit(after, session)
        changed = method != (session.solver, session.dt)
        self._guard.edited(session, other=changed or effect is not Effect.NOTHING)
        if changed:
            self._error = Largest()
        self._error.look(session, time.perf_counter())
        self._condition = session.condition  # it goes with its neuron
        self._failure = None
        if session.t == 0.0:
            self.reset()  # nothing has happened yet: begin anew, with start states and step of the new circuit
            return
        self._events.append(Edited(session.t, after))
        self._record(session.present())

    def hand(self, input_id: int, value: float) -> None:
        """Move a hand input between two steps."""
        session = self._ready()
        session.move_hand(input_id, value)
        for twin in self._twins():
            twin.hand(input_id, value)
        self._events.append(HandMoved(session.t, input_id, value))
        self._record(session.present())

    def raise_beside(self, epsilon: float | None) -> None:
        """Keep a twin whose inputs are higher by epsilon beside the run, from now on; None ends it."""
        self._raised = epsilon
        self._stand_beside(self._ready())

    def log(self) -> RunLog:
        """The run so far."""
        session = self._ready()
        circuit, solver, dt = self._origin
        seed = circuit.document.settings.seed
        return RunLog(circuit, solver, dt, seed, tuple(self._events), session.t)

    # helpers ------------------------------------------------------------------------------------

    def _ready(self) -> Session:
        if self.session is None:
            self.recording.clear()  # before time 0 is published: nobody sees it beside rows of the run before
            self._compiling = True
            self._publish()
            try:
                self.session = self._begin()
            finally:
                self._compiling = False
            self._pace.restart(time.perf_counter(), self.session.t)
        return self.session

    def _made(self, make: Callable[[], Session]) -> Session:
        """What makes a session, in a thread of its own: kernels may have to be compiled, and meanwhile it runs and pauses."""
        making = Making(make, lambda: self.commands.put(Worker.wake))
        self._compiling = self.commands.held = True
        self._publish()
        try:
            making.start()
            while not making.done and not self._stopped:
                self._safe_turn()
        finally:
            self._compiling = self.commands.held = False
        if self._stopped:
            raise _Stopped
        return making.session()

    def _rehearse(self, session: Session, after: Mapping[int, Element | None]) -> None:
        """Have the kernels of an edit compiled; if that fails, the edited circuit begins anew with the next command."""
        make = rehearsal(session, after)
        if make is not None:
            try:
                self._made(make)
            except Exception:
                session.circuit.apply(Restore(after))
                self._circuit, self.session = session.circuit, None
                raise

    def _begin(self) -> Session:
        circuit = self._circuit.copy()
        found = bands(circuit)
        plan = propose(circuit, found)
        if not self._speed_chosen:
            self._pace.speed = plan.speed
        session = self._made(partial(Session, circuit, plan.solver, plan.dt, spared=1))  # one is the window's
        self._origin = (circuit, plan.solver, plan.dt)
        self._events = []
        self._guard.begin(session, found)
        self._error = Largest()
        self._error.look(session, time.perf_counter())
        session.watch(self._condition)
        self.twin = Twin(session) if lesions(circuit) else None
        self._stand_beside(session)
        self.session, self._condition = session, session.condition
        self._record(session.present())
        return session

    def _twins(self) -> tuple[Twin, ...]:
        """Those that go along."""
        return tuple(twin for twin in (self.twin, self.beside) if twin is not None)

    def _stand_beside(self, session: Session) -> None:
        self.beside = None if self._raised is None else Twin(session, raised(self._raised))

    def _record(self, rows: Rows) -> None:
        if self.session is not None:
            session = self.session
            self.recording.append(
                rows, session.neuron_ids, session.input_ids, session.clamped_ids, session.unit_ids
            )

    def _publish(self) -> None:
        session = self.session
        self._serial += 1
        if session is not None:
            self.snapshot = snapshot_of(session, self._serial)
        self.status = self._make_status()

    def _make_status(self) -> Status:
        session = self.session
        return Status(
            playing=self._playing,
            t=session.t if session else 0.0,
            speed=self._pace.speed,
            achieved=self._pace.achieved if self._playing else 0.0,
            steps_per_second=self._pace.steps_per_second if self._playing else 0.0,
            solver=session.solver if session else "",
            dt=session.dt if session else 0.0,
            compiling=self._compiling,
            failure=self._failure,
            warnings=self._guard.issues,
            serial=self._serial,
            condition=self._condition,
            met=self._met,
            error=self._error.value,
        )
