"""A whole network from a few numbers: its fields come from the declarations, its picture follows them."""

from __future__ import annotations

import secrets
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QToolButton, QWidget

from circuitsim.app import theme
from circuitsim.app.canvas.thumbnail import Thumbnail
from circuitsim.app.dialogs._network_place import insert
from circuitsim.app.panels._size_row import ChoiceRow, SizeRow
from circuitsim.app.widgets.boxes import clear, column, row
from circuitsim.circuit.families import families
from circuitsim.circuit.plan import SEED, Plan
from circuitsim.circuit.wirings import wirings
from circuitsim.spec.words import counted

if TYPE_CHECKING:
    from circuitsim.app.canvas.view import CanvasView
    from circuitsim.app.document.bridge import Job
    from circuitsim.app.document.document import Document
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.plan import Built
    from circuitsim.spec.issue import CircuitsimError
    from circuitsim.spec.size import Size

PICTURE = QSize(420, 320)
LINES = 6  # of what is said of family and wiring
DIE = 24  # px
SEEDS = 100_000  # below which the die falls


def ask_network(document: Document, canvas: CanvasView) -> None:
    """Ask what network, and insert it; the one that is asked about already comes to the front."""
    window = canvas.window()
    dialog = window.findChild(NetworkDialog)
    if dialog is None or not dialog.isVisible():  # one that was closed may still wait for its end
        dialog = NetworkDialog(window, document)
        dialog.chosen.connect(lambda part, title: insert(document, canvas, part, title))
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()


