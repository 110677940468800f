"""The circuit itself: names, ids, copies, lists, events, and edits that are refused."""

from __future__ import annotations

import math
import time
from dataclasses import replace

import pytest

from circuitsim.circuit.build import new_input, new_neuron, new_note, new_output, new_synapse
from circuitsim.circuit.circuit import Changed, Circuit
from circuitsim.circuit.edits import (
    Add,
    Compound,
    Delete,
    Edit,
    Move,
    Rename,
    Replace,
    Restore,
    SetKind,
    SetLanes,
    SetParameter,
    SetPins,
    SetSettings,
    SetStart,
    SetTable,
    SetTraced,
)
from circuitsim.circuit.elements import Document, Input, Neuron, Pin, ScopeLane, Settings, Table
from circuitsim.engine.run import with_inputs
from circuitsim.spec.issue import InputError


def small() -> Circuit:
    """Ids: A 1, B 2, drive 3, A to B 4, drive to A 5, output 6, note 7."""
    c = Circuit("small")
    a, b = new_neuron(c, "A"), new_neuron(c, "B")
    drive = new_input(c, "drive")
    c.apply(Add((a, b, drive)))
    c.apply(
        Add(
            (
                new_synapse(c, a.id, b.id),
                new_synapse(c, drive.id, a.id, "current"),
                new_output(c, "y", b.id),
                new_note(c, "Try", "this", (0.0, 0.0)),
            )
        )
    )
    c.apply(SetTraced((a.id, b.id)))
    return c


def neuron(circuit: Circuit, name: str) -> Neuron:
    found = circuit[name]
    assert isinstance(found, Neuron)
    return found


def drive(circuit: Circuit) -> Input:
    found = circuit["drive"]
    assert isinstance(found, Input)
    return found


def with_parameters(n: Neuron, **changed: float) -> Neuron:
    return replace(n, parameters={**n.parameters, **changed})


ILLEGAL: dict[str, tuple[Edit, str]] = {
    "name taken": (Rename(1, "B"), "already taken"),
    "name taken by an input": (Rename(2, "drive"), "already taken"),
    "name not an identifier": (Rename(1, "two words"), "not an identifier"),
    "name empty": (Rename(1, ""), "not an identifier"),
    "name with an accent": (Rename(1, "é"), "not an identifier"),
    "name with a line break": (Rename(1, "A\n"), "not an identifier"),
    "rename nothing": (Rename(4, "x"), "nothing with a name"),
    "rename a missing one": (Rename(99, "x"), "nothing with a name"),
    "parameter unknown": (SetParameter((1,), "charm", 1.0), "no parameter 'charm'"),
    "parameter not finite": (SetParameter((1,), "capacitance", math.nan), "finite"),
    "parameter infinite": (SetParameter((1,), "leak_potential", math.inf), "finite"),
    "parameter too low": (SetParameter((1,), "capacitance", 0.0), "at least"),
    "parameter not a number": (SetParameter((1,), "capacitance", "much"), "not a number"),  # type: ignore[arg-type]
    "parameter of a note": (SetParameter((7,), "capacitance", 1.0), "nothing with parameters"),
    "one of two is missing": (SetParameter((1, 99), "capacitance", 1.0), "nothing with parameters"),
    "start not finite": (SetStart({1: math.nan}), "start state"),
    "start of an input": (SetStart({3: 1.0}), "no neuron"),
    "position not finite": (Move({1: (math.inf, 0.0)}), "x is inf"),
    "position far out": (Move({1: (0.0, 1e300)}), "y is 1e+300"),
    "move a synapse": (Move({4: (0.0, 0.0)}), "nothing to move"),
    "delete nothing": (Delete(frozenset({99})), "nothing with id 99"),
    "delete the document": (Delete(frozenset({0})), "nothing with id 0"),
    "kind unknown": (SetKind(1, "square"), "cannot become 'square'"),
    "kind of a note": (SetKind(7, "ltc"), "cannot become"),
    "kind that refuses its synapses": (SetKind(2, "ltc_paper"), "cannot receive"),
    "table of a neuron": (SetTable(1, Table((0.0,), (1.0,))), "no input"),
    "table empty": (SetTable(3, Table((), ())), "at least one row"),
    "table unequal": (SetTable(3, Table((0.0, 1.0), (1.0,))), "one value per time"),
    "table unsorted": (SetTable(3, Table((1.0, 0.0), (1.0, 1.0))), "do not increase"),
    "table with a double": (SetTable(3, Table((1.0, 1.0), (1.0, 1.0))), "do not increase"),
    "table not finite": (SetTable(3, Table((0.0, 1.0), (1.0, math.nan))), "not finite"),
    "solver unknown": (SetSettings(Settings(solver="guess")), "no solver 'guess'"),
    "dt zero": (SetSettings(Settings(dt=0.0)), "dt is 0"),
    "duration negative": (SetSettings(Settings(duration=-1.0)), "duration is -1"),
    "speed not finite": (SetSettings(Settings(speed=math.inf)), "speed is inf"),
    "seed negative": (SetSettings(Settings(seed=-1)), "seed is -1"),
    "trace of nothing": (SetTraced((99,)), "shows neuron 99"),
    "trace of an input": (SetTraced((3,)), "shows neuron 3"),
    "trace twice": (SetTraced((1, 1)), "twice"),
    "lane of nothing known": (SetLanes((ScopeLane("charm"),)), "a lane for 'charm'"),
    "lane of an input": (SetLanes((ScopeLane("v", (3,)),)), "shows neuron 3"),
    "lane of a neuron as an input": (SetLanes((ScopeLane("input", (1,)),)), "shows input 1"),
    "pin of nothing": (SetPins((Pin(99, "capacitance"),)), "nothing to move"),
    "pin of no parameter": (SetPins((Pin(1, "charm"),)), "nothing to move"),
    "pin twice": (SetPins((Pin(1, "capacitance"), Pin(1, "capacitance"))), "pinned twice"),
    "second part of a compound": (Compound((Move({1: (1.0, 1.0)}), Rename(1, "B")), "Both"), "already taken"),
    "document gone": (Restore({0: None}), "document is missing"),
    "document as a neuron": (
        Restore({0: Neuron(id=0, name="C", kind="ltc", parameters={})}),
        "id cannot be 0",
    ),
    "second document": (Restore({8: Document(id=8)}), "id cannot be 8"),
    "negative id": (Restore({-3: Neuron(id=-3, name="C", kind="ltc", parameters={})}), "id cannot be -3"),
    "wrong id": (Restore({9: Neuron(id=8, name="C", kind="ltc", parameters={})}), "filed under 9"),
    "neuron gone, traces left": (Restore({1: None}), "shows neuron 1"),
    "input gone, synapse left": (Restore({3: None}), "begin at a neuron"),
    "output left": (Restore({2: None, 4: None, 0: Document()}), "reads neuron 2"),
}


