"""Edge lists in: what becomes of rows, signs and names, and a sentence for everything that is wrong."""

from __future__ import annotations

import math
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from circuitsim.circuit.elements import Named, Neuron, Role, Synapse
from circuitsim.circuit.validate import IDENTIFIER, validate
from circuitsim.io.circuits.circuit_json import dumps, loads
from circuitsim.io.circuits.edge_list import FORMAT, identifiers
from circuitsim.io.dispatch import reader
from circuitsim.spec.issue import InputError
from circuitsim.spec.paths import resources

if TYPE_CHECKING:
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.io.format import Reading

TAP = Path(__file__).parents[1] / "data" / "connectome" / "sub_tap_withdrawal.csv"
HEADER = "source,target,weight,type\n"


def convert(folder: Path, text: str, **options: Any) -> Reading:
    path = folder / "edges.csv"
    path.write_text(text, encoding="utf-8")
    return FORMAT.read(path, {**FORMAT.defaults(), **options})


def signs_file(folder: Path, text: str) -> Path:
    path = folder / "signs.csv"
    path.write_text(text, encoding="utf-8")
    return path


def edges(circuit: Circuit, kind: str) -> dict[tuple[str, str], Synapse]:
    return {
        (circuit.get(s.pre, Neuron).name, circuit.get(s.post, Neuron).name): s
        for s in circuit.synapses
        if s.kind == kind
    }


def test_the_format_is_found_by_its_ending() -> None:
    assert reader(Path("x.csv")) is FORMAT
    assert reader(Path("X.CSV")) is FORMAT


def test_directed_rows_keep_their_direction(tmp_path: Path) -> None:
    rows = (
        "A,B,4,directed\nB,A,1,directed gap junction\nA,B,2,Directed_Electrical\nB,B,3,directed\nA,C,1,gap\n"
    )
    reading = convert(tmp_path, HEADER + rows)
    found = {
        pair: s.parameters["conductance"] for pair, s in edges(reading.circuit, "electrical_directed").items()
    }
    assert found == {("A", "B"): pytest.approx(0.3), ("B", "A"): pytest.approx(0.05)}
    assert set(edges(reading.circuit, "electrical")) == {("A", "C")}
    assert any("1 directed gap junction of a cell with itself left out" in line for line in reading.report)


def test_chemical_and_electrical_rows(tmp_path: Path) -> None:
    reading = convert(
        tmp_path, HEADER + "A,B,4,chemical\nB,C,9,electrical\nC,B,9,electrical\nA,A,1,chemical\n"
    )
    circuit = reading.circuit
    assert [n.name for n in circuit.neurons] == ["A", "B", "C"]
    chemical, gaps = edges(circuit, "chemical"), edges(circuit, "electrical")
    assert set(chemical) == {("A", "B"), ("A", "A")}
    assert set(gaps) == {("B", "C")}
    assert chemical["A", "B"].parameters["conductance"] == pytest.approx(0.4)
    assert chemical["A", "B"].parameters["reversal_potential"] == 1.0
    assert chemical["A", "B"].label == "weight 4"
    assert gaps["B", "C"].parameters["conductance"] == pytest.approx(0.45)
    assert circuit.document.title == "edges"
    assert validate(circuit) == []


@pytest.mark.parametrize(
    "text",
    [
        "Source,Target,Weight,Type\n A , B           ,4,chemical\n",
        "TYPE,weight,Target,SOURCE\nChemical,4.0,B,A\n",
        "source,target,weight,type,note,note\nA,B,4,chemical,x,y\n",
        ",source,target,weight,type\n0,A,B,4,chemical\n",
        "source\ttarget\tweight\ttype\nA\tB\t4\tchemical\n",
        "pre;post;synapses;type\nA;B;4;chem\n",
        "source,target,weight,type\r\nA,B,4,chemical\r\n\r\n",
        '"source","target","weight","type"\n"A","B","4","chemical"\n',
        "\ufeffsource,target,weight,type\nA,B,4,chemical",
    ],
)
def test_the_shapes_an_edge_list_may_have(tmp_path: Path, text: str) -> None:
    circuit = convert(tmp_path, text).circuit
    (synapse,) = edges(circuit, "chemical").values()
    assert [n.name for n in circuit.neurons if n.id == synapse.pre] == ["A"]
    assert synapse.parameters["conductance"] == pytest.approx(0.4)


