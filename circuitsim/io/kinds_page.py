"""The page of the documentation that lists every kind, made from the declarations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.dynamics.signs import meanings
from circuitsim.io.describe import groups
from circuitsim.spec.curve import LEAST, MOST
from circuitsim.spec.kind import CellKind, NeuronKind, SolverKind, StimulusKind, SynapseKind
from circuitsim.spec.precision import HINT
from circuitsim.spec.unit import LIQUID, PHYSIOLOGICAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from circuitsim.spec.curve import Curve
    from circuitsim.spec.kind import Declaration, Kinds
    from circuitsim.spec.parameter import Parameter

_TITLES = {
    "neurons": "Neurons", "synapses": "Synapses", "stimuli": "Stimuli (of inputs)",
    "networks": "Networks with memory", "units": "Units of networks", "solvers": "Solvers",
}  # fmt: skip
_HEAD = """# Kinds

What a circuit can be made of. This page is made from the declarations by `circuitsim docs`; change those, not this.

Every number stands in the unit of the circuit's unit system: `liquid` (dimensionless states, time in s) or
`physiological` (ms, mV, nS, pF, pA). The tables give unit and default for the first and the second of them.
"""


def kinds_page(kinds: Kinds) -> str:
    """Everything that is declared, in Markdown."""
    parts = [_HEAD]
    for name, group in groups(kinds).items():
        parts.append(f"## {_TITLES[name]}\n")
        parts += [_kind(kind) for kind in group.values()]
    parts.append(_legality(kinds))
    return "\n".join(parts)


def _kind(kind: Declaration) -> str:
    lines = [f"### {kind.title} (`{kind.id}`)", "", kind.doc, "", kind.avoid, ""]
    for form in _forms(kind):
        lines += ["```", form.equation, "```", "", *_signs(form)]
    lines += [f"Source: {kind.reference}", ""] if kind.reference else []
    facts = list(_facts(kind))
    lines += [" ".join(facts), ""] if facts else []
    if kind.parameters:
        head = ("Parameter", "Symbol", "Meaning", "Unit", "Default", "Least", "Most")
        lines += _table(head, [_row(p) for p in kind.parameters])
    return "\n".join(lines)


def _forms(kind: Declaration) -> Sequence[Declaration]:
    """The kind once for each of its equations."""
    if isinstance(kind, CellKind) and kind.forms:
        return kind.forms
    return (kind,) if kind.equation else ()


def _signs(kind: Declaration) -> list[str]:
    """What stands in the equation besides the parameters."""
    told = [f"{sign.symbol} {sign.meaning}" for sign in meanings(kind).values()]
    return [f"Besides its parameters: {'; '.join(told)}.", ""] if told else []


def _facts(kind: Declaration) -> Iterator[str]:
    if isinstance(kind, NeuronKind):
        accepted = ", ".join(f"`{s}`" for s in sorted(kind.accepts))
        yield f"Receives: {accepted}." if accepted else "Receives no synapses."
    if isinstance(kind, CellKind):
        gates = dict.fromkeys(form.gate for form in kind.forms or (kind,))
        yield f"The ring of a unit shows: {' or '.join(gates)}."
    if isinstance(kind, SynapseKind):
        yield f"Begins at: {' or '.join(sorted(kind.sources, reverse=True))}."
        if kind.mutual:
            yield "Acts in both directions."
        if kind.curve is not None:
            yield from _curve_facts(kind.curve)
        yield from () if kind.single is None else (f"It may be computed in single precision. {HINT}",)
    if isinstance(kind, StimulusKind) and kind.clock:
        yield (
            f"Random: the seed of the circuit and the id of the input choose the values, one for each `{kind.clock}`."
        )
    if isinstance(kind, SolverKind):
        manner = "adaptive" if kind.adaptive else "explicit" if kind.explicit else "not explicit"
        part = "substep" if kind.calls else "step"
        yield f"Order {kind.order}, {manner}, {kind.stages} evaluations a {part}."
        if kind.model is not None:
            known = ", ".join(f"`{i}`" for i in sorted(kind.model.neurons | kind.model.synapses))
            yield f"Has in {kind.model.name} what it computes of: {known}."


def _curve_facts(curve: Curve) -> Iterator[str]:
    outside = (
        "keeps the values of its ends outside them"
        if curve.held
        else "goes on in straight lines outside them"
    )
    limits = f"from {curve.low:g} to {curve.high:g}"
    yield f"Its field `knots` draws `{curve.symbol}` by {LEAST} to {MOST} pairs of `x` and `y` ({limits}): {curve.doc}"
    yield f"The curve goes through the knots, rises or falls without overshoot between them and {outside}."


def _row(p: Parameter) -> Sequence[str]:
    if p.choices:
        words = ", ".join(f"`{c}`" for c in p.choices)
        return (f"`{p.name}`", p.symbol, f"{p.doc} One of: {words}.", "", f"`{p.choices[0]}`", "", "")
    units = [system.unit(p.dimension) or "1" for system in (LIQUID, PHYSIOLOGICAL)]
    defaults = [f"{p.liquid.default:g}", f"{p.physiological.default:g}"]
    ends = [f"{value:g}" for value in (p.low, p.high)]
    return (f"`{p.name}`", p.symbol, p.doc, _both(units), _both(defaults), *ends)


def _both(pair: Sequence[str]) -> str:
    """One text if both are the same, else both."""
    return pair[0] if pair[0] == pair[1] else f"{pair[0]} / {pair[1]}"


def _legality(kinds: Kinds) -> str:
    """Which synapse may join what to what."""
    targets = list(kinds.neurons)
    lines = [
        "## What may be joined",
        "",
        "Synapse kind and where it begins down, kind of the postsynaptic neuron across.",
        "",
    ]
    rows = []
    for synapse in kinds.synapses:
        for pre in (*kinds.all_neurons, "input"):
            marks = [kinds.synapse_refusal(synapse, pre, post) for post in targets]
            if not all(marks):
                rows.append((f"`{synapse}`", f"`{pre}`", *("no" if mark else "yes" for mark in marks)))
    lines += _table(("Synapse", "From", *(f"to `{post}`" for post in targets)), rows)
    lines += ["Whatever is not listed is refused with the reason."]
    return "\n".join(lines) + "\n"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    cells = ([cell.replace("|", r"\|").replace("\n", " ") for cell in row] for row in rows)
    lines = [" | ".join(row) for row in (head, ["---"] * len(head), *cells)]
    return [*(f"| {line} |" for line in lines), ""]
