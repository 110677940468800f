"""The open document: circuit, undo, selection, path and the run that follows every edit."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from circuitsim.app.document.bridge import Bridge
from circuitsim.app.document.carry import Carry
from circuitsim.app.document.chosen import Chosen
from circuitsim.app.document.derived import Deriving, derive
from circuitsim.app.document.pointing import Pointing
from circuitsim.app.document.tools import Toolbox
from circuitsim.app.document.undo import EditCommand
from circuitsim.circuit.circuit import Changed, Circuit
from circuitsim.circuit.edits import SetTraced, TakeNumbers
from circuitsim.circuit.elements import Input, Neuron
from circuitsim.engine.simulator import Simulator
from circuitsim.spec.issue import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from circuitsim.app.document.clipboard import Copied
    from circuitsim.app.document.derived import Derived
    from circuitsim.circuit.edits import Edit
    from circuitsim.circuit.elements import Element
    from circuitsim.engine.bands import Bands
    from circuitsim.engine.proposal import Proposal
    from circuitsim.engine.report import Snapshot, Status
    from circuitsim.spec.issue import Issue


class Document(QObject):
    """What is open. Views read it and listen; they change it by `push` alone.

    Signals:
        changed: A `Changed`, after every edit, undo and redo.
        replaced: Another circuit was opened.
        selection_changed: Other elements are selected.
        state_changed: Path or saved state changed.
        derived: Bands, proposal and problems were computed anew.
        hint_changed: What the mouse would do here.
        pointed_at: Somebody wants to see the element of an id.
        refused: An `Issue`: an edit or a file was refused, nothing has changed.
        noticed: Something has been done, for the status line.
        exported: Traces of the run were written to a file.
        looked: Views show another instant, or the present again.
        filed: A file was opened or saved; its path is `path`.
    """

    changed = Signal(object)
    replaced = Signal()
    selection_changed = Signal()
    state_changed = Signal()
    derived = Signal()
    hint_changed = Signal(str)
    refused = Signal(object)
    noticed = Signal(str)
    exported = Signal()
    looked = Signal()
    pointed_at = Signal(int)
    filed = Signal()

    def __init__(self, circuit: Circuit | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bridge = Bridge(self)
        self.carry = Carry()
        self.pointing = Pointing(self)
        self.stack = QUndoStack(self)
        self.stack.cleanChanged.connect(self.state_changed)
        self.tools = Toolbox(self)
        self.path: Path | None = None
        self._gesture = 0
        self._in_gesture = False
        self._recorded: Changed | None = None
        self._selection: frozenset[int] = frozenset()
        self._next: frozenset[int] | None = None  # what is selected once the edit under way is done
        self.chosen = Chosen(self)
        self.copied: Copied | None = None
        self._hands: dict[int, float] = {}
        self._looking_at: float | None = None
        self._past: Snapshot | None = None  # the state then, which the recording may thin out meanwhile
        circuit = circuit or Circuit()
        self._follows = Deriving(self, derive(circuit))
        self._adopt(circuit)

    # what is open -------------------------------------------------------------------------------

    def _adopt(self, circuit: Circuit) -> None:
        self.circuit = circuit
        self._hands.clear()
        self._filed: Mapping[int, Element] = dict(circuit.elements)
        self.circuit.changed.connect(self._on_changed)
        self.simulator = Simulator(circuit)
        self.simulator.set_speed(self.proposal().speed)

    def replace(self, circuit: Circuit, path: Path | None, derived: Derived | None = None) -> None:
        """Put another circuit in the place of the open one, at time 0 and paused.

        Args:
            circuit: The other circuit.
            path: Its file; None if it has none.
            derived: What `derive` found for it, so that large circuits need not be looked through here.
        """
        old = self.simulator
        self.circuit.changed.disconnect(self._on_changed)
        self.bridge.run("", lambda _job: old.close())
        self._follows.stop()
        self.stack.clear()
        self.end_gesture()
        self._selection = frozenset()
        self._looking_at = None
        self.tools.disarm()
        self.path = path
        self._follows.found = derived or derive(circuit)
        self._adopt(circuit)
        self.replaced.emit()
        self.selection_changed.emit()
        self.state_changed.emit()
        if path is not None:
            self.filed.emit()

    @property
    def name(self) -> str:
        """Name of the file without its suffix, or the title of an unsaved circuit."""
        if self.path is not None:
            return self.path.name.removesuffix(".circuit.json")
        return self.circuit.document.title or "untitled"

    @property
    def file_stem(self) -> str:
        """A name to save under."""
        if self.path is not None:
            return self.name
        words = re.findall(r"[A-Za-z0-9]+", self.circuit.document.title.lower())
        return "-".join(words[:4]) or "untitled"

    @property
    def dirty(self) -> bool:
        """True if there are edits that no file holds."""
        return not self.stack.isClean()

    def saved(self, path: Path, index: int, held: Circuit | None = None) -> None:
        """Note that a file holds the circuit as it was after so many steps of undo; `held` is that circuit."""
        self.path = path
        if held is not None:
            self._filed = dict(held.elements)
        if self.stack.index() == index:
            self.stack.setClean()
        self.state_changed.emit()
        self.filed.emit()

    def not_saved(self) -> None:
        """Note that no file holds the circuit as it is, though nobody has edited it."""
        self.stack.resetClean()
        self.state_changed.emit()

    def close(self) -> None:
        """Stop the run and all jobs."""
        self._follows.stop()
        self.bridge.close()
        self.simulator.close()
        self.stack.clear()  # commands hold the circuit, which holds the document: nobody else would end that

    # edits --------------------------------------------------------------------------------------

    def push(self, edit: Edit, *, checked: bool = False, select: Iterable[int] | None = None) -> bool:
        """Carry out an edit as one step of undo; a refused one says why.

        Args:
            edit: What is done.
            checked: As in `Circuit.apply`.
            select: What is selected afterwards, and again when it is done again; undo selects what was selected before.
        """
        key, before = edit.merge_key, self._selection
        after = None if select is None else frozenset(select)
        try:
            self.restore(edit, after, checked=checked)
        except InputError as error:
            self.refused.emit(error.issues[0])
            return False
        changed, self._recorded = self._recorded, None
        if changed is not None and changed.before != changed.after:
            merge = (self._gesture, key) if key is not None and self._in_gesture else None
            chosen = None if after is None else (before, after)
            self.stack.push(EditCommand(self, edit.text, changed, merge, chosen))
        return True

    def restore(self, edit: Edit, select: frozenset[int] | None, *, checked: bool = True) -> None:
        """Carry out an edit without a step of undo, and select what was selected after it.

        Raises:
            InputError: If it is refused, which nothing is that was `checked`.
        """
        self._next = select
        try:
            self.circuit.apply(edit, checked=checked)
        finally:
            self._next = None

    @contextmanager
    def gesture(self) -> Iterator[None]:
        """Edits of the same thing within this context are one step of undo."""
        self.begin_gesture()
        try:
            yield
        finally:
            self.end_gesture()

    def begin_gesture(self, *, again: bool = False) -> None:
        """Edits of the same thing merge from now on, for instance while a slider is held.

        Args:
            again: True to go on with the last gesture, as when a wheel turns on after a moment.
        """
        self._gesture += not again
        self._in_gesture = True

    def end_gesture(self) -> None:
        """Edits are steps of their own again."""
        self._in_gesture = False

    def _on_changed(self, changed: Changed) -> None:
        self._recorded = changed
        for i in [i for i in self._hands if i in changed.after]:
            old, new = changed.before.get(i), changed.after[i]
            if not (isinstance(old, Input) and isinstance(new, Input) and old.parameters == new.parameters):
                del self._hands[i]  # its own number counts again
        self.simulator.update(changed)
        if self._is_born(changed):
            self.play()
        self._follows.soon()
        self.changed.emit(changed)
        self.select(
            self._selection if self._next is None else self._next
        )  # what has gone is not selected any more

    def _is_born(self, changed: Changed) -> bool:
        """Whether an empty circuit that never ran has got its first neurons: it is alive from then on."""
        if self.status().t != 0.0:
            return False
        before = sum(isinstance(element, Neuron) for element in changed.before.values())
        after = sum(isinstance(element, Neuron) for element in changed.after.values())
        return after > before == 0 and after == len(self.circuit.neurons)

    # selection and traces -----------------------------------------------------------------------

    @property
    def selection(self) -> frozenset[int]:
        """Ids of the selected elements."""
        return self._selection

    def select(self, ids: Iterable[int]) -> None:
        """Select exactly these elements."""
        chosen = frozenset(ids)
        if not chosen <= self.circuit.elements.keys():
            chosen = chosen & self.circuit.elements.keys()
        if chosen != self._selection:
            self._selection = chosen
            self.selection_changed.emit()

    @property
    def traced(self) -> tuple[int, ...]:
        """Neurons on the scope, in the order of the numbers of their traces."""
        return self.circuit.document.traced

    def toggle_trace(self, neuron: int) -> None:
        """Put a neuron on the scope or take it off."""
        now = self.traced
        self.push(SetTraced(tuple(i for i in now if i != neuron) if neuron in now else (*now, neuron)))

    @property
    def focus(self) -> int | None:
        """The neuron the scope stresses: the selected traced one, else the first traced one."""
        chosen = [i for i in self.traced if i in self._selection]
        return chosen[0] if chosen else next(iter(self.traced), None)

    # the run ------------------------------------------------------------------------------------

    def hand(self, input_id: int, value: float) -> None:
        """Press or release a button, or move a slider, by hand."""
        self._hands[input_id] = value
        self.simulator.hand(input_id, value)

    def handed(self, input_id: int) -> float | None:
        """Where a hand put an input; None if it stands as declared."""
        return self._hands.get(input_id)

    def snapshot(self) -> Snapshot | None:
        """The state that views show: of the instant looked at, else the latest; None before there is any."""
        if self._looking_at is not None:
            return self._past
        return self.simulator.latest()

    @property
    def looking_at(self) -> float | None:
        """The past instant that views show; None for the present."""
        return self._looking_at

    def look_at(self, t: float | None) -> None:
        """Let views show a past instant, as near as the recording has one; None goes back to the present."""
        if t is not None:
            first, last = self.simulator.recording.span()
            t = min(max(t, first), last)
        if t is None or t != self._looking_at:  # a scope may stand in the past all by itself
            self._looking_at = t
            self._past = None if t is None else self.simulator.recording.at(t)
            self.looked.emit()

    def can_step(self, way: int) -> bool:
        """Tell whether `step` would do anything: back (-1) or on (1)."""
        recording, at = self.simulator.recording, self._looking_at
        if way < 0:
            return recording.before(self.status().t if at is None else at) is not None
        status = self.status()
        stands = not status.playing and status.failure is None and bool(self.circuit.neurons)
        return at is not None or stands

    def step(self, way: int) -> None:
        """Look at the recorded instant before (-1) or after (1); from the newest one on, a step of the solver.

        Whoever steps wants things to stand still, so a run pauses.
        """
        recording, at = self.simulator.recording, self._looking_at
        if self.status().playing:
            self.simulator.pause()
        if way < 0:
            earlier = recording.before(self.status().t if at is None else at)
            self.look_at(at if earlier is None else earlier)
        elif at is None:
            self.simulator.step()
        else:
            later = recording.after(at)
            self.look_at(later if later is not None and later < recording.span()[1] else None)

    def status(self) -> Status:
        """How the run is doing; never waits."""
        return self.simulator.status()

    def failed_neuron(self) -> int | None:
        """Id of the neuron whose state diverged, or None."""
        failure = self.simulator.status().failure
        element = None if failure is None else failure.element
        return element if isinstance(self.circuit.elements.get(element or 0), Neuron) else None

    def bands(self) -> Bands:
        """Bands of state and time constant; after an edit the old ones until the new ones are there."""
        return self._follows.found[0]

    def proposal(self) -> Proposal:
        """Solver, step and speed for this circuit, its settings included."""
        return self._follows.found[1]

    def problems(self) -> tuple[Issue, ...]:
        """What is odd about the drawing; after an edit the old ones until the new ones are there."""
        return self._follows.found[2]

    def play(self) -> None:
        """Let it run, if there is anything to run; views show the present again."""
        self.look_at(None)
        if self.circuit.neurons:
            self.simulator.play()

    def restart(self) -> None:
        """Back to time 0 and the start states; a failed run can begin anew."""
        self.look_at(None)
        self.simulator.reset()

    def revert(self) -> None:
        """Back to time 0 with every number as the file has it, or as it was when the circuit was opened."""
        edit = TakeNumbers(self._filed)
        if edit.changes(self.circuit):
            self.push(edit)
        self.restart()

    # messages -----------------------------------------------------------------------------------

    def set_hint(self, text: str) -> None:
        """Say what the mouse would do here."""
        self.hint_changed.emit(text)

    def set_notice(self, text: str) -> None:
        """Say that something has been done."""
        self.noticed.emit(text)

    def refuse(self, issue: Issue) -> None:
        """Show why something was not done."""
        self.refused.emit(issue)
