"""The tours of the laboratories over circuits that they are not made for: a person may edit anything in the middle of one."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

import circuitsim as cs
from circuitsim.analysis import analyses
from circuitsim.analysis._declare import Question
from circuitsim.app.document.document import Document
from circuitsim.app.window.tour import Advance, Watch
from circuitsim.app.window.tours import tours
from circuitsim.io.examples import example
from circuitsim.spec.issue import CircuitsimError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from circuitsim.spec.result import Result

NAMES = ("liquid", "equation", "go_A")  # neurons that tours speak of


@dataclass
class Bench:
    """A laboratory in front, as far as a tour looks at it."""

    analysis: Any
    result: Result | None
    values: dict[str, object] = field(default_factory=dict)

    @property
    def options(self) -> Bench:
        return self


def empty() -> cs.Circuit:
    return cs.Circuit()


def lone() -> cs.Circuit:
    """A neuron that hears nothing and rests: the length of every path is 0."""
    circuit = cs.Circuit()
    circuit.add_neuron("go_A", leak_potential=0.0, start=0.0)
    return circuit


def of_kind(kind: str, synapse: str, **numbers: float | str) -> cs.Circuit:
    """Neurons of one kind with the names of the tours, and an input."""
    circuit = cs.Circuit()
    for name in NAMES:
        circuit.add_neuron(name, kind, **numbers)
    circuit.add_input("pour", "step", onset=0.1)
    circuit.connect("pour", "liquid", synapse)
    circuit.connect("liquid", "go_A", synapse)
    return circuit


def gaps() -> cs.Circuit:
    circuit = cs.Circuit()
    for name, start in zip(NAMES, (0.1, 0.2, 0.3), strict=True):
        circuit.add_neuron(name, start=start)
    circuit.connect("liquid", "equation", "electrical")
    circuit.connect("equation", "go_A", "electrical_directed")
    return circuit


def otherwise_named() -> cs.Circuit:
    """What tours take for neurons and inputs is something else."""
    circuit = cs.Circuit()
    circuit.add_neuron("pour")
    for name in NAMES:
        circuit.add_input(name)
    circuit.connect("liquid", "pour")
    circuit.add_output("out", "pour")
    return circuit


def runaway() -> cs.Circuit:
    """As an LTC it grows without bound."""
    return of_kind("ltc_paper", "weight", activation="tanh", time_constant=50.0, bias=-3.0)


def network() -> cs.Circuit:
    circuit = cs.Circuit()
    circuit.add_input("pour")
    circuit.add_network("net", "cfc", reads=["pour"], units=3, unit_names=NAMES)
    return circuit


ODD = {
    "empty": empty,
    "lone": lone,
    "conductance": lambda: of_kind("ltc", "chemical"),
    "paper": lambda: of_kind("ltc_paper", "weight"),
    "static": lambda: of_kind("static", "weight"),
    "closed form": lambda: of_kind("closed_form", "weight"),
    "neural ODE": lambda: of_kind("neural_ode", "weight"),
    "gap junctions": gaps,
    "names of other things": otherwise_named,
    "runaway": runaway,
    "network": network,
} | {tour.example: (lambda name=tour.example: cs.load(example(name).path)) for tour in tours().values()}


def benches(circuit: cs.Circuit) -> Iterator[Bench]:
    """Every laboratory with what it finds, and with nothing found."""
    for analysis in analyses().values():
        values = analysis.values(circuit, {})
        if "calls" in values:  # as good for this, and fast
            values |= {"calls": 4.0, "sequences": 1.0}
        result = None
        with suppress(CircuitsimError):
            result = analysis.run(Question(circuit, values))
        yield from (Bench(analysis, result, values), Bench(analysis, None, values))


@pytest.fixture(scope="module")
def found() -> dict[str, list[Bench]]:
    return {name: list(benches(make())) for name, make in ODD.items()}


@pytest.fixture
def document(request, qtbot) -> Iterator[Document]:
    made = Document(ODD[request.param]())
    yield made
    made.close()
    qtbot.waitUntil(lambda: not made.bridge.busy)


@pytest.mark.parametrize("document", ODD, indirect=True)
def test_every_step_reads_whatever_is_there(document, found):
    """Also what was found of another circuit than the one that is open now, which an edit leaves for a moment."""
    for tour, (_, some) in product(tours().values(), found.items()):
        for bench in (*some, None):
            watch = Watch(document, lambda bench=bench: bench)
            advance = Advance(tour, watch)
            for step in tour.steps:
                assert all(type(phase(watch)) is bool for phase in step.phases)
                reading = step.reading(watch) if step.reading else ""
                assert isinstance(reading, str)
                assert "nan" not in reading
                assert "None" not in reading
                advance.look()
                assert isinstance(advance.missing, tuple)
                advance.go_on()
            watch.close()


@pytest.mark.parametrize("name", tours())
def test_everything_goes_and_comes_back_in_the_middle_of_a_tour(name, opened, qtbot):
    window = opened(tours()[name].example)
    QTest.mouseClick(window.bottom.tabs[name], Qt.MouseButton.LeftButton)
    QTest.mouseClick(window.bottom.view.tour, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.tour.progress is not None, timeout=120_000)
    QTest.mouseClick(window.bottom.tabs[name], Qt.MouseButton.LeftButton)
    panel = window.bottom.view
    qtbot.waitUntil(lambda: panel.result is not None, timeout=120_000)  # kernels may be cold
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(window.canvas, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: not window.document.circuit.neurons)
    panel.ask()
    qtbot.waitUntil(lambda: panel._job is None and panel._problem.text() != "", timeout=120_000)
    while window.tour.progress.step is not None:
        qtbot.wait(60)  # it is looked at by the frames of the window
        QTest.mouseClick(window.tour.next, Qt.MouseButton.LeftButton)
    window.tour.begin(tours()[name])
    QTest.keyClick(window.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(window.document.circuit.neurons))
    panel.ask()
    qtbot.waitUntil(lambda: panel._job is None and not panel._problem.text(), timeout=120_000)
    progress = window.tour.progress
    qtbot.waitUntil(lambda: progress.index > 0 or progress.done, timeout=20_000)
