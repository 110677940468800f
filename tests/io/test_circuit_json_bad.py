"""Files that are no circuits: each gets one sentence that names the file, the place and the remedy."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

import circuitsim as cs
from circuitsim.io import migrations
from circuitsim.io.circuits import circuit_json
from circuitsim.spec import files

if TYPE_CHECKING:
    from pathlib import Path

HEADER = {"format": "circuitsim", "version": 1}


def neuron(**changes: Any) -> dict[str, Any]:
    """A legal neuron of a file, altered; None removes a field."""
    fields = {
        "id": 1,
        "name": "A",
        "kind": "ltc",
        "parameters": {"capacitance": 1.0, "leak_conductance": 1.0, "leak_potential": 0.0},
    }
    return {k: v for k, v in {**fields, **changes}.items() if v is not None}


def refused(content: bytes | str | dict[str, Any], folder: Path) -> str:
    """The sentence that reading such a file gives."""
    path = folder / "x.circuit.json"
    data = json.dumps(content) if isinstance(content, dict) else content
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    with pytest.raises(cs.InputError) as caught:
        cs.load(path)
    sentence = caught.value.sentence
    assert sentence.startswith(str(path))
    assert "\n" not in sentence
    return sentence.removeprefix(str(path))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", ": it is empty; take an intact copy."),
        ('{"format": "circuitsim", "version": 1, "neu', ": it breaks off before its end; take an intact copy."),
        (b"\x7fELF\x02\x01\x00\x00", ": this is a binary file, not text in UTF-8; choose another file."),
        (b'{"format": "\xff\xfe"}', ": this is a binary file, not text in UTF-8; choose another file."),
        ("[]", ": an object in braces is expected, not a list; correct it."),
        ("{}", ": the field 'format' is missing; add it."),
        ('{"format": "circuitsim",\n "version": 1,,}', ", line 2, column 15: this is not JSON"),
        ({"format": "other", "version": 1}, ", format: this is 'other', not a circuit of circuitsim; choose another file."),
        ({"format": "circuitsim", "version": 2}, ": it was made by a newer circuitsim (version 2 of the format, known is 1); update circuitsim."),
        ({"format": "circuitsim", "version": 0}, ", version: there never was a version 0; it should be 1."),
        ({"format": "circuitsim", "version": "1"}, ", version: a whole number is expected, not a text; correct it."),
        ('{"format": "circuitsim", "version": 1,\n  "title": "a", "title": "b"}', ", line 2, column 17: the field 'title' stands twice; remove one of the two."),
        ('{"format": "circuitsim", "version": 1, "notes": [{"id": 1, "text": "\\"{[", "te\\u0078t": ""}]}', ", line 1, column 76: the field 'text' stands twice; remove one of the two."),
        ('{"format": "circuitsim", "version": 1, "settings": {"seed": 1, "seed": 1}}', ", line 1, column 64: the field 'seed' stands twice; remove one of the two."),
        ({**HEADER, "extra": 1}, ": there is no field 'extra'; check its spelling or remove it."),
        ({**HEADER, "neurons": 5}, ", neurons: a list is expected, not a whole number; correct it."),
        ({**HEADER, "neurons": [neuron(start="0")]}, ", neurons[0].start: a number is expected, not a text; correct it."),
        ({**HEADER, "neurons": [neuron(begin=0)]}, ", neurons[0]: there is no field 'begin'; check its spelling or remove it."),
        ({**HEADER, "neurons": [neuron(id=None)]}, ", neurons[0]: the field 'id' is missing; add it."),
        ({**HEADER, "neurons": [neuron(id=0)]}, ", neurons[0].id: a whole number >= 1 is expected; correct it."),
        ({**HEADER, "neurons": [neuron(id=2**70)]}, ", neurons[0].id: a whole number <= 9007199254740991 is expected; correct it."),
        ({**HEADER, "neurons": [neuron(name="two words")]}, ", neurons[0].name: this is not an identifier; use letters, digits and _, not beginning with a digit."),
        ({**HEADER, "neurons": [neuron(role="boss")]}, ", neurons[0].role: 'boss' is not allowed here; use one of: sensory, inter, command, motor."),
        ({**HEADER, "neurons": [neuron(position=[1])]}, ", neurons[0].position: a list of length 2 is expected; correct it."),
        ({**HEADER, "neurons": [neuron(), neuron(name="B")]}, ", neurons[1].id: the id 1 is already that of neurons[0]; use another."),
        ({**HEADER, "neurons": [neuron(), neuron(id=2)]}, ", neurons[1].name: the name A is already that of neurons[0]; use another."),
        ({**HEADER, "traced": ["B"]}, ", traced[0]: there is no neuron named 'B'; check the name."),
        ({**HEADER, "units": {"time": "h"}}, ", units.time: the unit is 'h', but 's' in the unit system liquid; convert the numbers and correct the unit."),
        ({**HEADER, "unit_system": "imperial"}, ", unit_system: 'imperial' is not allowed here; use one of: liquid, physiological."),
        ({**HEADER, "settings": {"dt": -1}}, ", the circuit: dt is -1; use a number above 0 and at most 1e+09."),
        ('{"format": "circuitsim", "version": 1, "settings": {"dt": NaN}}', ", line 1, column 59: NaN is not a number that a circuit can hold; give a finite number."),
        ('{"format": "circuitsim", "version": 1, "settings": {"dt": -Infinity}}', ", line 1, column 60: -Infinity is not a number that a circuit can hold; give a finite number."),
        ('{"format": "circuitsim", "version": 1, "settings": {"dt": 1e999}}', ", settings.dt: number out of range; correct it."),
    ],
)  # fmt: skip
def test_bad_content_is_refused_with_its_place(
    content: bytes | str | dict[str, Any], expected: str, tmp_path: Path
) -> None:
    assert refused(content, tmp_path).startswith(expected)


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_deep_nesting_is_refused(opening: str, tmp_path: Path) -> None:
    deep = '{"format": "circuitsim", "version": 1, "neurons": ' + opening * 200_000
    assert refused(deep, tmp_path) == ": it is nested too deeply; choose another file."


def test_a_huge_file_is_refused_before_it_is_parsed(tmp_path: Path) -> None:
    path = tmp_path / "huge.circuit.json"
    with path.open("wb") as file:
        file.truncate(files.LARGEST + 1)
    with pytest.raises(cs.InputError, match="it is larger than 256 MB; choose a smaller file"):
        cs.load(path)


def test_a_missing_file_is_named_with_its_neighbours(tmp_path: Path) -> None:
    (tmp_path / "tap.circuit.json").touch()
    with pytest.raises(cs.InputError, match=r"there is no such file; did you mean tap\.circuit\.json"):
        cs.load(tmp_path / "tab.circuit.json")


def test_a_folder_is_not_a_circuit(tmp_path: Path) -> None:
    folder = tmp_path / "x.circuit.json"
    folder.mkdir()
    with pytest.raises(cs.InputError, match="it is a folder, not a file; name a file in it"):
        cs.load(folder)


def test_an_unknown_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(
        cs.InputError, match=r"its name ends in \.txt; a circuit can be written to .*\.circuit\.json"
    ):
        cs.save(cs.Circuit(), tmp_path / "x.txt")


def test_a_name_that_no_file_can_have_is_refused() -> None:
    with pytest.raises(cs.InputError, match="this cannot be the name of a file"):
        cs.load("a\0b.circuit.json")
    with pytest.raises(cs.InputError, match="this cannot be the name of a file"):
        cs.save(cs.Circuit(), "a\0b.circuit.json")


def test_a_text_that_cannot_be_encoded_is_refused_and_leaves_the_file(tmp_path: Path) -> None:
    path = tmp_path / "x.circuit.json"
    cs.save(cs.Circuit("before"), path)
    with pytest.raises(cs.InputError, match="holds a character that no file can hold"):
        cs.save(cs.Circuit("\ud800"), path)
    assert cs.load(path).document.title == "before"


def test_a_byte_order_mark_is_accepted(tmp_path: Path) -> None:
    path = tmp_path / "x.circuit.json"
    path.write_bytes(b"\xef\xbb\xbf" + circuit_json.dumps(cs.Circuit("t")))
    assert cs.load(path) == cs.Circuit("t")


def test_older_files_are_migrated_step_by_step() -> None:
    table = {
        1: lambda d: {**d, "colour": d["color"], "old": d["color"]},
        2: lambda d: {k: v for k, v in d.items() if k != "color"},
    }
    migrated = migrations.migrate({"version": 1, "color": "red"}, 1, target=3, table=table)
    assert migrated == {"version": 3, "colour": "red", "old": "red"}


def test_a_file_of_an_older_version_opens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(circuit_json, "VERSION", 2)
    table = {1: lambda d: {k: v for k, v in d.items() if k != "name"} | {"title": d["name"]}}
    monkeypatch.setattr(circuit_json, "MIGRATIONS", table)
    path = tmp_path / "x.circuit.json"
    path.write_text('{"format": "circuitsim", "version": 1, "name": "old"}')
    assert cs.load(path).document.title == "old"
    path.write_text('{"format": "circuitsim", "version": 0, "name": "old"}')
    with pytest.raises(cs.InputError, match="there never was a version 0"):
        cs.load(path)
