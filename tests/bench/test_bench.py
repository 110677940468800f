"""The comparison: one workload for everybody, honest clocks, and a sentence for who is not there."""

from __future__ import annotations

import itertools
import json

import numpy as np
import pytest

from circuitsim.__main__ import main
from circuitsim.bench import bench as comparison
from circuitsim.bench import measure, own
from circuitsim.bench._declare import Missing, Peer
from circuitsim.bench.bench import END, Absent, bench, peers, reference
from circuitsim.bench.peers import limit
from circuitsim.bench.workload import CASES, workload

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

    found = measure.paces({"a": taking(2.0, 0.25), "b": taking(0.0, 1e-3)}, takes=1.0, rounds=3)
    assert found["a"].cost == pytest.approx(0.25, rel=1e-3)
    assert found["a"].begin == pytest.approx(2.0, rel=1e-3)
    assert found["b"].cost == pytest.approx(1e-3, rel=1e-2)
    assert 0.0 <= found["b"].spread < 0.05


def test_who_is_not_installed_is_named_with_the_remedy():
    nobody = Peer(
        "nobody", "Nobody", "rk4", lambda _: None, modules=("nobody_at_all",), remedy="ask for them"
    )
    found = list(bench(["N19"], [nobody], lambda _: None, takes=0.001, rounds=1))
    assert found[-1] == Absent("nobody", "Nobody", "it is not installed: ask for them")
    assert [row.task.solver for row in found[:-1]] == ["rk4", "fused"]


def test_a_task_that_nobody_else_does_is_left_out():
    nobody = Peer("nobody", "Nobody", "euler", lambda _: None, modules=("nobody_at_all",))
    found = list(bench(["N19"], [nobody], lambda _: None, takes=0.001, rounds=1))
    assert [row.task.solver for row in found[:-1]] == ["rk4", "fused"]


def test_without_a_compiler_the_limit_is_missing(monkeypatch):
    monkeypatch.setattr(limit.shutil, "which", lambda _: None)
    limit._library.cache_clear()
    with pytest.raises(Missing, match=r"no C\+\+ compiler"):
        limit.PEER.prepare(workload(SMALL))


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
    assert all(f"circuitsim, {row['solver']}" in printed for row in kept["rows"])
    assert all(len(row["rounds"]) == 2 and row["times_circuitsim"] == 1.0 for row in kept["rows"])
    assert kept["versions"]["circuitsim"]


def test_a_file_that_cannot_be_written_is_told_before_anything_runs(tmp_path, capsys):
    assert main(["bench", "--json", str(tmp_path / "none" / "b.json")]) == 2
    assert "none" in capsys.readouterr().err