def test_the_two_directions_of_a_gap_junction_merge(tmp_path: Path) -> None:
    rows = (
        "A,B,4,electrical\nB,A,6,electrical\n"
        "C,A,3,electrical\n"
        "B,C,2,electrical\nC,B,2,electrical\n"
        "C,C,5,electrical\n"
    )
    reading = convert(tmp_path, HEADER + rows, gap_scale=1.0)
    gaps = {pair: s.parameters["conductance"] for pair, s in edges(reading.circuit, "electrical").items()}
    assert gaps == {("A", "B"): 5.0, ("C", "A"): 3.0, ("B", "C"): 2.0}
    told = " ".join(reading.report)
    assert "1 gap junction is not the same in both directions and got the mean (A and B: 4 and 6)." in told
    assert "1 gap junction is given in one direction only" in told
    assert "1 gap junction of a cell with itself left out." in told


def test_rows_that_repeat_add_up_and_empty_ones_go(tmp_path: Path) -> None:
    rows = "A,B,1,chemical\nA,B,2,chemical\nB,A,0,chemical\nA,B,3,electrical\nA,B,4,electrical\n"
    reading = convert(tmp_path, HEADER + rows, weight_scale=1.0, gap_scale=1.0)
    assert edges(reading.circuit, "chemical")["A", "B"].parameters["conductance"] == 3.0
    assert edges(reading.circuit, "electrical")["A", "B"].parameters["conductance"] == 7.0
    assert set(edges(reading.circuit, "chemical")) == {("A", "B")}
    told = " ".join(reading.report)
    assert "2 rows repeat an earlier one (A to B); the weights were added." in told
    assert "1 row with weight 0 left out." in told


def test_the_law_of_the_weight(tmp_path: Path) -> None:
    text = HEADER + "A,B,16,chemical\nA,B,9,electrical\n"
    circuit = convert(tmp_path, text, weight_law="sqrt", weight_scale=0.5, gap_scale=0.2).circuit
    assert edges(circuit, "chemical")["A", "B"].parameters["conductance"] == pytest.approx(2.0)
    assert edges(circuit, "electrical")["A", "B"].parameters["conductance"] == pytest.approx(0.6)


def test_the_most_specific_sign_wins(tmp_path: Path) -> None:
    rows = "A,B,1,chemical\nA,C,1,chemical\nB,C,1,chemical\nC,A,1,chemical\nD,A,1,chemical\n"
    table = signs_file(
        tmp_path, "Source,Target,Sign\nA,,inhibitory\nA,C,+1\n,C,-1\nB,C,excitatory\n,A,inh\nD,,1\nZ,,-1\n"
    )
    reading = convert(tmp_path, HEADER + rows, signs=table)
    found = {p: s.parameters["reversal_potential"] for p, s in edges(reading.circuit, "chemical").items()}
    assert found == {
        ("A", "B"): -1.0, ("A", "C"): 1.0, ("B", "C"): 1.0, ("C", "A"): -1.0, ("D", "A"): 1.0,
    }  # fmt: skip
    told = " ".join(reading.report)
    assert "3 excitatory, 2 inhibitory" in told
    assert "1 cell of the table of signs left out, not being in the list (Z)." in told


