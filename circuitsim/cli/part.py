"""Options of verbs that write traces: which neurons, which stretch of time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.cli.verb import finite

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from circuitsim.api import Trace


def declare_part(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("--neurons", metavar="A,B", help="neurons to write (default: all)")
    parser.add_argument("--from", dest="start", type=finite, metavar="T", help="first time to write")
    parser.add_argument("--to", dest="end", type=finite, metavar="T", help="last time to write")


def part_of(trace: Trace, values: Namespace) -> Trace:
    """What the options ask for.

    Raises:
        InputError: If there is no such neuron, or no row in that stretch.
    """
    if values.neurons is None and values.start is None and values.end is None:
        return trace
    neurons = None if values.neurons is None else [name.strip() for name in values.neurons.split(",")]
    return trace.part(neurons, values.start, values.end)
