"""Files of safetensors, torch.save and numpy: what they hold, what is refused, and that nothing in them runs."""

from __future__ import annotations

import builtins
import contextlib
import os
import pickle
import struct
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from weight_files import (
    archive,
    framed,
    pickled,
    safetensors_bytes,
    sequence,
    state_dict,
    write_safetensors,
    write_torch,
)

from circuitsim.io.weights import npz, safetensors, torch_file
from circuitsim.io.weights.pickled import Refused, understood
from circuitsim.spec.issue import InputError

DATA = Path(__file__).parents[1] / "data" / "ncps"
CASES = ("cfc_default8", "ltc_autoncp8_1", "ltc_full4")
SOME = {"a": np.arange(6.0).reshape(2, 3), "b.c": np.array([1.5, -2.0], "f4"), "n": np.array(7)}


def told(arrays):
    """Shapes and numbers by name, as what can be compared at once; -0.0 is 0.0."""
    return {name: (array.shape, np.asarray(array, "f8").tolist()) for name, array in arrays.items()}


@pytest.mark.parametrize("case", CASES)
def test_the_three_kinds_of_file_hold_what_ncps_saved(case: str) -> None:
    stored = np.load(DATA / f"{case}.npz")
    due = {n.removeprefix("param."): stored[n] for n in stored.files if n.startswith("param.")}
    assert told(safetensors.read(DATA / f"{case}.safetensors")[0]) == told(due)
    assert told(torch_file.read(DATA / f"{case}.pt")) == told(due)
    found = npz.read(DATA / f"{case}.npz")
    assert told({name: found[f"param.{name}"] for name in due}) == told(due)


@given(
    st.dictionaries(
        st.text(min_size=1, max_size=8).filter(lambda t: t != "__metadata__" and t.isprintable()),
        st.sampled_from(("f8", "f4")).flatmap(
            lambda kind: arrays(kind, array_shapes(max_dims=3, min_side=0))
        ),
        max_size=4,
    )
)
@settings(max_examples=50, deadline=None)
def test_what_is_written_as_safetensors_is_read_again(tmp_path_factory, drawn) -> None:
    path = tmp_path_factory.mktemp("drawn") / "x.safetensors"
    safetensors.write(path, drawn, {"about": "ä"})
    found, told = safetensors.read(path)
    assert told == {"about": "ä"}
    assert {n: a.tobytes() for n, a in found.items()} == {n: a.tobytes() for n, a in drawn.items()}
    assert path.read_bytes()[8:9] == b"{"


def test_every_type_of_number_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.safetensors"
    rounded = np.array([1.0, -2.5, 3.140625], "f4")
    short = (rounded.view("u4") >> 16).astype("u2")
    halves = {"h": rounded.astype("f2"), "i": np.array([1, 2]), "t": np.array([True, False])}
    path.write_bytes(
        safetensors_bytes(
            halves | {"s": short}, names={"<f2": "F16", "<i8": "I64", "|b1": "BOOL", "<u2": "BF16"}
        )
    )
    assert told(safetensors.read(path)[0]) == told(halves | {"s": rounded})


@pytest.mark.parametrize("protocol", [2, 4, 5])
def test_a_state_dict_is_read_whatever_the_protocol(tmp_path: Path, protocol: int) -> None:
    assert told(torch_file.read(write_torch(tmp_path / "x.pt", SOME, protocol=protocol))) == told(SOME)


def test_views_and_nested_dictionaries_are_read(tmp_path: Path) -> None:
    views = {"a": (1, (2, 2), (1, 3)), "b.c": (1, (3,), (0,))}

    def wrap(state):
        return {"epoch": 3, "model": state, "names": ["x", (1, 2.5)], "done": True, "none": None}

    found = torch_file.read(write_torch(tmp_path / "x.pt", SOME, views, wrap=wrap))
    due = {"model.a": np.array([[1.0, 4.0], [2.0, 5.0]]), "model.b.c": np.full(3, -2.0)}
    assert told(found) == told(due | {"model.n": SOME["n"]})