def test_signs_by_neuron_and_roles(tmp_path: Path) -> None:
    rows = "A,B,1,chemical\nB,C,1,chemical\nC,D,1,chemical\nD,E,1,electrical\n"
    circuit = convert(tmp_path, HEADER + rows).circuit
    assert [n.role for n in circuit.neurons] == ["sensory", "inter", "inter", "motor", "inter"]
    table = signs_file(tmp_path, "neuron,sign,role\nA,-1,\nB,,command\nC,excitatory,Command\n")
    reading = convert(tmp_path, HEADER + rows, signs=table)
    assert [n.role for n in reading.circuit.neurons] == [
        Role.SENSORY, Role.COMMAND, Role.COMMAND, Role.MOTOR, Role.INTER,
    ]  # fmt: skip
    signs = [s.parameters["reversal_potential"] for s in edges(reading.circuit, "chemical").values()]
    assert signs == [-1.0, 1.0, 1.0]
    assert "1 chemical synapse is not in the table of signs and taken as excitatory." in reading.report


def test_names_that_are_no_identifiers(tmp_path: Path) -> None:
    rows = "dBWML 1,2nd,1,chemical\n2nd,dBWML_1,1,chemical\nñ,2nd,1,chemical\n"
    reading = convert(tmp_path, HEADER + rows)
    cells = {n.label or n.name: n.name for n in reading.circuit.neurons}
    assert cells == {"dBWML 1": "dBWML_1_2", "2nd": "n2nd", "dBWML_1": "dBWML_1", "ñ": "_"}
    assert any(
        "3 names are no identifiers and were changed ('dBWML 1' is dBWML_1_2" in x for x in reading.report
    )


@given(st.lists(st.text(min_size=1, max_size=4), unique=True, max_size=30))
def test_identifiers_are_identifiers_and_differ(cells: list[str]) -> None:
    names = identifiers(tuple(cells))
    assert list(names) == cells
    assert len(set(names.values())) == len(cells)
    for cell, name in names.items():
        assert IDENTIFIER.match(name)
        assert name == cell or not IDENTIFIER.match(cell)


BAD: dict[str, tuple[str | bytes, str]] = {
    "empty": ("", "it is empty"),
    "header only": (HEADER, "no rows"),
    "no weight": ("source,target,type\nA,B,chemical\n", "line 1: there is no column weight"),
    "two missing": ("source,target\nA,B\n", "no column weight and no column type"),
    "two sources": ("source,pre,target,weight,type\nA,A,B,1,chemical\n", "source and pre both mean the source"),
    "text in weight": (HEADER + "A,B,1,chemical\nA,C,many,chemical\n", "line 3, column weight: 'many' is not a number"),
    "no weight in a row": (HEADER + "A,B,,chemical\n", "line 2, column weight: the number is missing"),
    "negative weight": (HEADER + "A,B,-2,chemical\n", "line 2, column weight: the weight -2 is negative"),
    "NaN": (HEADER + "A,B,nan,chemical\n", "line 2, column weight: nan is not a finite number"),
    "infinite": (HEADER + "A,B,inf,chemical\n", "line 2, column weight: inf is not a finite number"),
    "unknown type": (HEADER + "A,B,1,magnetic\n", "line 2, column type: there is no type 'magnetic'"),
    "no type in a row": (HEADER + "A,B,1,\n", "line 2, column type: the type is missing"),
    "no source": (HEADER + " ,B,1,chemical\n", "line 2, column source: the name of a cell is missing"),
    "no target": (HEADER + "A,,1,chemical\n", "line 2, column target: the name of a cell is missing"),
    "short row": (HEADER + "A,B,1\n", "line 2: it has 3 columns, the header 4"),
    "long row": (HEADER + "A,B,1,chemical,x\n", "line 2: it has 5 columns, the header 4"),
    "wrong encoding": (HEADER.encode() + "É,B,1,chemical\n".encode("latin-1"), "line 2: this is not text in UTF-8"),
    "UTF-16": ((HEADER + "A,B,1,chemical\n").encode("utf-16"), "not text in UTF-8"),
    "binary": (b"\x00\x01\x02\x03", "binary"),
    "open quote": (HEADER + '"A,B,1,chemical\n', "this is not CSV"),
    "huge weight": (HEADER + "A,B,1e300,chemical\n", "line 2, column weight: 1e300 is too large"),
    "not an edge list": ("neuron,value\nA,1\n", "no column source"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_bad_lists_get_a_sentence(case: str, tmp_path: Path) -> None:
    content, words = BAD[case]
    path = tmp_path / "edges.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InputError) as caught:
        FORMAT.read(path, FORMAT.defaults())
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("neuron,sign\nA,perhaps\n", "line 2, column sign: 'perhaps' is not a sign"),
        ("neuron,sign\nA,\n", "line 2: the sign is missing"),
        ("neuron\nA\n", "no column sign"),
        ("sign\n+1\n", "no column source"),
        ("neuron,sign\nA,1\nB,1\nA,-1\n", "line 4: this contradicts line 2"),
        ("source,target,sign\n,,1\n", "line 2: no cell is named"),
        ("neuron,role\nA,boss\n", "line 2, column role: there is no role 'boss'"),
        ("neuron,role\nA,motor\nA,inter\n", "line 3: this contradicts line 2"),
        ("source,target,role\nA,B,motor\n", "a connection has no role"),
    ],
)
def test_bad_tables_of_signs_get_a_sentence(tmp_path: Path, text: str, words: str) -> None:
    table = signs_file(tmp_path, text)
    with pytest.raises(InputError) as caught:
        convert(tmp_path, HEADER + "A,B,1,chemical\n", signs=table)
    assert words in str(caught.value)
    assert str(table) in str(caught.value)


