"""The comparison: one workload for everybody, honest clocks, and a sentence for who is not there."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace

import numpy as np
import pytest

from circuitsim.__main__ import main
from circuitsim.bench import bench as comparison
from circuitsim.bench import measure, own, truth
from circuitsim.bench._declare import Missing, Peer
from circuitsim.bench.bench import Row, bench, peers
from circuitsim.bench.cases import CASES
from circuitsim.bench.truth import END, reference
from circuitsim.bench.workload import workload

SMALL = CASES["N19"]
ERRORS = {"rk4": 1e-6, "fused": 0.1, "dormand_prince": 1e-4}  # at time 10 s, of each method at its step


@pytest.mark.parametrize("case", ["N19", "N64d", "N302"])
def test_the_recipe_gives_the_synapses_it_says(case):
    work = workload(CASES[case])
    assert work.first[-1] == work.pre.size == CASES[case].synapses
    pairs = set(zip(work.pre.tolist(), work.post.tolist(), strict=True))
    assert len(pairs) == CASES[case].synapses  # each partner once


@pytest.mark.parametrize("quiet", [False, True])
@pytest.mark.parametrize("solver", list(ERRORS))
def test_circuitsim_computes_the_workload(solver, quiet):
    work = workload(SMALL).quiet() if quiet else workload(SMALL)
    run = own.prepare(work, solver, None if solver == "dormand_prince" else 0.05)
    assert np.abs(run(END) - reference(work)).max() < ERRORS[solver]


@pytest.mark.parametrize("name", list(peers()))
def test_a_peer_computes_the_same(name):
    peer = peers()[name]
    work = workload(SMALL).quiet() if peer.quiet else workload(SMALL)
    try:
        run = comparison._prepared(peer, work)
    except Missing as missing:
        pytest.skip(str(missing))
    other = own.prepare(work, peer.solver, peer.step)(END)
    together = 1e-4 if peer.step is None else 1e-11  # the same method at the same step gives the same numbers
    assert np.abs(run(END) - other).max() < (1e-6 if name == "single_precision" else together)


def test_what_every_run_takes_to_begin_is_told_apart(monkeypatch):
    now = itertools.count()
    clock = [0.0]
    monkeypatch.setattr(measure.time, "perf_counter", lambda: clock[0])

    def taking(begin, cost):
        def run(duration):
            clock[0] += begin + cost * duration + 1e-6 * (next(now) % 2)

        return run

    found, fallen = measure.paces({"a": taking(2.0, 0.25), "b": taking(0.0, 1e-3)}, takes=1.0, rounds=3)
    assert not fallen
    assert found["a"].cost == pytest.approx(0.25, rel=1e-3)
    assert found["a"].begin == pytest.approx(2.0, rel=1e-3)
    assert found["b"].cost == pytest.approx(1e-3, rel=1e-2)
    assert 0.0 <= found["b"].spread < 0.05


def test_a_task_that_nobody_else_does_is_left_out():
    nobody = Peer("nobody", "Nobody", "euler", lambda _: None, modules=("nobody_at_all",))
    found = list(bench(["N19"], [nobody], lambda _: None, takes=0.001, rounds=1))
    assert [row.task.solver for row in found if isinstance(row, Row)] == ["rk4", "fused"]


def test_the_table_and_its_file_say_the_same(tmp_path, capsys, monkeypatch):
    real = bench
    monkeypatch.setattr(
        comparison, "bench", lambda cases, asked, told: real(cases, asked[:0], told, takes=0.001, rounds=2)
    )
    assert main(["bench", "--case", "N19", "--json", str(tmp_path / "b.json")]) == 0
    printed = capsys.readouterr().out
    assert "N19: 19 neurons, 253 synapses" in printed
    kept = json.loads((tmp_path / "b.json").read_text())
    assert [row["solver"] for row in kept["rows"]] == ["rk4", "fused"]
    assert all(f"{row['solver']}, steps of {row['step']:g} s" in printed for row in kept["rows"])
    assert kept["complete"]
    assert max(map(len, printed.splitlines())) <= 100
    assert all(len(row["rounds"]) == 2 and row["times_circuitsim"] == 1.0 for row in kept["rows"])
    assert kept["versions"]["circuitsim"]


@pytest.mark.parametrize(
    ("place", "said"), [("none/b.json", "its folder does not exist"), (".", "it is a folder, not a file")]
)
def test_a_file_that_cannot_be_written_is_told_before_anything_runs(
    place, said, tmp_path, capsys, monkeypatch
):
    monkeypatch.setattr(comparison, "bench", lambda *_: pytest.fail("it ran"))
    assert main(["bench", "--json", str(tmp_path / place)]) == 2
    assert said in capsys.readouterr().err


def test_a_name_of_a_file_is_not_empty(capsys, monkeypatch):
    monkeypatch.setattr(comparison, "bench", lambda *_: pytest.fail("it ran"))
    assert main(["bench", "--json", ""]) == 2
    assert "--json: a name of a file is missing" in capsys.readouterr().err


def test_a_case_that_is_named_twice_is_measured_once_and_its_truth_computed_once(monkeypatch):
    asked = []

    def counted(work):
        asked.append(work)
        return real(work)

    real = truth.reference
    monkeypatch.setattr(truth, "reference", counted)
    found = list(bench(["N19", "N19"], [], lambda _: None, takes=0.001, rounds=1))
    assert [row.task.solver for row in found] == ["rk4", "fused"]
    assert len(asked) == 1


def test_an_interrupted_comparison_keeps_what_was_measured(tmp_path, capsys, monkeypatch):
    def interrupted(cases, asked, told):
        yield next(real(cases, asked[:0], told, takes=0.001, rounds=1))
        raise KeyboardInterrupt

    real, out = bench, tmp_path / "b.json"
    monkeypatch.setattr(comparison, "bench", interrupted)
    assert main(["bench", "--case", "N19", "--json", str(out)]) == 130
    kept = json.loads(out.read_text())
    assert [row["solver"] for row in kept["rows"]] == ["rk4"]
    assert not kept["complete"]
    assert str(out) in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [out]


def test_an_interruption_before_the_first_figure_keeps_the_old_file(tmp_path, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    out = tmp_path / "b.json"
    out.write_text("old")
    monkeypatch.setattr(comparison, "bench", interrupted)
    assert main(["bench", "--json", str(out)]) == 130
    assert out.read_text() == "old"


def test_the_looser_reference_is_tight_enough():
    small = workload(SMALL)
    loose = replace(small, case=replace(SMALL, tolerance=CASES["N100k"].tolerance))
    assert np.abs(reference(loose) - reference(small)).max() < 1e-9