class Touch:
    """A pickle that would make a file."""

    def __init__(self, call, *arguments):
        self.call, self.arguments = call, arguments

    def __reduce__(self):
        return self.call, self.arguments


@pytest.mark.parametrize("protocol", [0, 1, 2, 3, 4, 5])
@pytest.mark.parametrize(
    "call", [os.system, os.mkdir, builtins.exec, builtins.eval, builtins.open, builtins.getattr]
)
def test_a_pickle_that_would_act_is_refused_and_does_nothing(
    tmp_path: Path, monkeypatch, call, protocol: int
) -> None:
    monkeypatch.chdir(tmp_path)
    words = {
        os.system: "touch probe",
        os.mkdir: "probe",
        builtins.exec: "open('probe', 'w')",
        builtins.eval: "open('probe', 'w')",
    }
    arguments = (words[call],) if call in words else ("probe", "w")
    path = archive(tmp_path / "x.pt", pickle.dumps({"a": Touch(call, *arguments)}, protocol))
    with pytest.raises(
        InputError, match="nothing of it was read; save the state_dict of the model with safetensors"
    ):
        torch_file.read(path)
    assert [p.name for p in tmp_path.iterdir()] == ["x.pt"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"cposix\nsystem\n.", "asks for 'posix.system'"),
        (b"ctorch\nload\n.", "asks for 'torch.load'"),
        (b"ctorch._utils\n_rebuild_parameter\n.", "asks for 'torch._utils._rebuild_parameter'"),
        (b"ccollections\nOrderedDict\n(K\x01tR.", "calls collections.OrderedDict"),
        (b"ctorch\nFloatStorage\n)R.", "calls torch.FloatStorage"),
        (b"(ios\nsystem\n.", "operation INST"),
        (b"\x80\x02ccollections\nOrderedDict\n)\x81.", "operation NEWOBJ"),
        (b"\x82\x01.", "operation EXT1"),
        (b"P1\n.", "operation PERSID"),
        (b"\x8f.", "operation EMPTY_SET"),
        (b"}q\x00h\x00h\x00s.", "is damaged"),  # a dictionary as its own key
        (b"}))s.", "is damaged"),  # a tuple as a key
        (b"h\x05.", "is damaged"),
        (b"(.", "is damaged"),
        (b"u.", "is damaged"),
        (b"}", "is damaged"),
        (b"", "is damaged"),
        (b"\xff\xff", "is damaged"),
        (b"K\x01K\x02b.", "is damaged"),
        (b"](K\x01b.", "is damaged"),
        (b"U\x01a.", "operation SHORT_BINSTRING"),
        (b"N.", None),
    ],
)
def test_what_no_plain_pickle_says_is_refused(content: bytes, said: str | None) -> None:
    if said is None:
        assert understood(content) is None
        return
    with pytest.raises(Refused, match=said):
        understood(content)


@given(st.binary(max_size=60))
@settings(max_examples=300, deadline=None)
def test_no_pickle_does_more_than_be_refused(content: bytes) -> None:
    with contextlib.suppress(Refused):
        understood(content)


def flipped(data: bytes, part: bytes) -> bytes:
    """An archive in which one bit of a part is another."""
    at = data.index(part) + 8
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def endless() -> bytes:
    loop: dict = {"a": 1}
    loop["b"] = loop
    return pickled(loop)


