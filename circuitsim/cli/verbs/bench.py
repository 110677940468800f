"""circuitsim bench: how fast this machine is with circuitsim, and with others."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from circuitsim.bench.cases import CASES
from circuitsim.cli.output import say
from circuitsim.cli.verb import Verb, named

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

    from circuitsim.bench.report import Report

USUAL = ("N19", "N302", "N10k")


def _declare(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add(
        "--peers", action="store_true", help="run all peers that are installed, and say how to get the others"
    )
    add(
        "--case",
        nargs="+",
        choices=tuple(CASES),
        metavar="ID",
        help=f"sizes of the circuit: {', '.join(CASES)} (default: {' '.join(USUAL)}, about four minutes; "
        "with --peers all five, about half an hour)",
    )
    add("--json", metavar="FILE", type=named, help="where the figures are written too")


def _run(values: Namespace) -> int:
    from circuitsim.bench.alone import one_thread

    with one_thread():
        return _compared(values)


def _compared(values: Namespace) -> int:
    from circuitsim.bench.bench import Row, bench, peers
    from circuitsim.bench.report import Report
    from circuitsim.spec import atomic

    out = None if values.json is None else Path(values.json)
    if out is not None:
        atomic.check(out)
    asked = [peer for peer in peers().values() if peer.always or values.peers]
    cases = values.case or (tuple(CASES) if values.peers else USUAL)
    report = Report.begun()
    print(report.head(), flush=True)
    with _kept(report, out):
        for found in bench(cases, asked, _tell):
            report.add(found)
            if isinstance(found, Row):
                _tell("")
                print(report.line(found), flush=True)
        _tell("")
        if foot := report.foot():
            print(foot, flush=True)
    return 0


@contextmanager
def _kept(report: Report, out: Path | None) -> Iterator[None]:
    """Write the figures at the end, and those that there are if it comes too soon."""
    from circuitsim.spec import atomic

    try:
        yield
    except BaseException:
        if out is not None and report.measured:
            atomic.write_bytes(out, report.json(complete=False).encode())
            say(f"What was measured until then stands in {out}.")
        raise
    if out is not None:
        atomic.write_bytes(out, report.json().encode())


def _tell(words: str) -> None:
    """What is being done, where somebody watches."""
    if sys.stderr.isatty():
        print(f"\r\x1b[2K{words}\r", end="", file=sys.stderr, flush=True)


VERB = Verb("bench", "measure how fast this machine simulates, side by side with others", _declare, _run)
