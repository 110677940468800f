"""Tables of input: what is read, and the sentence for whatever is wrong, with its line and column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from circuitsim.circuit.build import new_input, new_neuron
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import Add
from circuitsim.circuit.elements import Table
from circuitsim.io.input_csv import read_initial, read_inputs, read_table
from circuitsim.spec.issue import InputError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def circuit() -> Circuit:
    made = Circuit()
    made.apply(Add((new_neuron(made, "A"), new_neuron(made, "B"))))
    made.apply(Add((new_input(made, "tap"), new_input(made, "rub"))))
    return made


def file(folder: Path, content: str | bytes) -> Path:
    path = folder / "in.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    "content",
    [
        "t,tap,rub\n0,1,2\n0.5,3,4\n",
        "t,tap,rub\r\n0,1,2\r\n0.5,3,4\r\n",
        "\ufefft, tap ,rub\n\n 0 ,1,2\n5e-1,3,4\n\n",
        't,"tap","rub"\n0,"1",2\n0.5,3,4',
    ],
)
def test_inputs_are_read_by_name(content: str, circuit: Circuit, tmp_path: Path) -> None:
    tables = read_inputs(file(tmp_path, content), circuit)
    assert tables == {"tap": Table((0.0, 0.5), (1.0, 3.0)), "rub": Table((0.0, 0.5), (2.0, 4.0))}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", ": it is empty; give it a header and rows."),
        ("\n \n", ": it is empty; give it a header and rows."),
        ("t,tap\n", ": it has a header but no rows; add rows."),
        ("time,tap\n0,1\n", ", line 1: the first column is named 'time'; let the first column be the time, named t."),
        ("tap,t\n0,1\n", ", line 1: the first column is named 'tap'; let the first column be the time, named t."),
        ("t\n0\n", ", line 1: it has no column besides t; add one column per input, named like it."),
        ("t;tap\n0;1\n", ", line 1: its columns are not separated by commas; use commas."),
        ("t,tap,\n0,1,2\n", ", line 1: column 3 has no name; name it in the header."),
        ("t,tap,tap\n0,1,2\n", ", line 1: there are two columns named 'tap'; remove one of them."),
        ("t,poke\n0,1\n", ", line 1: the circuit has no input named 'poke'; use rub, tap."),
        ("t,A\n0,1\n", ", line 1: A is the name of a neuron, not of an input; use rub, tap."),
        ("t,tap\n0,1\n1\n", ", line 3: it has 1 column, the header 2; complete or correct the line."),
        ("t,tap\n0,1,5\n", ", line 2: it has 3 columns, the header 2; complete or correct the line."),
        ("t,tap\n0,1\n1,high\n", ", line 3, column tap: 'high' is not a number; give a number."),
        ("t,tap\n0,1\n1,\n", ", line 3, column tap: the number is missing; give a number."),
        ("t,tap\n0,1_0\n", ", line 2, column tap: '1_0' is not a number; give a number."),
        ("t,tap\n0,1e300\n", ", line 2, column tap: 1e300 is too large; give a number of at most 1e+09."),
        ("t,tap\n0,nan\n", ", line 2, column tap: nan is not a finite number; give a finite number."),
        ("t,tap\n-inf,0\n", ", line 2, column t: -inf is not a finite number; give a finite number."),
        ("t,tap\n0,1\n2,1\n1,1\n", ", line 4, column t: the time 1 does not come after 2 in the row before; sort the rows by time and remove doubles."),
        ("t,tap\n0,1\n0,2\n", ", line 3, column t: the time 0 does not come after 0 in the row before; sort the rows by time and remove doubles."),
        ('t,tap\n0,"1\n', ", line 2: this is not CSV (unexpected end of data); correct the line."),
        (b"t,tap\n0,1\n1,\xe9\n", ", line 3: this is not text in UTF-8; save the file as UTF-8."),
        ("t,tap\n0,1\n".encode("utf-16"), ", line 1: this is not text in UTF-8; save the file as UTF-8."),
        (b"t,tap\0\n", ": this is a binary file, not text; choose another file."),
    ],
)  # fmt: skip
def test_bad_inputs_are_refused(
    content: str | bytes, expected: str, circuit: Circuit, tmp_path: Path
) -> None:
    path = file(tmp_path, content)
    with pytest.raises(InputError) as caught:
        read_inputs(path, circuit)
    assert caught.value.sentence == f"{path}{expected}"


def test_a_circuit_without_inputs_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no input named 'tap'; add one, the circuit has no inputs"):
        read_inputs(file(tmp_path, "t,tap\n0,1\n"), Circuit())


def test_start_states_are_read_by_name(circuit: Circuit, tmp_path: Path) -> None:
    assert read_initial(file(tmp_path, "neuron,value\nB,-0.5\nA,1\n"), circuit) == {"B": -0.5, "A": 1.0}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("name,value\nA,1\n", ", line 1: its columns are name, value; name them neuron and value."),
        ("neuron,value\nC,1\n", ", line 2, column neuron: the circuit has no neuron named 'C'; use A, B."),
        ("neuron,value\ntap,1\n", ", line 2, column neuron: tap is the name of an input, not of a neuron; use A, B."),
        ("neuron,value\nA,1\nA,2\n", ", line 3, column neuron: A already stands in line 2; remove one of the two."),
        ("neuron,value\nA,one\n", ", line 2, column value: 'one' is not a number; give a number."),
    ],
)  # fmt: skip
def test_bad_start_states_are_refused(content: str, expected: str, circuit: Circuit, tmp_path: Path) -> None:
    path = file(tmp_path, content)
    with pytest.raises(InputError) as caught:
        read_initial(path, circuit)
    assert caught.value.sentence == f"{path}{expected}"


def test_a_table_of_one_stimulus_is_read(tmp_path: Path) -> None:
    assert read_table(file(tmp_path, "t,anything\n-1,2\n3,4\n")) == Table((-1.0, 3.0), (2.0, 4.0))
    with pytest.raises(InputError, match="it has 3 columns instead of t and one other; keep two columns"):
        read_table(file(tmp_path, "t,a,b\n0,1,2\n"))


def test_a_missing_table_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.csv: there is no such file; check the name"):
        read_table(tmp_path / "none.csv")