STATE, PARTS = state_dict(SOME)
CONTENT = pickled(STATE)
HOSTILE = {
    "text": lambda path: path.write_text("no archive"),
    "bare": lambda path: path.write_bytes(pickle.dumps({}, 2)),
    "no pickle": lambda path: zipfile.ZipFile(path, "w").close(),
    "compressed": lambda path: archive(path, CONTENT, {"data/0": bytes(10**7)}, method=zipfile.ZIP_DEFLATED),
    "lost part": lambda path: archive(path, CONTENT, {n: PARTS[n] for n in ("data/0", "data/2")}),
    "short part": lambda path: archive(path, CONTENT, PARTS | {"data/0": PARTS["data/0"][:-1]}),
    "cut": lambda path: path.write_bytes(archive(path, CONTENT, PARTS).read_bytes()[:900]),
    "flipped": lambda path: path.write_bytes(
        flipped(archive(path, CONTENT, PARTS).read_bytes(), PARTS["data/0"])
    ),
    "huge view": lambda path: write_torch(path, SOME, {"a": (0, (10**6, 10**6), (0, 0))}),
    "beyond": lambda path: write_torch(path, SOME, {"a": (3, (2, 2), (1, 3))}),
    "negative": lambda path: write_torch(path, SOME, {"a": (0, (2,), (-1,))}),
    "other end": lambda path: archive(path, CONTENT, PARTS, order="middle"),
    "endless": lambda path: archive(path, endless()),
    "lone": lambda path: archive(path, pickled(STATE["a"]), PARTS),
}


@pytest.mark.parametrize(
    ("sort", "said"),
    [
        ("text", "this is no intact file of torch.save"),
        ("bare", "it is a pickle, but not one of torch.save, so nothing of it was read"),
        ("no pickle", "it holds 0 parts named data.pkl instead of one"),
        ("compressed", "its parts are compressed, which torch never does"),
        ("lost part", "this is no intact file of torch.save"),
        ("short part", "x.pt, a: its shape [2, 3] does not fit the 5 numbers that are stored"),
        ("cut", "this is no intact file of torch.save"),
        ("flipped", "this is no intact file of torch.save"),
        ("huge view", "does not fit the 6 numbers that are stored"),
        ("beyond", "its shape [2, 2] does not fit the 6 numbers"),
        ("negative", "its pickle is damaged"),
        ("other end", "it does not say which end of its numbers comes first"),
        ("endless", "it nests dictionaries without an end"),
        ("lone", "it holds one array without a name"),
    ],
)
def test_hostile_files_are_refused_in_one_sentence(tmp_path: Path, sort: str, said: str) -> None:
    path = tmp_path / "x.pt"
    HOSTILE[sort](path)
    with pytest.raises(InputError) as caught:
        torch_file.read(path)
    assert said in str(caught.value)
    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)