def test_options_refuse_what_makes_no_sense() -> None:
    options = {option.name: option for option in FORMAT.options}
    for name in ("weight_scale", "gap_scale"):
        assert options[name].parse("0.25") == 0.25
        for text in ("0", "-1", "nan", "inf", "much"):
            with pytest.raises(ValueError, match=r".+"):
                options[name].parse(text)
    assert options["weight_law"].choices == ("linear", "sqrt")
    assert options["signs"].parse("a.csv") == Path("a.csv")


def test_the_result_is_laid_out_traced_and_can_be_saved() -> None:
    circuit = FORMAT.read(TAP, FORMAT.defaults()).circuit
    assert (len(circuit.neurons), len(circuit.synapses)) == (16, 83 + 29)
    for a, b in combinations(circuit.neurons, 2):
        assert math.dist(a.position, b.position) >= 120
    assert len(circuit.document.traced) == 4
    path = Path("tap.circuit.json")
    assert loads(dumps(circuit), path) == circuit
    assert dumps(FORMAT.read(TAP, FORMAT.defaults()).circuit) == dumps(circuit)


def test_tap_withdrawal_can_be_made_from_its_edge_list(tmp_path: Path) -> None:
    """The example is the list with a table of signs and the square-root law, less its two autapses."""
    path = resources() / "examples" / "tap-withdrawal.circuit.json"
    example = loads(path.read_bytes(), path)
    cells = {n.id: n.name for n in example.neurons}
    rows = [
        f"{cells[s.pre]},{cells[s.post]},{s.parameters['reversal_potential']:+.0f}"
        for s in example.synapses
        if s.kind == "chemical" and s.pre in cells
    ]
    table = signs_file(tmp_path, "source,target,sign\n" + "\n".join(rows) + "\n")
    made = FORMAT.read(
        TAP, {"weight_law": "sqrt", "weight_scale": 0.5, "gap_scale": 0.2, "signs": table}
    ).circuit
    for kind in ("chemical", "electrical"):
        ours = {
            (example.get(s.pre, Named).name, example.get(s.post, Named).name): s
            for s in example.synapses
            if s.kind == kind and s.pre in cells
        }
        theirs = {pair: s for pair, s in edges(made, kind).items() if pair[0] != pair[1]}
        assert {frozenset(p) if kind == "electrical" else p for p in ours} == {
            frozenset(p) if kind == "electrical" else p for p in theirs
        }
        if kind == "chemical":
            for pair, synapse in theirs.items():
                assert synapse.parameters["conductance"] == pytest.approx(
                    ours[pair].parameters["conductance"], abs=5.1e-3
                )
                assert synapse.parameters["reversal_potential"] == ours[pair].parameters["reversal_potential"]
