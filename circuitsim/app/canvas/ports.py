"""What the canvas asks of the document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtCore import SignalInstance

    from circuitsim.app.document.carry import Carry
    from circuitsim.app.document.chosen import Chosen
    from circuitsim.app.document.pointing import Pointing
    from circuitsim.app.document.tools import Toolbox
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.edits.edit import Edit
    from circuitsim.engine.bands import Bands
    from circuitsim.engine.proposal import Proposal
    from circuitsim.engine.report import Snapshot, Status
    from circuitsim.engine.simulator import Simulator
    from circuitsim.spec.issue import Issue


class Document(Protocol):
    """What is open: the canvas draws it, and changes it by pushing edits."""

    @property
    def circuit(self) -> Circuit:
        """The drawing."""

    @property
    def replaced(self) -> SignalInstance:
        """Another circuit was opened."""

    @property
    def tools(self) -> Toolbox:
        """The tool in hand."""

    @property
    def pointing(self) -> Pointing:
        """What another view points at."""

    @property
    def selection(self) -> frozenset[int]:
        """Ids of the selected elements."""

    @property
    def selection_changed(self) -> SignalInstance:
        """Other elements are selected."""

    @property
    def carry(self) -> Carry:
        """Takes neurons that are dragged out of the canvas."""

    @property
    def chosen(self) -> Chosen:
        """How many elements of which class are selected."""

    def select(self, ids: Iterable[int]) -> None:
        """Select exactly these elements."""

    def push(self, edit: Edit, *, select: Iterable[int] | None = None) -> bool:
        """Carry out an edit as one step of undo that selects some elements; False if it was refused."""

    def begin_gesture(self) -> None:
        """Edits of the same thing are one step of undo from now on."""

    def end_gesture(self) -> None:
        """Edits are steps of their own again."""

    def refuse(self, issue: Issue) -> None:
        """Show why something was not done."""

    def hand(self, input_id: int, value: float) -> None:
        """Press or release a button, or move a slider, by hand."""

    def status(self) -> Status:
        """How the run is doing."""

    def play(self) -> None:
        """Let it run."""

    @property
    def simulator(self) -> Simulator:
        """The run."""

    def proposal(self) -> Proposal:
        """Solver, step and speed for this circuit."""

    def snapshot(self) -> Snapshot | None:
        """The latest state of the run."""

    def bands(self) -> Bands | None:
        """Bounds of states and time constants."""

    def failed_neuron(self) -> int | None:
        """The neuron whose state diverged."""

    def set_hint(self, text: str) -> None:
        """Say what the mouse would do here."""
