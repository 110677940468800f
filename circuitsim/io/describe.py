"""Describe the registered kinds, for programs and for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from circuitsim.spec.kind import CellKind, MemorylessKind, NeuronKind, SolverKind, StimulusKind, SynapseKind
from circuitsim.spec.unit import UNIT_SYSTEMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from circuitsim.spec.curve import Curve
    from circuitsim.spec.kind import Declaration, Kinds
    from circuitsim.spec.parameter import Parameter


def groups(kinds: Kinds) -> dict[str, Mapping[str, Declaration]]:
    """Declarations by id, by what they are."""
    return {
        "neurons": kinds.neurons, "synapses": kinds.synapses, "stimuli": kinds.stimuli, "networks": kinds.cells,
        "units": kinds.units, "solvers": kinds.solvers,
    }  # fmt: skip


def as_json(kinds: Kinds) -> str:
    """Everything that is declared, as JSON."""
    content: dict[str, Any] = {
        name: [_declaration(k) for k in group.values()] for name, group in groups(kinds).items()
    }
    content["legal"] = [
        {"synapse": s, "from": pre, "to": post, "legal": reason is None, "reason": reason or ""}
        for s, pre, post, reason in legality(kinds)
    ]
    return msgspec.json.format(msgspec.json.encode(content), indent=2).decode()


def as_text(kinds: Kinds) -> str:
    """A list of ids, titles and parameters."""
    lines: list[str] = []
    for name, group in groups(kinds).items():
        lines.append(name)
        width = max((len(i) for i in group), default=0)
        for kind in group.values():
            parameters = ", ".join(p.name for p in kind.parameters)
            lines.append(f"  {kind.id:<{width}}  {kind.title}{f' ({parameters})' if parameters else ''}")
        lines.append("")
    return "\n".join(lines[:-1])


def legality(kinds: Kinds) -> Iterable[tuple[str, str, str, str | None]]:
    """Synapse kind, presynaptic kind or ``input``, postsynaptic kind, and why not if it is not legal."""
    for synapse in kinds.synapses:
        for pre in (*kinds.all_neurons, "input"):
            for post in kinds.neurons:
                yield synapse, pre, post, kinds.synapse_refusal(synapse, pre, post)


def _declaration(kind: Declaration) -> dict[str, Any]:
    result: dict[str, Any] = {
        "id": kind.id, "title": kind.title, "doc": kind.doc, "avoid": kind.avoid,
        "equation": kind.equation, "reference": kind.reference,
        "parameters": [_parameter(p) for p in kind.parameters],
    }  # fmt: skip
    match kind:
        case NeuronKind():
            result |= {
                "state": kind.state,
                "accepts": sorted(kind.accepts),
                "memory": not isinstance(kind, MemorylessKind),
                "starts": kind.starts,
                "approximates": kind.approximates,
            }
        case CellKind():
            result |= {"gate": kind.gate, "wired": kind.wired}
        case SynapseKind():
            result |= {
                "sources": sorted(kind.sources),
                "mutual": kind.mutual,
                "junction": kind.junction,
                "strength": kind.strength,
                "clamp": kind.clamp,
                "curve": _curve(kind.curve),
            }
        case StimulusKind():
            result |= {"by_hand": kind.by_hand, "table": kind.table, "clock": kind.clock}
        case SolverKind():
            result |= {
                "order": kind.order,
                "explicit": kind.explicit,
                "stages": kind.stages,
                "adaptive": kind.adaptive,
            }
    return result


def _curve(curve: Curve | None) -> dict[str, Any] | None:
    if curve is None:
        return None
    defaults = {
        i: {"units": [system.unit(d) for d in (curve.across, curve.up)], "x": knots.x, "y": knots.y}
        for i, system in UNIT_SYSTEMS.items()
        for knots in [curve.default(i)]
    }
    return {
        "symbol": curve.symbol,
        "low": curve.low,
        "high": curve.high,
        "held": curve.held,
        "doc": curve.doc,
        **defaults,
    }


def _parameter(p: Parameter) -> dict[str, Any]:
    ranges = {
        i: {"unit": system.unit(p.dimension), "default": p.range(i).default}
        for i, system in UNIT_SYSTEMS.items()
    }
    return {
        "name": p.name, "title": p.title, "symbol": p.symbol, "dimension": str(p.dimension), "low": p.low,
        "high": p.high, "doc": p.doc, "choices": list(p.choices), **ranges,
    }  # fmt: skip
