"""The table of a comparison, as text and as JSON."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from circuitsim.bench.bench import Absent, Row
from circuitsim.bench.workload import CASES
from circuitsim.spec.version import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping

LIBRARIES = ("numpy", "numba", "scipy", "brian2", "jax", "diffrax", "ncps", "torch")
UNITS = ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns"))


@dataclass
class Report:
    """What was measured, and where.

    Attributes:
        machine: Processor, number of its cores, system and load, by name.
        versions: Of Python, circuitsim and the libraries that are installed.
    """

    machine: Mapping[str, Any]
    versions: Mapping[str, str]
    _found: list[Row | Absent] = field(default_factory=list)
    _case: str = ""

    @classmethod
    def begun(cls) -> Self:
        """An empty report of this machine."""
        machine = {
            "processor": _processor(),
            "cores": os.cpu_count(),
            "system": f"{platform.system()} {platform.machine()}",
            "load": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
        }
        versions = {"circuitsim": __version__, "Python": platform.python_version()}
        for name in LIBRARIES:
            try:
                versions[name] = version(name)
            except PackageNotFoundError:
                continue
        return cls(machine, versions)

    def add(self, found: Row | Absent) -> None:
        """Keep a figure."""
        self._found.append(found)

    def head(self) -> str:
        """What stands above the table."""
        machine = self.machine
        load = "" if machine["load"] is None else f", load {machine['load']}"
        lines = (
            f"{machine['processor']}, {machine['cores']} cores, {machine['system']}{load}",
            ", ".join(f"{name} {number}" for name, number in self.versions.items()),
            "One thread unless said; medians of rounds in turn, of what a second of the circuit costs, without what a run takes to begin.",
            "error: greatest distance of a state from DOP853 at 1e-12, after 10 s of the circuit",
        )
        return "\n".join(lines)

    def line(self, found: Row | Absent) -> str:
        """A line of the table, after the title of its case where that is another one."""
        if isinstance(found, Absent):
            return f"\n{found.title}: not run; {found.reason}"
        title = ""
        if found.case != self._case:
            self._case, case = found.case, CASES[found.case]
            title = (
                f"\n{case.id}: {case.neurons:,} neurons, {case.synapses:,} synapses\n"
                f"  {'':<34}{'a step':>10}{'steps/s':>12}{'spread':>9}{'times':>9}{'error':>11}\n"
            )
        own = found.id == "circuitsim"
        name = found.title + (", no inputs" if own and found.task.quiet else "")
        ratio = "" if own else f"{found.ratio:.3g}"
        step = found.task.step
        if step is None:
            pace = f"{_time(found.pace.cost)}/s", "adaptive"
        else:
            pace = _time(found.pace.cost * step), _rate(1.0 / (found.pace.cost * step))
        spread = f"±{100 * found.pace.spread:.0f} %"
        return f"{title}  {name:<34}{pace[0]:>10}{pace[1]:>12}{spread:>9}{ratio:>9}{found.error:>11.1e}"

    def json(self) -> str:
        """Everything, for programs."""
        rows = [_of_row(row) for row in self._found if isinstance(row, Row)]
        absent = [vars(each) for each in self._found if isinstance(each, Absent)]
        whole = {"machine": self.machine, "versions": self.versions, "rows": rows, "not_run": absent}
        return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def _of_row(row: Row) -> dict[str, Any]:
    case, task = CASES[row.case], row.task
    return {
        "case": row.case,
        "neurons": case.neurons,
        "synapses": case.synapses,
        "id": row.id,
        "title": row.title,
        "solver": task.solver,
        "step": task.step,
        "inputs": not task.quiet,
        "seconds_per_second": row.pace.cost,
        "rounds": row.pace.costs,
        "seconds_to_begin": row.pace.begin,
        "times_circuitsim": row.ratio,
        "error": row.error,
    }


def _time(seconds: float) -> str:
    size, unit = next(((s, u) for s, u in UNITS if seconds >= s), UNITS[-1])
    return f"{seconds / size:.3g} {unit}"


def _rate(per_second: float) -> str:
    return f"{float(f'{per_second:.3g}'):,.0f}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "a processor that tells no name"
    return next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "a processor"
    )
