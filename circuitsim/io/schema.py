"""The JSON Schema of circuit files, made from their structures and the declared kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from circuitsim.io.document import FileDocument
from circuitsim.spec.kind import SynapseKind
from circuitsim.spec.precision import PRECISIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from circuitsim.spec.kind import Declaration, Kinds
    from circuitsim.spec.parameter import Parameter


def schema(kinds: Kinds) -> str:
    """The JSON Schema of circuit files, as text."""
    content = msgspec.json.schema(FileDocument)
    definitions = content["$defs"]
    _by_kind(definitions["FileNeuron"], "kind", kinds.all_neurons)
    _by_kind(definitions["FileSynapse"], "kind", kinds.synapses)
    _by_kind(definitions["FileCell"], "kind", kinds.cells)
    _by_kind(definitions["FileInput"], "stimulus", kinds.stimuli)
    settings = definitions["FileSettings"]["properties"]
    settings["solver"]["anyOf"][0]["enum"] = list(kinds.solvers)
    settings["precision"]["enum"] = list(PRECISIONS)
    settings["parameters"] |= {
        "properties": {name: _parameter(p) for name, p in kinds.solver_parameters.items()},
        "additionalProperties": False,
    }
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "circuitsim circuit",
        **content,
    }
    return msgspec.json.format(msgspec.json.encode(whole), indent=2).decode() + "\n"


def _by_kind(definition: dict[str, Any], field: str, kinds: Mapping[str, Declaration]) -> None:
    """Let the parameters of an element depend on its kind."""
    definition["properties"][field]["enum"] = list(kinds)
    definition["allOf"] = [
        {
            "if": {"properties": {field: {"const": kind.id}}},
            "then": _then(kind),
        }
        for kind in kinds.values()
    ]


def _then(kind: Declaration) -> dict[str, Any]:
    properties: dict[str, Any] = {"parameters": _parameters(kind)}
    curve = kind.curve if isinstance(kind, SynapseKind) else None
    if curve is None:
        return {"properties": properties}
    ends = {"items": {"minimum": curve.low, "maximum": curve.high}}
    properties["knots"] = {"description": curve.doc, "properties": {"y": ends}}
    return {"properties": properties, "required": ["knots"]}


def _parameters(kind: Declaration) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {p.name: _parameter(p) for p in kind.parameters},
        "required": [p.name for p in kind.parameters if p.absent is None],
        "additionalProperties": False,
    }


def _parameter(p: Parameter) -> dict[str, Any]:
    if p.choices:
        return {"description": p.doc, "enum": list(p.choices)}
    return {
        "description": p.doc,
        "type": "integer" if p.whole else "number",
        "minimum": p.low,
        "maximum": p.high,
    }
