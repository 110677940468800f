"""circuitsim bench: how fast this machine is with circuitsim, and with others."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from circuitsim.cli.verb import Verb

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

USUAL = ("N19", "N302", "N10k")


def _declare(parser: ArgumentParser) -> None:
    from circuitsim.bench.workload import CASES

    add = parser.add_argument
    add("--peers", action="store_true", help="run all peers that are installed, and name the others")
    add(
        "--case",
        nargs="+",
        choices=tuple(CASES),
        metavar="ID",
        help=f"{', '.join(CASES)} (default: {' '.join(USUAL)})",
    )
    add("--json", metavar="FILE", help="where the figures are written too")


def _run(values: Namespace) -> int:
    from circuitsim.bench.bench import bench, peers
    from circuitsim.bench.report import Report
    from circuitsim.bench.workload import CASES
    from circuitsim.spec import atomic

    out = None if values.json is None else Path(values.json)
    if out is not None:
        atomic.check(out)
    asked = [peer for peer in peers().values() if peer.always or values.peers]
    cases = values.case or (tuple(CASES) if values.peers else USUAL)
    report = Report.begun()
    print(report.head(), flush=True)
    for found in bench(cases, asked, _tell):
        report.add(found)
        print(report.line(found), flush=True)
    if out is not None:
        atomic.write_bytes(out, report.json().encode())
    return 0


def _tell(words: str) -> None:
    """What is being done, where somebody watches."""
    if sys.stderr.isatty():
        print(f"\r\x1b[2K{words}\r", end="", file=sys.stderr, flush=True)


VERB = Verb("bench", "measure how fast this machine simulates, side by side with others", _declare, _run)
