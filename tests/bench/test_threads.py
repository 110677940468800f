"""One thread unless said: what a library takes besides would be its gain."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from circuitsim.bench.alone import VARIABLES, one_thread
from circuitsim.bench.bench import peers

SEVERAL = {"two_threads"}  # as its title says
APART = {"brian2_standalone"}  # a process of its own, built without OpenMP
PLACES = {"N10k", "N302"}  # large enough to be worth sharing
TASKS = Path("/proc/self/task")

RUN = """
import sys
from circuitsim.bench.alone import one_thread
with one_thread():
    assert "numpy" not in sys.modules
    import os
    from pathlib import Path
    from circuitsim.bench.bench import peers
    from circuitsim.bench.cases import CASES
    from circuitsim.bench.workload import workload

    def used():
        found = {}
        for task in Path("/proc/self/task").iterdir():
            words = (task / "stat").read_text().rpartition(")")[2].split()
            found[task.name] = int(words[11]) + int(words[12])
        return found

    peer = peers()[sys.argv[1]]
    run = peer.prepare(workload(CASES[sys.argv[2]]).quiet() if peer.quiet else workload(CASES[sys.argv[2]]))
    run(1.0)
    spent, duration = {}, 1.0
    while sum(spent.values()) < 25:  # hundredths of a second
        before = used()
        run(duration)
        spent = {task: ticks - before.get(task, 0) for task, ticks in used().items()}
        duration *= 4
    print(max(spent.values()) / sum(spent.values()))
"""


@pytest.mark.skipif(not TASKS.exists(), reason="the system does not tell the times of threads")
@pytest.mark.parametrize("name", [name for name in peers() if name not in SEVERAL | APART])
def test_one_thread_does_the_work(name):
    peer = peers()[name]
    if not peer.installed:
        pytest.skip("it is not installed")
    case = next(case for case in reversed(peer.cases) if case in PLACES)
    done = subprocess.run(
        [sys.executable, "-c", RUN, name, case], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert float(done.stdout) > 0.9


def test_the_command_tells_libraries_before_they_are_loaded():
    code = (
        "import os, sys; from circuitsim.cli.parser import parse; verb, values = parse(['bench', '--json', '.']);"
        "assert 'numpy' not in sys.modules; import circuitsim.spec.atomic as atomic;"
        "atomic.check = lambda _: sys.exit(os.environ['OPENBLAS_NUM_THREADS'] + os.environ['NPROC']); verb.run(values)"
    )
    environment = {name: value for name, value in os.environ.items() if name not in VARIABLES}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=False
    )
    assert done.stderr.strip() == "11"


def test_what_was_told_before_is_told_again(monkeypatch):
    first, second = VARIABLES[:2]
    monkeypatch.setenv(first, "7")
    monkeypatch.delenv(second, raising=False)
    with one_thread():
        assert {os.environ[name] for name in VARIABLES} == {"1"}
    assert os.environ[first] == "7"
    assert second not in os.environ