@pytest.mark.parametrize("case", ILLEGAL)
def test_an_illegal_edit_changes_nothing(case: str) -> None:
    edit, words = ILLEGAL[case]
    circuit = small()
    before, names = dict(circuit.elements), dict(circuit._names)
    attached = {i: circuit.attached(i) for i in before}
    heard: list[Changed] = []
    circuit.changed.connect(heard.append)
    with pytest.raises(InputError) as caught:
        circuit.apply(edit)
    assert words in str(caught.value)
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)
    assert dict(circuit.elements) == before
    assert circuit._names == names
    assert {i: circuit.attached(i) for i in before} == attached
    assert circuit == small()
    assert heard == []


def test_additions_that_are_refused() -> None:
    c = small()
    a, b = neuron(c, "A"), neuron(c, "B")
    free = c.new_id()
    refused = [
        (Add((a,)), "already taken"),
        (Add((replace(a, id=free, name="C"), replace(b, id=free, name="D"))), "already taken"),
        (Add((replace(a, id=free),)), "already taken"),
        (Add((new_synapse(c, a.id, a.id, "electrical"),)), "two different neurons"),
        (Add((new_synapse(c, a.id, 99),)), "begin at a neuron"),
        (Add((new_synapse(c, a.id, 3),)), "end at a neuron"),
        (Add((new_synapse(c, 3, a.id, "electrical"),)), "begins at a neuron"),
        (Add((new_synapse(c, a.id, b.id, "current"),)), "begins at an input"),
        (Add((new_output(c, "z", 3),)), "reads neuron 3"),
        (Add((replace(new_synapse(c, a.id, b.id), kind="magic"),)), "no synapse kind"),
        (Add((replace(a, id=free, name="C", kind="magic"),)), "no neuron kind"),
        (Add((replace(drive(c), id=free, name="C", stimulus="magic"),)), "no stimulus"),
        (Add((replace(a, id=free, name="C", parameters={}),)), "is missing"),
        (
            Add((replace(drive(c), id=free, name="C", stimulus="table", parameters={"mode": 0.0}),)),
            "needs times",
        ),
        (Add((new_note(c, "", "", (0.0, 0.0), (0.0, 10.0)),)), "no size"),
        (Add((new_note(c, "", "", (0.0, 0.0), (math.nan, 10.0)),)), "width"),
        (Replace((replace(a, id=99),), "x"), "no neuron with id 99"),
        (Replace((replace(drive(c), id=1),), "x"), "no input with id 1"),
        (Replace((with_parameters(a, capacitance=-1.0),), "x"), "at least"),
    ]
    for edit, words in refused:
        before = dict(c.elements)
        with pytest.raises(InputError, match=words):
            c.apply(edit)
        assert dict(c.elements) == before


