"""The table of a comparison, as text and as JSON."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import dataclass, field
from fractions import Fraction
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Self

from circuitsim.bench.bench import OWN, Absent, Row, Task
from circuitsim.bench.cases import CASES, TIGHT
from circuitsim.bench.measure import ROUNDS
from circuitsim.bench.own import KEPT, TOLERANCE
from circuitsim.bench.truth import END
from circuitsim.spec.version import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping

LIBRARIES = ("numpy", "numba", "scipy", "brian2", "jax", "diffrax", "ncps", "torch")
NAME, WIDTH = 30, 100  # characters of a title and of a line
COLUMNS = ("a step", "steps/s", "spread", "times", "error", "runs of")
WIDTHS = (11, 11, 8, 9, 10, 12)
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
    _group: tuple[str, Task | None] = ("", None)

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

    @property
    def measured(self) -> bool:
        """Whether there is a figure."""
        return any(isinstance(each, Row) for each in self._found)

    def head(self) -> str:
        """What stands above the table."""
        machine = self.machine
        load = "" if machine["load"] is None else f", load {machine['load']}"
        versions = wrap(", ".join(f"{name} {number}" for name, number in self.versions.items()), WIDTH)
        place = f"{machine['processor']}, {machine['cores']} cores, {machine['system']}{load}"
        return "\n".join((place, *versions, "", _explained()))

    def line(self, found: Row) -> str:
        """A line of the table, after the titles of its case and its group where those are other ones."""
        case, task = self._group
        self._group = found.case, found.task
        titles = ""
        if found.case != case:
            titles = f"\n{_of_case(found.case)}\n  {_of_task(found.task):<{NAME + 2}}{_cells(COLUMNS)}\n"
        elif found.task != task:
            titles = f"  {_of_task(found.task)}\n"
        return titles + f"    {found.title:<{NAME}}{_cells(_figures(found))}".rstrip()

    def foot(self) -> str:
        """Who gave no figure, where and why, and the commands that mend it; empty if nobody is missing."""
        groups: dict[tuple[str, str], dict[str, list[str]]] = {}
        for each in self._found:
            if isinstance(each, Absent):
                named = groups.setdefault((each.reason, each.remedy), {}).setdefault(each.title, [])
                named.append(each.case)
        lines = []
        for (reason, remedy), titles in groups.items():
            lines += ["", *(f"{title} ({', '.join(cases)})" for title, cases in titles.items())]
            lines += wrap(f"absent: {reason}", WIDTH, initial_indent="  ", subsequent_indent="    ")
            lines += [f"    {remedy}"] if remedy else []  # in one line, so that it can be copied
        return "\n".join(lines)

    def json(self, *, complete: bool = True) -> str:
        """Everything, for programs.

        Args:
            complete: False if the comparison was interrupted.
        """
        rows = [_of_row(row) for row in self._found if isinstance(row, Row)]
        absent = [vars(each) for each in self._found if isinstance(each, Absent)]
        whole = {
            "complete": complete, "machine": self.machine, "versions": self.versions, "rows": rows,
            "not_run": absent,
        }  # fmt: skip
        return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def _explained() -> str:
    return f"""\
One thread unless a row says otherwise. circuitsim records every {KEPT}th step, the others nothing.
Adaptive steps keep to {_power(TOLERANCE)} of |v| + 0.001, those of circuitsim to a third of it of 1 + |v|.
  a step    what it costs, or what a second of the circuit costs (/s), without what a run takes to
            begin: the median of {ROUNDS} rounds, in which the rows of a group take turns
  spread    half the distance from the quickest round to the slowest
  times     cost as a multiple of circuitsim's row above, at the head of the group
  error     greatest distance of a state from DOP853 at {_power(TIGHT)} in plain numpy, after {END:g} s
  runs of   seconds of the circuit that a round simulates"""


def _of_case(name: str) -> str:
    case = CASES[name]
    looser = "" if case.tolerance == TIGHT else f" (errors against DOP853 at {_power(case.tolerance)})"
    return f"{case.id}: {case.neurons:,} neurons, {case.synapses:,} synapses{looser}"


def _of_task(task: Task) -> str:
    inputs = ", no inputs" if task.quiet else ""
    if task.step is None:
        return f"{task.solver}, adaptive{inputs}"
    step = Fraction(task.step).limit_denominator(100)
    length = f"{task.step:g}" if abs(float(f"{task.step:g}") - task.step) < 1e-12 else str(step)
    return f"{task.solver}, steps of {length} s{inputs}"


def _figures(row: Row) -> tuple[str, ...]:
    pace, step = row.pace, row.task.step
    return (
        f"{_time(pace.cost)}/s" if step is None else _time(pace.cost * step),
        "" if step is None else _rate(1.0 / (pace.cost * step)),
        f"±{100 * pace.spread:.0f} %",
        "" if row.id == OWN else _times(row.ratio),
        f"{row.error:.1e}",
        f"{pace.lasts:,.0f} s" if pace.lasts >= 100 else f"{pace.lasts:g} s",
    )


def _cells(words: tuple[str, ...]) -> str:
    return "".join(f"{word:>{width}}" for word, width in zip(words, WIDTHS, strict=True))


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
        "tolerance": TOLERANCE if task.step is None else None,
        "inputs": not task.quiet,
        "seconds_per_second": row.pace.cost,
        "rounds": row.pace.costs,
        "seconds_to_begin": row.pace.begin,
        "seconds_simulated": row.pace.lasts,
        "times_circuitsim": row.ratio,
        "error": row.error,
        "error_against_tolerance": case.tolerance,
    }


def _power(value: float) -> str:
    """A small number as people write it: 1e-6."""
    return f"{value:g}".replace("e-0", "e-")


def _time(seconds: float) -> str:
    size, unit = next(((s, u) for s, u in UNITS if seconds >= s), UNITS[-1])
    return f"{seconds / size:.3g} {unit}"


def _times(ratio: float) -> str:
    return f"{ratio:.3g}" if ratio < 1000 else _rate(ratio)


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
