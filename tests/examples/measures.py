"""What a claim measures in the traces of a run; signals are named as in `gallery_claims.json`."""

from __future__ import annotations

from typing import Any

import numpy as np

Signal = np.ndarray


def identifier(name: str) -> str:
    """The name in circuit files of a name in claims."""
    return name.replace(" ", "_")


def signal(trace: Any, text: str) -> Signal:
    """A signal: `v:NAME`, `tau:NAME`, `meanv:A,B`, `diff:A,B|C,D` (mean of the first minus mean of the second)."""
    what, _, names = text.partition(":")
    if what in ("v", "tau"):
        return getattr(trace[identifier(names)], what)
    if what == "meanv":
        return np.mean([trace[identifier(n)].v for n in names.split(",")], axis=0)
    first, second = names.split("|")
    return signal(trace, f"meanv:{first}") - signal(trace, f"meanv:{second}")


def upward(t: Signal, x: Signal, level: float) -> Signal:
    """Times of upward crossings of a level, interpolated."""
    k = np.flatnonzero((x[:-1] < level) & (x[1:] >= level))
    return t[k] + (level - x[k]) / (x[k + 1] - x[k]) * (t[k + 1] - t[k])


def measure(trace: Any, what: dict[str, Any]) -> float:
    """The value of a measure in a trace."""
    kind = what["measure"]
    if kind in ("ratio", "difference", "drop_percent"):
        a, b = (measure(trace, part) for part in what["of"])
        return {"ratio": a / b, "difference": a - b, "drop_percent": 100 * (a - b) / a}[kind]
    low, high = what.get("t", (0.0, trace.t[-1]))
    seen = (trace.t >= low - 1e-9) & (trace.t <= high + 1e-9)
    if kind in ("extent_max", "extent_min"):
        v = trace.samples.v[seen]
        return float(v.max() if kind == "extent_max" else v.min())
    t = trace.t[seen]
    if kind in ("phase", "correlation"):
        a, b = (signal(trace, s)[seen] for s in what["signals"])
        return float(np.corrcoef(a, b)[0, 1]) if kind == "correlation" else _phase(t, a, b, what)
    return _of_one(t, signal(trace, what["signal"])[seen], what)


def _of_one(t: Signal, x: Signal, what: dict[str, Any]) -> float:
    match what["measure"]:
        case "max":
            return float(x.max())
        case "min":
            return float(x.min())
        case "mean":
            return float(x.mean())
        case "amplitude":
            return float(x.max() - x.min())
        case "at_end":
            return float(x[-1])
        case "period":
            return float(np.diff(upward(t, x, what.get("level", (x.max() + x.min()) / 2))).mean())
        case "tone":
            f = 2 * np.pi * what["frequency"]
            basis = np.stack([np.ones_like(t), t - t[0], np.sin(f * t), np.cos(f * t)], axis=1)
            weights = np.linalg.lstsq(basis, x, rcond=None)[0]
            return float(np.hypot(weights[2], weights[3]))
    raise KeyError(what["measure"])


def _phase(t: Signal, a: Signal, b: Signal, what: dict[str, Any]) -> float:
    """Lag of b behind a as a fraction of the period of a, from 0 to 1."""
    level = what["level"]
    of_a, of_b = upward(t, a, level), upward(t, b, level)
    lags = []
    for x in of_b:
        j = int(np.searchsorted(of_a, x)) - 1
        if 0 <= j < of_a.size - 1:
            lags.append((x - of_a[j]) / (of_a[j + 1] - of_a[j]))
    return float(np.angle(np.mean(np.exp(2j * np.pi * np.array(lags)))) / (2 * np.pi) % 1.0)
