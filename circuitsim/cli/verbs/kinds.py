"""circuitsim kinds: everything a circuit can be made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.cli.verb import Verb

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def _declare(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON, for programs")


def _run(values: Namespace) -> int:
    from circuitsim.io.describe import as_json, as_text
    from circuitsim.spec.catalogue import kinds

    print(as_json(kinds()) if values.json else as_text(kinds()))
    return 0


VERB = Verb("kinds", "list the kinds of neurons, synapses, stimuli and solvers", _declare, _run)
