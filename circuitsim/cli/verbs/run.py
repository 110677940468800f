"""circuitsim run: simulate a circuit and write its traces."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from circuitsim.cli.part import declare_part, part_of
from circuitsim.cli.verb import Verb, counted, finite, named, positive, seed

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from circuitsim.circuit.circuit import Circuit


def _declare(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add("file", metavar="FILE", help="the circuit")
    add("--duration", type=positive, metavar="T", help="length of the run, in the circuit's unit of time")
    add("--dt", type=positive, metavar="DT", help="solver step")
    add("--solver", metavar="ID", help="solver, see circuitsim kinds")
    add(
        "--tolerance",
        type=positive,
        metavar="E",
        help="error of a step that an adaptive solver allows, per unit and per part of the state",
    )
    add("--unfolds", type=counted, metavar="L", help="substeps of a call of the solver ncps (default: 6)")
    add(
        "--epsilon",
        type=finite,
        metavar="E",
        help="what the solver ncps adds where it divides (default: 1e-8)",
    )
    add(
        "--precision",
        metavar="double|single",
        help="single: chemical synapses with 24 bits, faster and off by about 1e-6 of the range of potentials",
    )
    add(
        "--input",
        metavar="CSV",
        help="values of inputs: column t and one per input name; each row holds until the next",
    )
    add("--initial", metavar="CSV", help="start states: columns neuron,value")
    add(
        "--mute",
        metavar="NAME",
        action="append",
        default=[],
        help="lesion a neuron, or a synapse as PRE:POST; may be given several times",
    )
    add("--seed", type=seed, metavar="N", help="seed of everything random")
    add(
        "--record",
        metavar="v,tau",
        help="variables to write, of v, tau, vinf, clamp, gate, input, output (default: all)",
    )
    add(
        "--every",
        type=positive,
        metavar="T",
        help="time between rows, a multiple of the step (default: every step)",
    )
    declare_part(parser)
    add("--out", required=True, type=named, metavar="FILE.csv|FILE.npz", help="where the traces are written")


def _run(values: Namespace) -> int:
    from circuitsim.api import load, simulate
    from circuitsim.cli.progress import Progress
    from circuitsim.engine.accuracy import in_words
    from circuitsim.io.columns import VARIABLES, parse_variables
    from circuitsim.io.dispatch import trace_writer
    from circuitsim.spec import atomic
    from circuitsim.spec.unit import Dimension

    out = Path(values.out)
    form = trace_writer(out)
    variables = tuple(VARIABLES) if values.record is None else parse_variables(values.record)
    atomic.check(*form.targets(out))
    circuit = load(values.file)
    circuit.mute(*values.mute)
    _warn(circuit, values)
    with Progress() as progress:
        trace = simulate(
            circuit,
            duration=values.duration,
            dt=values.dt,
            solver=values.solver,
            seed=values.seed,
            inputs=values.input,
            initial=values.initial,
            every=values.every,
            progress=progress,
            tolerance=values.tolerance,
            unfolds=values.unfolds,
            epsilon=values.epsilon,
            precision=values.precision,
        )
    form.write(part_of(trace, values).samples, out, variables)
    print(in_words(trace.error, circuit.unit_system.unit(Dimension.POTENTIAL)))
    return 0


def _warn(circuit: Circuit, values: Namespace) -> None:
    """Say what may go wrong before it does."""
    from circuitsim.cli.output import warn
    from circuitsim.engine.hazards import hazards
    from circuitsim.engine.proposal import propose
    from circuitsim.engine.run import LONGEST, seeded, tolerance_of

    plan = propose(circuit, solver=values.solver)
    solver = values.solver or plan.solver
    dt = values.dt or plan.dt
    if solver in circuit.kinds.solvers and dt < LONGEST:  # anything else is refused in a moment
        tolerance = tolerance_of(circuit, solver, values.tolerance)
        numbers = {} if tolerance is None else {"tolerance": tolerance}
        meant = seeded(circuit, circuit.document.settings.seed, numbers, values.precision)
        for issue in hazards(meant, dt, solver):
            warn(issue)


VERB = Verb("run", "simulate a circuit and write its traces", _declare, _run)
