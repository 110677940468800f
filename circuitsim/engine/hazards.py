"""What may go wrong in a run, and what went wrong: a step too large, a neuron without bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from circuitsim.circuit.memoryless import remembering
from circuitsim.circuit.validate import place
from circuitsim.engine.bands import bands
from circuitsim.engine.proposal import STIFF, fits, propose, smaller_step, steadier
from circuitsim.engine.rows import EXPLODED
from circuitsim.engine.stability import lower, misfits
from circuitsim.spec.issue import Issue
from circuitsim.spec.precision import DOUBLE, FINEST, SINGLE
from circuitsim.spec.unit import Dimension
from circuitsim.spec.words import inside

if TYPE_CHECKING:
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Neuron
    from circuitsim.engine.bands import Bands
    from circuitsim.engine.proposal import Proposal
    from circuitsim.engine.rows import Explosion


def hazards(circuit: Circuit, dt: float, solver: str, known: Bands | None = None) -> list[Issue]:
    """Warnings about a run before it starts: a step too large, a solver that does not fit, a neuron without bounds.

    Args:
        circuit: The circuit.
        dt: The step it is to be run with.
        solver: Id of the solver.
        known: The circuit's bands, if they are at hand.
    """
    found = known or bands(circuit)
    plan = propose(circuit, found.part(remembering(circuit)))  # what has no state cannot explode
    issues: list[Issue] = []
    unit = circuit.unit_system.unit(Dimension.TIME)
    if circuit.kinds.solvers[solver].explicit and dt > plan.tau_fastest and plan.fastest is not None:
        name = next(n.name for n in circuit.neurons if n.id == plan.fastest)
        step = smaller_step(dt, plan.tau_fastest)
        better = steadier(circuit, solver, plan) or "fused"
        issues.append(
            Issue(
                f"neuron {name}",
                f"the step {dt:g} {unit} is larger than the time constant it can fall to ({plan.tau_fastest:.3g} {unit})",
                f"{lower(dt, step)} {unit} or take the solver {better}",
                warning=True,
                element=plan.fastest,
                cures=("step", better),
                step=step,
            )
        )
    elif (
        plan.fastest is not None
        and _follows_all(circuit, solver)
        and plan.tau_slowest > STIFF * plan.tau_fastest
    ):
        issues.append(_stiff(circuit, plan, unit, steadier(circuit, solver, plan) or "fused"))
    issues += misfits(circuit, found, dt, solver)
    loose = _loose_neurons(circuit, found, solver)
    return [*unfit(circuit), *issues, *_too_fine(circuit, solver), *loose, *_strangers(circuit, solver)]


def unfit(circuit: Circuit, solver: str | None = None) -> list[Issue]:
    """Say so if a circuit is too large for a solver; a live run then takes another one.

    Args:
        circuit: The circuit.
        solver: Id of the solver; None takes the one that the settings name.
    """
    named = solver or circuit.document.settings.solver
    if named is None or fits(circuit, named):
        return []
    kind = circuit.kinds.solvers[named]
    what = f"{kind.title} takes at most {kind.most} neurons, and the circuit has {len(circuit.neurons)}"
    return [Issue("the solver", what, "take the solver fused", warning=True, cures=("fused",))]


def _follows_all(circuit: Circuit, solver: str) -> bool:
    """Whether the steps of a solver must be as short as the fastest neuron wants them."""
    kind = circuit.kinds.solvers[solver]
    return kind.adaptive or kind.explicit


def _stiff(circuit: Circuit, plan: Proposal, unit: str, better: str) -> Issue:
    """Time constants too far apart for a method that follows the fastest."""
    name = next(n.name for n in circuit.neurons if n.id == plan.fastest)
    what = (
        f"its time constant can fall to {plan.tau_fastest:.3g} {unit} beside others of {plan.tau_slowest:.3g} {unit}, "
        "so the solver takes very many steps"
    )
    remedy = f"take the solver {better}, or bring the time constants closer together"
    return Issue(f"neuron {name}", what, remedy, warning=True, element=plan.fastest, cures=(better,))


def _too_fine(circuit: Circuit, solver: str) -> list[Issue]:
    """A tolerance below what single precision rounds away, for which a solver takes ever shorter steps in vain."""
    settings, kind = circuit.document.settings, circuit.kinds.solvers[solver]
    if settings.precision != SINGLE or not kind.adaptive:
        return []
    allowed = kind.numbers(settings.parameters, circuit.unit_system.id)["tolerance"]
    if allowed >= FINEST:
        return []
    what = f"single precision is too coarse for a tolerance of {allowed:g}"
    remedy = f"take double precision, or a tolerance of {FINEST:g} or more"
    return [Issue("the solver", what, remedy, warning=True, cures=(DOUBLE,))]


def _loose_neurons(circuit: Circuit, found: Bands, solver: str) -> list[Issue]:
    """Neurons in the paper's form that can grow without bound, and those whose time constant these drive to 0."""
    cells = [(n, k) for k, n in enumerate(circuit.neurons) if n.kind == "ltc_paper"]
    unstable = [n for n, k in cells if found.tau_high[k] == np.inf]
    driven = [n for n, k in cells if found.tau_low[k] == 0.0]
    issues = []
    if unstable:
        issues.append(
            Issue(
                _and_more(unstable),
                "1/τ + f can become negative, so its state may grow without bound",
                "take τ below 1 or the decay |f|",
                warning=True,
                element=unstable[0].id,
            )
        )
    if driven and circuit.kinds.solvers[solver].explicit:
        issues.append(
            Issue(
                _and_more(driven),
                "what drives it has no bound, so its time constant may fall to 0 and no step is small enough",
                "keep what drives it in bounds, or take the solver fused",
                warning=True,
                element=driven[0].id,
                cures=("fused",),
            )
        )
    return issues