def test_a_failing_check_leaves_the_circuit_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("broken")

    c, untouched = small(), small()
    monkeypatch.setattr("circuitsim.circuit.circuit.validate", broken)
    with pytest.raises(RuntimeError, match="broken"):
        c.apply(Rename(1, "C"))
    assert c == untouched
    assert c.named("A") is not None


def test_delete_takes_what_hangs_on_a_neuron() -> None:
    c = small()
    before = dict(c.elements)
    inverse = c.apply(Delete(frozenset({2})))
    assert [s.id for s in c.synapses] == [5]
    assert c.outputs == ()
    assert c.document.traced == (1,)
    assert c.named("B") is None
    c.apply(inverse)
    assert dict(c.elements) == before
    c.apply(Delete(frozenset({3})))
    assert [s.id for s in c.synapses] == [4]


def test_views_of_what_is_deleted_go_with_it_and_come_back() -> None:
    c = small()
    lanes = (ScopeLane("v"), ScopeLane("tau", (1, 2)), ScopeLane("vinf", (2,)), ScopeLane("output", (6,)))
    c.apply(SetLanes(lanes))
    c.apply(SetPins((Pin(2, "capacitance"), Pin(4, "conductance"), Pin(1, "capacitance"))))
    inverse = c.apply(Delete(frozenset({2})))
    assert c.document.lanes == (ScopeLane("v"), ScopeLane("tau", (1,)))
    assert c.document.pins == (Pin(1, "capacitance"),)
    c.apply(inverse)
    assert c.document.lanes == lanes
    assert len(c.document.pins) == 3


def test_a_pin_goes_when_its_parameter_does() -> None:
    c = small()
    c.apply(Delete(frozenset({4, 5})))
    c.apply(SetPins((Pin(1, "capacitance"),)))
    paper = replace(neuron(c, "A"), kind="ltc_paper", parameters=c.kinds.neurons["ltc_paper"].defaults())
    for edit in (SetKind(1, "ltc_paper"), Replace((paper,), "Change")):
        inverse = c.apply(edit)
        assert c.document.pins == ()
        c.apply(inverse)
        assert c.document.pins == (Pin(1, "capacitance"),)


def test_a_run_may_replace_an_input_that_has_a_pinned_slider() -> None:
    c = small()
    c.apply(SetKind(3, "sine"))
    c.apply(SetPins((Pin(3, "amplitude"),)))
    held = with_inputs(c, {"drive": Table((0.0,), (1.0,))})
    assert held.document.pins == ()
    assert c.document.pins == (Pin(3, "amplitude"),)


def test_a_compound_of_two_changes_to_one_element_keeps_both() -> None:
    c = small()
    inverse = c.apply(
        Compound(
            (SetParameter((1,), "capacitance", 0.3), SetParameter((1,), "leak_conductance", 0.7)), "Reset"
        )
    )
    assert neuron(c, "A").parameters["capacitance"] == 0.3
    assert neuron(c, "A").parameters["leak_conductance"] == 0.7
    c.apply(inverse)
    assert c == small()
    c.apply(Compound((Delete(frozenset({1})), Delete(frozenset({2}))), "Delete"))
    assert c.document.traced == ()


def test_names_swap_in_one_edit() -> None:
    c = small()
    a, b = neuron(c, "A"), neuron(c, "B")
    c.apply(Replace((replace(a, name="B"), replace(b, name="A")), "Swap"))
    assert (c["A"].id, c["B"].id) == (2, 1)


def test_lookups() -> None:
    c = small()
    assert c["drive"].id == 3
    assert c.named("nobody") is None
    assert c.get(1, Neuron).name == "A"
    with pytest.raises(InputError, match="named 'nobody'"):
        c["nobody"]
    with pytest.raises(InputError, match="no neuron with id 3"):
        c.get(3, Neuron)
    assert c.attached(1) == (4, 5)
    assert c.attached(99) == ()


