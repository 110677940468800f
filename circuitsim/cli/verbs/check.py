"""circuitsim check: say whether files hold legal circuits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.cli.verb import Verb
from circuitsim.spec.issue import InputError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.spec.issue import Issue


def _declare(parser: ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE", help="circuit files")


def _run(values: Namespace) -> int:
    from circuitsim.api import load
    from circuitsim.cli.output import refuse, warn

    bad = False
    for name in values.files:
        try:
            circuit = load(name)
        except InputError as error:
            bad = True
            refuse(error)
            if len(error.issues) > 1:
                print("\n".join(f"  {issue.sentence}" for issue in error.issues))
            continue
        for issue in _hazards(circuit):  # what is read is legal
            warn(issue)
        print(f"{name}: ok, {_counts(circuit)}")
    return 2 if bad else 0


def _hazards(circuit: Circuit) -> list[Issue]:
    """What may go wrong when it runs as it is set."""
    from circuitsim.engine.bands import bands
    from circuitsim.engine.hazards import hazards
    from circuitsim.engine.proposal import propose

    found = bands(circuit)
    plan = propose(circuit, found)
    return hazards(circuit, plan.dt, plan.solver, found)


def _counts(circuit: Circuit) -> str:
    groups = {
        "neuron": circuit.neurons, "synapse": circuit.synapses, "input": circuit.inputs, "output": circuit.outputs,
        "note": circuit.notes,
    }  # fmt: skip
    return ", ".join(f"{len(group)} {word}{'' if len(group) == 1 else 's'}" for word, group in groups.items())


VERB = Verb("check", "say whether files hold legal circuits", _declare, _run)
