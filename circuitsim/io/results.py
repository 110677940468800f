"""What an analysis found, as JSON: sentences and numbers by name."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import msgspec

from circuitsim.spec.version import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping

    from circuitsim.spec.result import Result

FORMAT = "circuitsim result"


def result_json(
    result: Result, about: Mapping[str, str], values: Mapping[str, float | str], digest: str
) -> bytes:
    """The content of a file with a result.

    JSON knows neither infinity nor what is no number: they are written as ``"inf"``, ``"-inf"`` and null.

    Args:
        result: What was found.
        about: The id of the analysis and sentences about it, by what they say.
        values: Its options.
        digest: Hash of the circuit.
    """
    plain = {
        "format": FORMAT,
        "version": 1,
        "program": f"circuitsim {__version__}",
        **about,
        "circuit": digest,
        "options": dict(values),
        "findings": [
            {"level": f.level.value, "text": f.text, "elements": list(f.elements)} for f in result.findings
        ],
        "values": {name: _plain(value) for name, value in result.values.items()},
    }
    return msgspec.json.format(msgspec.json.encode(plain), indent=1) + b"\n"


def _plain(value: Any) -> Any:
    """A value as JSON has it."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, dict):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    if isinstance(value, complex):
        return [_plain(value.real), _plain(value.imag)]
    if isinstance(value, float) and not math.isfinite(value):
        return None if math.isnan(value) else "inf" if value > 0 else "-inf"
    return value