def _strangers(circuit: Circuit, solver: str) -> list[Issue]:
    """What the model that a solver reproduces does not have: it is stepped too, but there it is nothing."""
    kind, kinds = circuit.kinds.solvers[solver], circuit.kinds
    if kind.model is None:
        return []
    neurons = [n for n in circuit.neurons if n.kind not in kind.model.neurons | kinds.units.keys()]
    synapses = [s for s in circuit.synapses if s.kind not in kind.model.synapses]
    places = [(place(circuit, e), e.id, kinds.neuron(e.kind).title, len(neurons)) for e in neurons[:1]]
    places += [(place(circuit, e), e.id, kinds.synapses[e.kind].title, len(synapses)) for e in synapses[:1]]
    return [
        Issue(
            where + (f" and {count - 1} more" if count > 1 else ""),
            f"{kind.model.name} has no {inside(title)}; the solver takes its substeps of it too, but no network of "
            f"{kind.model.name} does",
            "take the solver fused, which takes the same steps, or another one",
            warning=True,
            element=element,
            cures=("fused",),
        )
        for where, element, title, count in places
    ]


def _and_more(neurons: list[Neuron]) -> str:
    others = f" and {len(neurons) - 1} more" if len(neurons) > 1 else ""
    return f"neuron {neurons[0].name}{others}"


def explosion_issue(circuit: Circuit, explosion: Explosion, solver: str, dt: float) -> Issue:
    """Name the neuron that exploded, the cause and the remedy."""
    name = next(n.name for n in circuit.neurons if n.id == explosion.neuron)
    unit = circuit.unit_system.unit(Dimension.TIME)
    explicit = circuit.kinds.solvers[solver].explicit
    plan = propose(circuit)
    step = smaller_step(dt, min(plan.tau_fastest, explosion.tau))
    better = steadier(circuit, solver, plan) or "fused"
    cures: tuple[str, ...] = ("step",)
    if explosion.stalled:
        what = f"it takes too many small steps to follow its state up to t = {explosion.t:.4g} {unit}"
        remedy = f"check what drives it, or take the solver {better}"
        return Issue(f"neuron {name}", what, remedy, element=explosion.neuron, cures=(better,))
    network = circuit.network_of(explosion.neuron)
    if network is not None:
        what = f"{network.name} computed {explosion.value:.3g} for it at t = {explosion.t:.4g} {unit}"
        remedy = f"check the weights of {network.name} and what it reads"
        return Issue(f"neuron {name}", what.rstrip(), remedy, element=explosion.neuron)
    if explosion.tau <= 0.0:
        cures = ()
        cause, remedy = "its decay 1/τ + f is not positive", "take τ below 1 or the decay |f|"
    elif explicit and dt > explosion.tau:
        cause = f"the step {dt:g} {unit} is larger than its time constant {explosion.tau:.3g} {unit}"
        remedy = f"{lower(dt, step)} {unit} or take the solver {better}"
        cures = ("step", better)
    else:
        cause = f"nothing holds it within {EXPLODED:g}"
        remedy = f"check its start state and what drives it, or {lower(dt, step)} {unit}"
    what = f"the state exploded at t = {explosion.t:.4g} {unit} because {cause}"
    return Issue(
        f"neuron {name}", what, remedy, element=explosion.neuron, cures=cures, step=step if cures else None
    )
