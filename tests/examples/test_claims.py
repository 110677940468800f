"""What the examples and their notes claim: measured against scipy's DOP853, and held under every solver."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from measures import measure

from circuitsim.circuit.edits import Delete, SetParameter, SetSettings
from circuitsim.circuit.elements import Named, Neuron, Synapse, Table
from circuitsim.engine.hazards import unfit
from circuitsim.engine.proposal import propose
from circuitsim.engine.run import run
from circuitsim.io.circuits.circuit_json import loads
from circuitsim.spec.catalogue import kinds
from circuitsim.spec.paths import resources

if TYPE_CHECKING:
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.engine.samples import Samples

CLAIMS = json.loads((Path(__file__).parents[1] / "data" / "gallery_claims.json").read_text())["circuits"]
CASES = [
    pytest.param(example, claim, id=f"{example}: {claim['text']}")
    for example, content in CLAIMS.items()
    for claim in content["claims"]
]
EVERY = 0.02  # the claims were measured on rows this far apart


def load(example: str) -> Circuit:
    path = resources() / "examples" / f"{example}.circuit.json"
    return loads(path.read_bytes(), path)


def prepared(example: str, protocol: dict[str, Any]) -> Circuit:
    """The circuit with the parameters a protocol sets and without the connections it mutes."""
    circuit = load(example)
    for change in protocol.get("set", []):
        name = change.get("neuron") or change.get("input")
        changed = circuit[name] if name else between(circuit, change["from"], change["to"])
        circuit.apply(SetParameter((changed.id,), change["parameter"], change["value"]))
    muted = {circuit[name].id for name in protocol.get("mute", [])}
    mutual = {s.id for s in circuit.synapses if s.kind == "electrical" and s.post in muted}
    outgoing = {s.id for s in circuit.synapses if s.pre in muted}
    circuit.apply(Delete(frozenset(outgoing | mutual)))
    return circuit


def between(circuit: Circuit, pre: str, post: str) -> Synapse:
    (found,) = [s for s in circuit.synapses if (s.pre, s.post) == (circuit[pre].id, circuit[post].id)]
    return found


def tables(protocol: dict[str, Any]) -> dict[str, Table]:
    """What hands do in a protocol, as tables of input."""
    result = {name: Table((0.0,), (value,)) for name, value in protocol.get("hold", {}).items()}
    for name, presses in protocol.get("press", {}).items():
        rows = [(0.0, 0.0)]
        for begin, end in presses:
            rows += [(float(begin), 1.0), (float(end), 0.0)]
        result[name] = Table(*zip(*rows, strict=True))
    return result


@cache
def samples(example: str, name: str) -> Samples:
    protocol = CLAIMS[example]["protocols"][name]
    return run(
        prepared(example, protocol), duration=protocol["duration"], inputs=tables(protocol), every=EVERY
    )


@pytest.mark.parametrize(("example", "claim"), CASES)
def test_claim(example: str, claim: dict[str, Any]) -> None:
    value = measure(samples(example, claim["protocol"]), claim["what"])
    assert within(value, claim)
    assert value == pytest.approx(claim["measured"], rel=5e-5, abs=2e-6)


def within(value: float, claim: dict[str, Any]) -> bool:
    low, high = (end if end is not None else math.nan for end in claim["range"])
    return not (value < low or value > high or math.isnan(value))


def until(what: dict[str, Any], duration: float) -> float:
    """The last time that a measure looks at."""
    if "of" in what:
        return max(until(part, duration) for part in what["of"])
    return float(what.get("t", (0.0, duration))[1])


def proposed(circuit: Circuit) -> float:
    """The step that is proposed where the settings name none."""
    bare = circuit.copy()
    bare.apply(SetSettings(replace(bare.document.settings, solver=None, dt=None)))
    return propose(bare).dt


@pytest.mark.parametrize("solver", [k.id for k in kinds().solvers.values() if k.model is None])
@pytest.mark.parametrize("example", CLAIMS)
def test_every_claim_holds_under_every_solver(example: str, solver: str) -> None:
    """At the step that is proposed for the example, which is that of its file, as a user has it who takes another solver.

    A solver that reproduces a model which is no differential equation claims nothing of the kind.
    Without the file a smaller step is proposed. There the solvers of order 1 are tried, whose error is largest.
    """
    plain = load(example)
    if unfit(plain, solver):
        pytest.skip("the solver does not fit")
    steps = {propose(plain).dt} | ({proposed(plain)} if kinds().solvers[solver].order == 1 else set())
    failed = {}
    for name, protocol in CLAIMS[example]["protocols"].items():
        circuit = prepared(example, protocol)
        claims = [claim for claim in CLAIMS[example]["claims"] if claim["protocol"] == name]
        end = max((until(claim["what"], protocol["duration"]) for claim in claims), default=0.0)
        for dt in steps if claims else ():
            every = dt * max(1, round(EVERY / dt))
            found = run(circuit, duration=end, dt=dt, solver=solver, inputs=tables(protocol), every=every)
            values = {claim["text"]: measure(found, claim["what"]) for claim in claims}
            failed |= {(c["text"], dt): values[c["text"]] for c in claims if not within(values[c["text"]], c)}
    assert not failed


@pytest.mark.parametrize("example", CLAIMS)
def test_a_file_names_a_step_only_to_go_faster(example: str) -> None:
    """So what holds at its step holds at the one that is proposed without it, and the error is known to be small."""
    circuit = load(example)
    assert proposed(circuit) <= propose(circuit).dt
    assert run(circuit, every=EVERY).error < 1e-4


def mean_v(run_: Samples, cells: str, t: float) -> float:
    return measure(run_, {"measure": "at_end", "signal": f"meanv:{cells}", "t": [0, t]})


BACKWARD, FORWARD = "AVAL,AVAR,AVDL,AVDR", "AVBL,AVBR,PVCL,PVCR"


def test_tap_note() -> None:
    """T lifts the backward cells over the forward ones; without AVM it does not."""
    circuit = load("tap-withdrawal")
    press = {"tap": Table((0.0, 8.0, 12.0), (0.0, 1.0, 0.0))}
    whole = run(circuit, duration=14.0, inputs=press)
    assert mean_v(whole, BACKWARD, 7.9) < mean_v(whole, FORWARD, 7.9)
    assert mean_v(whole, BACKWARD, 12.0) > mean_v(whole, FORWARD, 12.0) + 0.1
    circuit.apply(Delete(frozenset({circuit["AVM"].id})))
    cut = run(circuit, duration=14.0, inputs=press)
    assert mean_v(cut, BACKWARD, 12.0) < mean_v(cut, FORWARD, 12.0)


BEAT = {"measure": "period", "signal": "v:left", "t": [10, 40], "level": 0.1}
SWING = {"measure": "amplitude", "signal": "v:left", "t": [25, 40]}


def test_half_centre_note() -> None:
    """Less drive makes smaller swings, a nudge shifts the beat, and slower companions make a slower beat."""
    circuit = load("half-centre")
    plain = run(circuit, every=EVERY)
    weak = run(circuit, every=EVERY, inputs={"drive": Table((0.0,), (0.7,))})
    assert measure(weak, SWING) < 0.95 * measure(plain, SWING)
    nudged = run(circuit, every=EVERY, inputs={"nudge_left": Table((0.0, 20.0, 21.0), (0.0, 1.0, 0.0))})
    shifted = {"measure": "at_end", "signal": "v:left", "t": [0, 38]}
    assert abs(measure(nudged, shifted) - measure(plain, shifted)) > 0.05
    assert measure(nudged, SWING) > 0.5
    tires = tuple(circuit[name].id for name in ("tire_left", "tire_right"))
    slower = 2 * circuit.get(tires[0], Neuron).parameters["capacitance"]
    circuit.apply(SetParameter(tires, "capacitance", slower))
    assert measure(run(circuit, every=EVERY), BEAT) == pytest.approx(5.3, abs=0.1)


def test_half_centre_stops_when_the_synapse_is_deleted() -> None:
    circuit = load("half-centre")
    circuit.apply(Delete(frozenset({between(circuit, "left", "right").id})))
    assert measure(run(circuit, every=EVERY), SWING) < 0.02


def test_liquid_note() -> None:
    """At high tide the time constant is short and the ripple comes through; still never changes."""
    found = run(load("liquid"), every=EVERY)
    tau = [measure(found, {"measure": "mean", "signal": "tau:liquid", "t": t}) for t in ([23, 25], [31, 33])]
    assert tau[0] < 0.2 < 2.0 < tau[1]
    still = found.tau[:, found.neuron_names.index("still")]
    assert math.isclose(still.min(), still.max(), rel_tol=1e-12)


def test_bands_note() -> None:
    """The neuron band answers high tones only while select is on; the lower select, the slower liquid and its cut-off."""
    circuit = load("bands")
    closed, opened = (
        measure(samples("bands", "demo"), {"measure": "amplitude", "signal": "v:band", "t": t})
        for t in ([16, 20], [36, 40])
    )
    assert opened > 2.0 * closed
    means = []
    for height in (1.0, 0.5, 0.3, 0.0):
        circuit.apply(SetParameter((circuit["select"].id,), "height", height))
        found = run(circuit, duration=40.0, every=EVERY)
        means.append(measure(found, {"measure": "mean", "signal": "tau:liquid", "t": [25, 40]}))
    assert means == sorted(means)
    assert means[0] < 0.13 < 0.19 < means[1] < 0.3 < means[2] < 2.0 < means[3]


@pytest.mark.parametrize(
    ("gone", "steers", "brakes"), [("C1", True, True), ("C3", False, True), ("C4", True, False)]
)
def test_driver_note(gone: str, steers: bool, brakes: bool) -> None:
    """Deleting C3 costs the steering, C4 the brake, and C1 next to nothing."""
    circuit = load("driver")
    whole = samples("driver", "demo")
    circuit.apply(Delete(frozenset({circuit[gone].id})))
    cut = run(circuit, duration=CLAIMS["driver"]["protocols"]["demo"]["duration"], every=EVERY)
    for signals, kept in (
        (["diff:steer_left|steer_right", "diff:wall_right|wall_left"], steers),
        (["v:brake", "v:ahead"], brakes),
    ):
        follows = {"measure": "correlation", "signals": signals, "t": [10, 80]}
        lost = measure(whole, follows) - measure(cut, follows)
        assert lost < 0.05 if kept else lost > 0.3


@pytest.mark.parametrize(("bid", "taken"), [(1.0, False), (1.3, True)])
def test_the_holder_of_the_crown_has_an_advantage(bid: float, taken: bool) -> None:
    """A bid that is a little above that of the holder is not enough, one that is far above is."""
    bids = {f"bid_{k}": Table((0.0,), (low,)) for k, low in ((1, 0.9), (3, 0.4), (4, 0.4))}
    bids["bid_2"] = Table((0.0, 12.0), (0.5, bid))
    found = run(load("winner-take-all"), duration=40.0, inputs=bids, every=EVERY)
    holder, rival = (measure(found, {"measure": "at_end", "signal": f"v:W{k}"}) for k in (1, 2))
    assert (rival > holder + 0.3) is taken
    assert (holder > rival + 0.3) is not taken


def test_buttons_wait_for_the_hand() -> None:
    for example in CLAIMS:
        for source in load(example).inputs:
            assert source.stimulus != "button" or (source.parameters["state"] == 0.0 and source.key)


def test_every_name_of_the_claims_is_in_the_circuit() -> None:
    for example, content in CLAIMS.items():
        circuit = load(example)
        for protocol in content["protocols"].values():
            for name in (*protocol.get("press", {}), *protocol.get("hold", {}), *protocol.get("mute", [])):
                assert isinstance(circuit[name], Named)