def test_lists_are_in_id_order_even_after_undo() -> None:
    c = Circuit()
    c.apply(Add(tuple(new_neuron(c, f"N{k}") for k in range(5))))
    inverse = c.apply(Delete(frozenset({2, 3})))
    assert [n.id for n in c.neurons] == [1, 4, 5]
    c.apply(inverse)
    c.apply(SetStart({4: 0.5}))
    assert [n.id for n in c.neurons] == [1, 2, 3, 4, 5]
    assert c.neurons[3].start == 0.5
    assert c.neurons is c.neurons


def test_free_names() -> None:
    c = Circuit()
    assert c.free_name("N") == "N"
    for expected in ("N", "N2", "N3", "N4", "N5", "N6"):
        name = c.free_name("N")
        assert name == expected
        c.apply(Add((new_neuron(c, name),)))
    c.apply(Add((new_neuron(c, "DB01"),)))
    assert c.free_name("DB01") == "DB01_2"


def test_ids_are_never_used_twice() -> None:
    c = small()
    last = c.new_id()
    c.apply(Delete(frozenset({7})))
    assert c.new_id() == last + 1
    assert c.copy().new_id() == last + 2


def test_a_copy_is_independent() -> None:
    c = small()
    heard: list[Changed] = []
    c.changed.connect(heard.append)
    twin = c.copy()
    assert twin == c
    twin.apply(Rename(1, "Z"))
    assert c["A"].id == 1
    assert heard == []
    assert twin != c
    assert c != "a circuit"


def test_an_unknown_unit_system_is_refused() -> None:
    with pytest.raises(InputError, match="no unit system 'imperial'"):
        Circuit(unit_system="imperial")


def test_what_cannot_be_built() -> None:
    c = small()
    for make, words in [
        (lambda: new_neuron(c, "C", "magic"), "no kind 'magic'"),
        (lambda: new_neuron(c, "C", role="boss"), "no role 'boss'"),
        (lambda: new_neuron(c, "C", charm=1.0), "no parameter 'charm'"),
        (lambda: new_neuron(c, "C", "ltc_paper", activation="wavy"), "cannot be 'wavy'"),
        (lambda: new_synapse(c, 1, 2, "magic"), "no kind 'magic'"),
        (lambda: new_input(c, "in", "magic"), "no kind 'magic'"),
    ]:
        with pytest.raises(InputError, match=words):
            make()
    assert new_neuron(c, "C", "ltc_paper", activation="tanh").parameters["activation"] == 1.0


def big(neurons: int = 10_000, fan_in: int = 16) -> Circuit:
    c = Circuit()
    cells = [new_neuron(c, f"N{k}") for k in range(neurons)]
    pattern = new_synapse(c, cells[0].id, cells[1].id)
    synapses = [
        replace(pattern, id=c.new_id(), pre=cells[(7 * k + 31 * j) % neurons].id, post=cells[k].id)
        for k in range(neurons)
        for j in range(1, fan_in + 1)
    ]
    c.apply(Add((*cells, *synapses)))
    return c


def best(times: int, circuit: Circuit, edit: Edit) -> float:
    """Shortest time of an edit and its inverse, in seconds."""
    shortest = math.inf
    for _ in range(times):
        begin = time.perf_counter()
        inverse = circuit.apply(edit)
        shortest = min(shortest, time.perf_counter() - begin)
        circuit.apply(inverse)
    return shortest


@pytest.mark.slow
def test_edits_of_a_large_circuit_do_not_scan_it() -> None:
    """Bounds are ten times what a slow machine needs, and far below one scan per edit."""
    c = big()
    assert len(c.synapses) == 160_000
    assert best(5, c, SetParameter((5000,), "capacitance", 0.3)) < 0.005
    assert best(5, c, SetParameter((c.synapses[-1].id,), "conductance", 0.3)) < 0.005
    assert best(5, c, Move({5000: (40.0, 40.0)})) < 0.005
    assert best(5, c, Delete(frozenset({5000}))) < 0.02
    thousand = frozenset(n.id for n in c.neurons[:1000])
    assert best(2, c, Delete(thousand)) < 3.0
    begin = time.perf_counter()
    for _ in range(1000):
        c.free_name("N1")
    assert time.perf_counter() - begin < 0.5


def test_a_name_that_becomes_free_leads_to_who_has_it_too():
    circuit = Circuit()
    one, other = circuit.add_neuron("A"), circuit.add_neuron("B")
    with circuit.rehearsal() as write:
        write({one.id: replace(one, name="B")})
        write({other.id: None})
        write({one.id: replace(one, name="B", label="b")})
        assert circuit["B"].id == one.id
    assert (circuit["A"].id, circuit["B"].id) == (one.id, other.id)
