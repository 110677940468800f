"""Numbers read off a run, as the claims about examples name them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from circuitsim.engine.samples import Samples

    Floats = NDArray[np.float64]
    What = Mapping[str, Any]


def measure(run: Samples, what: What) -> float:
    """One number; `what` names the measure, its signal or signals, and the span of time ``t``."""
    name = what["measure"]
    if name in COMBINED:
        return COMBINED[name](*(measure(run, part) for part in what["of"]))
    inside = span(run, what)
    if name == "extent_max":
        return float(run.v[inside].max())
    if name == "extent_min":
        return float(run.v[inside].min())
    if name in OF_TWO:
        first, second = (signal(run, s)[inside] for s in what["signals"])
        return OF_TWO[name](run.t[inside], first, second, what)
    return OF_ONE[name](run.t[inside], signal(run, what["signal"])[inside], what)


def signal(run: Samples, text: str) -> Floats:
    """One value per row of a run.

    ``v:A``, ``tau:A``, ``clamp:A`` (holding current), ``meanv:A,B`` (mean), ``diff:A,B|C,D`` (mean of the first less mean of the second),
    ``index:A,B`` (which is highest), ``centre:H,12`` or ``active:H,12`` (the bump on a ring of cells H0 to H11).
    """
    kind, _, names = text.partition(":")
    if kind == "diff":
        first, _, second = names.partition("|")
        return signal(run, f"meanv:{first}") - signal(run, f"meanv:{second}")
    if kind == "index":
        return columns(run, names.split(",")).argmax(axis=1).astype(float)
    if kind in ("centre", "active"):
        cell, _, count = names.partition(",")
        ring = columns(run, [f"{cell}{k}" for k in range(int(count))])
        return (ring > 0.3).sum(axis=1).astype(float) if kind == "active" else centre(ring)
    if kind == "clamp":
        return run.clamp[:, run.clamped_names.index(names)]
    rows = {"v": run.v, "tau": run.tau, "meanv": run.v}[kind]
    chosen = [run.neuron_names.index(name) for name in names.split(",")]
    mean: Floats = rows[:, chosen].mean(axis=1)
    return mean


def columns(run: Samples, names: list[str]) -> Floats:
    """Potentials of some neurons, float64[s, k]."""
    return run.v[:, [run.neuron_names.index(name) for name in names]]


def centre(ring: Floats) -> Floats:
    """Where the activity of a ring of cells is centred, in cells, without jumps: the population vector."""
    cells = ring.shape[1]
    vector = np.maximum(ring, 0.0) @ np.exp(2j * np.pi * np.arange(cells) / cells)
    turned: Floats = np.unwrap(np.angle(vector)) * cells / (2 * np.pi)
    return turned


def span(run: Samples, what: What) -> NDArray[np.bool_]:
    """The rows within the time that a measure looks at."""
    begin, end = what.get("t", (run.t[0], run.t[-1]))
    return (run.t >= begin - 1e-9) & (run.t <= end + 1e-9)


def upward_crossings(t: Floats, x: Floats, level: float) -> Floats:
    """Times at which a signal rises through a level, between rows by a straight line."""
    i = np.flatnonzero((x[:-1] < level) & (x[1:] >= level))
    return t[i] + (level - x[i]) / (x[i + 1] - x[i]) * (t[i + 1] - t[i])


def _level(x: Floats, what: What) -> float:
    """The level that counts as a beat: as given, else the middle."""
    return float(what.get("level", (x.max() + x.min()) / 2))


def _period(t: Floats, x: Floats, what: What) -> float:
    crossings = upward_crossings(t, x, _level(x, what))
    assert len(crossings) > 2, "it does not beat"
    return float(np.diff(crossings).mean())


def _tone(t: Floats, x: Floats, what: What) -> float:
    """Amplitude at a frequency: least squares with a constant and a slope."""
    angle = 2 * np.pi * what["frequency"] * t
    columns = np.column_stack([np.ones_like(t), t - t[0], np.sin(angle), np.cos(angle)])
    fit = np.linalg.lstsq(columns, x, rcond=None)[0]
    return float(np.hypot(fit[2], fit[3]))


def _time_above(t: Floats, x: Floats, what: What) -> float:
    """How long a signal is above a level, between rows by a straight line."""
    over = x - what["level"]
    a, b = over[:-1], over[1:]
    share = ((a > 0) & (b > 0)).astype(float)
    crossing = (a > 0) != (b > 0)
    share[crossing] = np.maximum(a, b)[crossing] / np.abs(a - b)[crossing]
    return float((share * np.diff(t)).sum())


def _at_end(_t: Floats, x: Floats, what: What) -> float:
    return float(x[-1]) % what["modulo"] if "modulo" in what else float(x[-1])


def _phase(t: Floats, first: Floats, second: Floats, what: What) -> float:
    """Lag of the second signal behind the first as a fraction of the period of the first, from 0 to 1."""
    beats = upward_crossings(t, first, _level(first, what))
    lags = []
    for crossing in upward_crossings(t, second, _level(second, what)):
        k = int(np.searchsorted(beats, crossing)) - 1
        if 0 <= k < len(beats) - 1:
            lags.append((crossing - beats[k]) / (beats[k + 1] - beats[k]))
    assert len(lags) > 2, "the two do not beat together"
    return float(np.angle(np.mean(np.exp(2j * np.pi * np.array(lags)))) / (2 * np.pi) % 1.0)


def _correlation(_t: Floats, first: Floats, second: Floats, _what: What) -> float:
    return float(np.corrcoef(first, second)[0, 1])


COMBINED: Mapping[str, Callable[..., float]] = {
    "ratio": lambda a, b: a / b,
    "difference": lambda a, b: a - b,
    "drop_percent": lambda a, b: 100 * (a - b) / a,
    "largest": max,
    "smallest": min,
}
OF_ONE: Mapping[str, Callable[[Floats, Floats, What], float]] = {
    "max": lambda _t, x, _w: float(x.max()),
    "min": lambda _t, x, _w: float(x.min()),
    "mean": lambda _t, x, _w: float(x.mean()),
    "amplitude": lambda _t, x, _w: float(x.max() - x.min()),
    "at_end": _at_end,
    "change": lambda _t, x, _w: float(x[-1] - x[0]),
    "largest_change": lambda _t, x, _w: float(np.abs(x - x[0]).max()),
    "deviation": lambda _t, x, _w: float(x.std()),
    "crossings": lambda _t, x, what: float(np.count_nonzero(np.diff(x > what["level"]))),
    "changes": lambda _t, x, _w: float((np.diff(x) != 0).sum()),
    "time_above": _time_above,
    "period": _period,
    "tone": _tone,
}
OF_TWO: Mapping[str, Callable[[Floats, Floats, Floats, What], float]] = {
    "phase": _phase,
    "correlation": _correlation,
}