class NetworkDialog(QDialog):
    """Family, wiring, sizes and seed on the left, the network that they make on the right. The run goes on meanwhile.

    Signals:
        chosen: The network as a circuit of its own, and its title.
    """

    chosen = Signal(object, str)

    def __init__(self, parent: QWidget, document: Document) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Insert network")
        self._document = document
        self.values: dict[str, float] = {}
        self._family, self._wiring = next(iter(families())), next(iter(wirings()))
        self._seed: float | None = None
        self._rows: dict[str, SizeRow] = {}
        self._job: Job | None = None
        self._again = self._wanted = False
        self._found: Built | None = None
        self.family = ChoiceRow("family", "family", [(i, f.title) for i, f in families().items()])
        self.wiring = ChoiceRow("wiring", "wiring", [(i, w.title) for i, w in wirings().items()])
        self.family.chosen.connect(lambda value: self._choose(str(value), self._wiring))
        self.wiring.chosen.connect(lambda value: self._choose(self._family, str(value)))
        self._fields = column()
        self.picture = Thumbnail(PICTURE)
        self.counts, self.about, self.problem = QLabel("\n"), QLabel(), QLabel()
        self.insert = QPushButton("Insert")
        self._lay_out()
        document.replaced.connect(self.reject)
        self._choose(self._family, self._wiring)

    def _lay_out(self) -> None:
        self.insert.setObjectName("primary")
        self.insert.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a field with a bad number keeps the focus
        self.insert.clicked.connect(self._finish)
        self.cancel = QPushButton("Cancel")
        self.cancel.clicked.connect(self.reject)
        for button in (self.insert, self.cancel):
            button.setAutoDefault(False)  # Enter belongs to the fields
        self.counts.setFont(theme.named("field"))
        for text in (self.about, self.problem):
            text.setWordWrap(True)
            text.setFont(theme.font(11))
            text.setProperty("dim", "1")
            text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.about.setProperty("dim", "2")
        self.about.setFixedWidth(PICTURE.width())
        self.about.setMinimumHeight(LINES * self.about.fontMetrics().lineSpacing())
        left = column(self.family, self.wiring, self._fields, None)
        right = column(self.picture, 8, self.counts, 4, self.about, self.problem, None)
        foot = row(None, self.cancel, self.insert, spacing=8)
        self.setLayout(column(row(left, right, spacing=22), 10, foot, margins=(22, 18, 22, 18)))

    # what is chosen -----------------------------------------------------------------------------

    @property
    def plan(self) -> Plan:
        """What the network is to be."""
        family = families()[self._family]
        return Plan(family, wirings()[self._wiring] if family.wired else None)

    @property
    def seed(self) -> int:
        """The seed that was typed or thrown, else that of the wiring."""
        return self.plan.seed if self._seed is None else int(self._seed)

    def _choose(self, family: str, wiring: str) -> None:
        """Take a family and a wiring, with the fields that belong to them; what both have keeps its value."""
        self._family, self._wiring = family, wiring
        plan = self.plan
        self.family.show_value(family)
        self.wiring.show_value(wiring)
        self.wiring.setVisible(plan.wiring is not None)
        clear(self._fields)
        self._rows = {}
        kept = self.values
        self.values = {size.name: self._kept(size, kept) for size in plan.sizes}
        for size in plan.sizes:
            self._add_row(size, self.values[size.name])
        self._add_row(SEED, self.seed).append(self._die())
        self._order_tabs()
        self.about.setText(" ".join(part.doc for part in (plan.wiring, plan.family) if part is not None))
        self._renew()

    def _order_tabs(self) -> None:
        """Let the key Tab go from top to bottom, through fields that were made later too."""
        die = self.findChildren(QToolButton, "die")[-1]
        fields = [line.control for line in self._rows.values()]
        stops = [self.family.choice, self.wiring.choice, *fields, die, self.cancel, self.insert]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _kept(self, size: Size, kept: dict[str, float]) -> float:
        """The value that was said under the same name, if it still makes sense."""
        value = kept.get(size.name, size.default)
        return value if size.low <= value <= size.high else size.default

    def _add_row(self, size: Size, value: float) -> SizeRow:
        line = SizeRow(size, value)
        line.changed.connect(lambda number: self._take(size.name, number))
        self._rows[size.name] = line
        self._fields.addWidget(line)
        return line

    def _die(self) -> QToolButton:
        die = QToolButton()
        die.setObjectName("die")
        die.setIcon(theme.icon("die", 16))
        die.setFixedSize(DIE, DIE)
        die.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        die.setToolTip("Throw another seed")
        die.setAccessibleName("another seed")
        die.clicked.connect(self._throw)
        return die

    def _throw(self) -> None:
        self._take(SEED.name, secrets.randbelow(SEEDS))
        self._rows[SEED.name].show_number(self.seed)

    def _take(self, name: str, number: float) -> None:
        if name == SEED.name:
            self._seed = number
        else:
            self.values[name] = number
        self._renew()

    # the network --------------------------------------------------------------------------------

    @property
    def at_work(self) -> bool:
        """Whether a network is being built."""
        return self._job is not None

    def _renew(self) -> None:
        """Build the network away from this thread; one at a time, and once more if something changed meanwhile."""
        if self._job is not None:
            self._again = True
            return
        plan, numbers, seed = self.plan, dict(self.values), self.seed
        system = self._document.circuit.document.unit_system
        self._job = self._document.bridge.run(
            "", lambda _job: plan.built(numbers, seed, system), self._show, self._refuse
        )

    def _done(self) -> bool:
        """Whether what has arrived is what is wanted; if not, build again."""
        self._job = None
        again, self._again = self._again, False
        if again:
            self._renew()
        return not again

    def _show(self, found: Built) -> None:
        if self._done():
            self._found = found
            self._tell("", "")
            self.counts.setText(_counts(found.circuit, found.trained))
            self.picture.show_still(found.circuit)
            if self._wanted:
                self._finish()

    def _refuse(self, error: CircuitsimError) -> None:
        """Say beside the field that must change why there is no network."""
        if self._done():
            issue = error.issues[0]
            self._found, self._wanted = None, False
            sentence = f"{issue.problem[:1].upper()}{issue.problem[1:]}; {issue.remedy}."
            self._tell(issue.where, sentence)
            self.counts.setText("\n")
            self.picture.show_still(None)

    def _tell(self, name: str, sentence: str) -> None:
        for key, line in self._rows.items():
            line.tell(sentence if key == name else "")
        self.problem.setText("" if name in self._rows else sentence)
        self.insert.setEnabled(not sentence)

    def _finish(self) -> None:
        """Hand the network over, as soon as it is there; a number that could not be read is to be mended first."""
        if not all(line.submit() for line in self._rows.values()):
            return
        self._wanted = True
        if self._job is None and self._found is not None:
            self.chosen.emit(self._found.circuit, self.plan.title)
            self.accept()

    def done(self, result: int) -> None:
        """Let the work go that nobody waits for any more."""
        if self._job is not None:
            self._job.cancel()
        super().done(result)


def _counts(circuit: Circuit, trained: int) -> str:
    """Neurons, synapses by sign and parameters."""
    if circuit.cells:
        cell = circuit.cells[0]
        parts = [
            counted(len(cell.units), "unit"),
            counted(len(circuit.inputs), "input"),
            f"{trained:,} weights",
        ]
        return " · ".join(parts) + "\n"
    excitatory = sum(s.parameters["reversal_potential"] > 0 for s in circuit.synapses)
    inhibitory = len(circuit.synapses) - excitatory
    return (
        f"{counted(len(circuit.neurons), 'neuron')} · {len(circuit.synapses):,} synapses · {trained:,} parameters\n"
        f"{excitatory:,} excitatory, {inhibitory:,} inhibitory"
    )
