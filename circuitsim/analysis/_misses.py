"""Sentences about what closed forms miss: what is true of this circuit, with its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.analysis._equations import CONDUCTANCE, TOLERANCE
from circuitsim.spec.result import Finding, Level
from circuitsim.spec.words import counted, inside, together

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from circuitsim.analysis._equations import Equations
    from circuitsim.circuit.circuit import Circuit

TOLD = 10.0 * TOLERANCE  # the ODE is exact enough to tell such a distance
ALIKE = 1e-3  # of a distance: too little to be seen


def told(circuit: Circuit, found: Sequence[Equations], shown: Equations) -> Iterator[Finding]:
    """Sentences about some neurons, and more about the one that is drawn."""
    yield from _start_and_limit(circuit, shown)
    yield from _lemma(found)
    conductance = [e.neuron.id for e in found if e.neuron.kind == CONDUCTANCE]
    if conductance:
        text = (
            f"The synapse-wise form of {counted(len(conductance), 'neuron')} in conductance form is drawn as it was published: "
            "a sum of non-linear pieces without a guarantee."
        )
        yield Finding(text, Level.WARNING, tuple(conductance))
    yield _stepped(found)


def _start_and_limit(circuit: Circuit, shown: Equations) -> Iterator[Finding]:
    name, element = shown.neuron.name, (shown.neuron.id,)
    if shown.closed is None:
        text = f"f of {name} is not logistic, so there is no closed form to compare with."
        yield Finding(text, Level.NOTE, element)
        return
    if shown.off <= TOLD:
        yield Finding(f"The closed form of {name} is its ODE here.", Level.GOOD, element)
        return
    yield Finding(f"The closed form of {name} is up to {shown.off:.3g} from its ODE.", Level.WARNING, element)
    paper = shown.neuron.kind != CONDUCTANCE
    yield _paper_start(shown) if paper else _pieces_start(shown)
    yield _paper_limit(shown) if paper else _pieces_limit(shown)
    if not paper and (without := _without(circuit, shown)):
        yield Finding(f"It leaves out {together(without)}.", Level.WARNING, element)


def _paper_start(shown: Equations) -> Finding:
    assert shown.closed is not None  # noqa: S101  (asked for by `_start_and_limit`)
    begun, start, element = float(shown.closed[0]), float(shown.ode[0]), (shown.neuron.id,)
    aside = start - shown.limit
    if abs(aside) <= TOLD:
        text = f"Start: x₀ is A = {shown.limit:.3g}, so it begins there, and never leaves it."
        return Finding(text, Level.NOTE, element)
    if abs(begun - start) <= ALIKE * abs(aside):
        return Finding("Start: it begins at x₀, since f(−D) is nearly 1 there.", Level.NOTE, element)
    text = (
        f"Start: it misses x₀ = {start:.3g} by {abs(begun - start):.3g} and begins at {begun:.3g}, since of x₀ − A it keeps "
        f"f(−D) = {(begun - shown.limit) / aside:.3g} alone."
    )
    return Finding(text, Level.WARNING, element)


def _paper_limit(shown: Equations) -> Finding:
    limit, towards, element = shown.limit, float(shown.towards[-1]), (shown.neuron.id,)
    if abs(limit) <= TOLD:
        return Finding("Limit: both head for 0, since A is 0.", Level.GOOD, element)
    apart = f"there the two are {shown.ends()[1]:.3g} apart"
    if abs(limit - towards) <= ALIKE * abs(limit):
        text = f"Limit: both head for A = {limit:.3g}, since 1/τ is little beside f at the end; {apart}."
        return Finding(text, Level.NOTE, element)
    text = (
        f"Limit: it heads for A = {limit:.3g} whatever it hears, the ODE for A f / (1/τ + f), which is {towards:.3g} at the "
        f"end; {apart}."
    )
    return Finding(text, Level.WARNING, element)


def _pieces_start(shown: Equations) -> Finding:
    assert shown.closed is not None  # noqa: S101  (asked for by `_start_and_limit`)
    begun, start, element = float(shown.closed[0]), float(shown.ode[0]), (shown.neuron.id,)
    if shown.hollow:
        text = f"Start: no chemical synapse ends here, so its sum is empty, and it is 0 from x₀ = {start:.3g} on."
        return Finding(text, Level.NOTE, element)
    if abs(begun - start) <= ALIKE * max(abs(start), abs(begun - shown.limit)):
        return Finding("Start: it begins at x₀ here, since its pieces add up to it.", Level.NOTE, element)
    text = (
        f"Start: it misses x₀ = {start:.3g} by {abs(begun - start):.3g} and begins at {begun:.3g}, the sum of "
        f"(x₀ − E) s_neg + E over {counted(_chemical(shown), 'synapse')}."
    )
    return Finding(text, Level.WARNING, element)


def _pieces_limit(shown: Equations) -> Finding:
    towards, (_, last) = float(shown.towards[-1]), shown.ends()
    text = (
        f"Limit: it heads for Σ E = {shown.limit:.3g} whatever it hears, the ODE for v∞, which is {towards:.3g} at the end; there "
        f"the two are {last:.3g} apart."
    )
    alike = abs(shown.limit - towards) <= ALIKE * abs(towards)
    return Finding(text, Level.NOTE if alike else Level.WARNING, (shown.neuron.id,))


def _chemical(shown: Equations) -> int:
    return sum(s.kind == "chemical" for s in shown.heard)


def _without(circuit: Circuit, shown: Equations) -> list[str]:
    """What of a conductance neuron has no piece in the published form."""
    leaks = shown.neuron.parameters["leak_conductance"] * shown.neuron.parameters["leak_potential"] != 0.0
    counts: dict[str, int] = {}
    for s in shown.heard:
        if s.kind != "chemical":
            title = inside(circuit.kinds.synapses[s.kind].title)
            counts[title] = counts.get(title, 0) + 1
    return ["the leak potential"] * leaks + [counted(count, title) for title, count in counts.items()]


def _lemma(found: Sequence[Equations]) -> Iterator[Finding]:
    bounded = [e for e in found if e.lemma is not None]
    if not bounded:
        return
    if left := [e for e in bounded if not e.within(e.altered)]:
        names = together([e.neuron.name for e in left])
        text = f"The closed form of {names} leaves the band of lemma 1 by more than is lost in integrating."
        yield Finding(text, Level.ALARM, tuple(e.neuron.id for e in left))
    else:
        text = "Lemma 1 holds: the closed form stays in its band about the altered equation."
        yield Finding(text, Level.GOOD)
    if further := [e for e in bounded if not e.within(e.ode)]:
        names = together([e.neuron.name for e in further], len(bounded))
        text = f"That band says nothing of the ODE, from which the closed form of {names} is further away."
        yield Finding(text, Level.NOTE, tuple(e.neuron.id for e in further))


def _stepped(found: Sequence[Equations]) -> Finding:
    worst = max(found, key=lambda e: e.missed_by_step)
    title = "The exponential step, as long as a step of the circuit,"
    if worst.missed_by_step <= TOLD:
        text = f"{title} is exact here: what the neurons hear stands still over each step."
        return Finding(text, Level.GOOD)
    text = f"{title} misses the ODE of {worst.neuron.name} by up to {worst.missed_by_step:.3g}."
    return Finding(text, Level.NOTE, (worst.neuron.id,))