def test_what_torch_wrote_before_version_1_6_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.pt"
    views = {"a": (1, (2, 2), (1, 3))}
    for given_ in ({}, views):
        path.write_bytes(sequence(SOME, given_))
        assert told(torch_file.read(path)) == told(
            torch_file.read(write_torch(tmp_path / "y.pt", SOME, given_))
        )
    big = {name: array.astype(array.dtype.newbyteorder(">")) for name, array in SOME.items()}
    body = sum(array.nbytes + 8 for array in SOME.values())
    parts = [struct.pack("<q", array.size) + array.tobytes() for array in big.values()]
    path.write_bytes(sequence(SOME, order="big", short=body) + b"".join(parts))
    assert told(torch_file.read(path)) == told(SOME)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (sequence(SOME, magic=7), "it is a pickle, but not one of torch.save"),
        (sequence(SOME, short=1), "it ends too early"),
        (sequence(SOME, keys=["0"]), "the numbers of '1' are missing in it"),
        (sequence(SOME, keys=["9"]), "its pickle is damaged"),
        (sequence(SOME, keys=[["0"]]), "its pickle is damaged"),
        (sequence(SOME, {"a": (3, (2, 2), (1, 3))}), "its shape [2, 2] does not fit the 6 numbers"),
        (pickled(0x1950A86A20F9469CFC6C) + b"cposix\nsystem\n.", "its pickle asks for 'posix.system'"),
        (pickled(0x1950A86A20F9469CFC6C), "its pickle is damaged"),
    ],
)
def test_what_is_wrong_with_such_a_file_is_told(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "x.pt"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        torch_file.read(path)
    assert said in str(caught.value)
    assert str(caught.value).startswith(str(path))


@given(st.binary(max_size=40), st.integers(0, 400))
@settings(max_examples=200, deadline=None)
def test_no_sequence_does_more_than_be_refused(tmp_path_factory, noise: bytes, at: int) -> None:
    path = tmp_path_factory.mktemp("noise") / "x.pt"
    whole = sequence(SOME)
    path.write_bytes(whole[:at] + noise + whole[at + len(noise) :])
    with contextlib.suppress(InputError):
        assert all(type(name) is str for name in torch_file.read(path))


def test_numbers_with_the_big_end_first_are_read(tmp_path: Path) -> None:
    state, _ = state_dict({"a": np.arange(3.0)})
    parts = {"data/0": np.arange(3.0).astype(">f8").tobytes()}
    path = archive(tmp_path / "x.pt", pickled(state), parts, order="big")
    assert told(torch_file.read(path)) == told({"a": np.arange(3.0)})


GOOD = safetensors_bytes({"a": np.zeros(2), "b": np.ones(1, "f4")})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "this is no file of safetensors"),
        (b"PK\x03\x04" + bytes(20), "this is no file of safetensors"),
        (struct.pack("<Q", 2**62) + b"{}", "it ends within its header"),
        (framed(b"{nonsense"), "its header is no JSON"),
        (framed(b'{"a": 3}'), "its header says nothing sensible of 'a'"),
        (framed({"a": {"dtype": "F32", "shape": [1], "data_offsets": [0]}}), "nothing sensible of 'a'"),
        (
            framed({"a": {"dtype": "F32", "shape": [1], "data_offsets": [4, 8]}}) + bytes(8),
            "does not begin where",
        ),
        (framed({"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, -4]}}), "does not begin where"),
        (
            framed({"a": {"dtype": "F32", "shape": [3], "data_offsets": [0, 4]}}) + bytes(4),
            "is not its shape [3]",
        ),
        (
            framed({"a": {"dtype": "F32", "shape": [-1, -1], "data_offsets": [0, 4]}}) + bytes(4),
            "is not its shape",
        ),
        (
            framed({"a": {"dtype": "F8_E4M3", "shape": [4], "data_offsets": [0, 4]}}) + bytes(4),
            "of the type F8_E4M3",
        ),
        (framed({"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}), "it ends 4 bytes too early"),
        (framed({"__metadata__": {"a": 1}}), "nothing sensible of '__metadata__'"),
        (GOOD[:-1], "it ends 1 byte too early"),
        (GOOD + b"x", "1 bytes in it belong to no array"),
        (framed(b'{"a":' + b"[" * 100000), "its header is no JSON"),
    ],
)
def test_damaged_safetensors_are_refused_in_one_sentence(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "x.safetensors"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        safetensors.read(path)
    assert said in str(caught.value)


@given(st.binary(max_size=40), st.integers(0, len(GOOD) - 1))
@settings(max_examples=100, deadline=None)
def test_noise_in_safetensors_is_read_or_refused(tmp_path_factory, noise: bytes, at: int) -> None:
    path = tmp_path_factory.getbasetemp() / "noise.safetensors"
    path.write_bytes(GOOD[:at] + noise + GOOD[at + len(noise) :])
    with contextlib.suppress(InputError):
        safetensors.read(path)


def test_an_archive_of_numpy_with_objects_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.npz"
    np.savez(path, a=np.array([Touch(os.mkdir, str(tmp_path / "probe"))], dtype=object))
    with pytest.raises(InputError, match="damaged or holds objects"):
        npz.read(path)
    assert not (tmp_path / "probe").exists()
    path.write_bytes(b"PK no archive")
    with pytest.raises(InputError, match="no intact archive of numpy"):
        npz.read(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for k in range(3):
            target.writestr(f"{k}.npy", bytes(100 * 2**20))
    with pytest.raises(InputError, match="unpacked it is larger than 256 MB"):
        npz.read(path)


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    write_safetensors(tmp_path / "model.safetensors", SOME)
    with pytest.raises(InputError, match="there is no such file; did you mean model"):
        safetensors.read(tmp_path / "modell.safetensors")
    with pytest.raises(InputError, match="there is no such file"):
        torch_file.read(tmp_path / "modell.pt")
