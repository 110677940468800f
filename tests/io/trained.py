"""Weights of networks as ncps names them, drawn with numpy alone."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

SIZES = {
    "seed": st.integers(0, 2**32),
    "n": st.integers(1, 9),
    "m": st.integers(1, 4),
    "density": st.floats(0, 1),
}  # of a random LTC network


def random_masks(r, n, m, density=0.5):
    """Masks of a random wiring: float64[n, n] and float64[m, n]."""
    return (r.random((n, n)) < density).astype(float), (r.random((m, n)) < density).astype(float)


def policy_masks(r, inter, command, motor, inputs):
    """Masks of a neural circuit policy, whose neurons are counted motor, command, inter."""
    n = inter + command + motor
    mask, sensory = np.zeros((n, n)), np.zeros((inputs, n))
    first_inter = motor + command
    for k in range(inputs):
        sensory[k, first_inter + r.choice(inter, max(1, inter // 2), replace=False)] = 1.0
    for k in range(inter):
        mask[first_inter + k, motor + r.integers(command)] = 1.0
    for k in range(command):
        mask[first_inter + r.integers(inter), motor + k] = 1.0
        mask[motor + k, motor + r.integers(command)] = 1.0
        mask[motor + k, r.integers(motor)] = 1.0
    for k in range(motor):
        mask[motor + r.integers(command), k] = 1.0
    return mask, sensory


def ltc_arrays(r, masks, motors, prefix="rnn_cell.", maps=("input_w", "input_b", "output_w", "output_b")):
    """An LTC network after some training under implicit constraints, in float32."""
    mask, sensory = masks
    n, m = mask.shape[0], sensory.shape[0]
    sizes = {"input_w": m, "input_b": m, "output_w": motors, "output_b": motors}
    arrays = {
        "gleak": r.uniform(-1, 1, n), "vleak": r.uniform(-0.5, 0.5, n), "cm": r.uniform(-0.2, 0.8, n),
        "sigma": r.uniform(-3, 8, (n, n)), "mu": r.uniform(0, 1, (n, n)), "w": r.uniform(-1, 1, (n, n)),
        "erev": r.normal(0, 1, (n, n)), "sensory_sigma": r.uniform(-3, 8, (m, n)), "sensory_mu": r.uniform(0, 1, (m, n)),
        "sensory_w": r.uniform(-1, 1, (m, n)), "sensory_erev": r.normal(0, 1, (m, n)),
        "sparsity_mask": mask, "sensory_sparsity_mask": sensory,
        **{name: r.normal(0.5, 0.5, sizes[name]) for name in maps},
    }  # fmt: skip
    return {prefix + name: array.astype("f4") for name, array in arrays.items()}


def linear(r, name, n, m):
    """A dense map from n to m values."""
    return {f"{name}.weight": r.normal(0, 0.4, (m, n)), f"{name}.bias": r.normal(0, 0.2, m)}


def heads(r, prefix, n, units, *, pure):
    """The maps of a layer of a CfC network."""
    if pure:
        lone = {f"{prefix}w_tau": r.normal(0, 0.5, (1, units)), f"{prefix}A": r.normal(0, 0.8, (1, units))}
        return linear(r, f"{prefix}ff1", n, units) | lone
    result = {}
    for name in ("ff1", "ff2", "time_a", "time_b"):
        result |= linear(r, prefix + name, n, units)
    return result


def cfc_arrays(
    r,
    m,
    units,
    *,
    backbone=1,
    width=6,
    pure=False,
    mixed=False,
    projected=0,
    between=2,
    prefix="",
    cell="rnn_cell.",
):
    """A CfC network; layers of units make a wired one; `between` is how many modules a layer of the backbone takes."""
    layers = (units,) if isinstance(units, int) else tuple(units)
    total, n = sum(layers), m
    inner, beside = {}, {}
    if isinstance(units, int):
        n = m + units
        for k in range(backbone):
            inner |= linear(r, f"backbone.{between * k}", n, width)
            n = width
        inner |= heads(r, "", n, units, pure=pure)
    else:
        for k, size in enumerate(layers):
            inner |= heads(r, f"layer_{k}.", n + size, size, pure=pure)
            inner[f"layer_{k}.sparsity_mask"] = (r.random((size, n + size)) < 0.6).astype(float)
            n = size
    if mixed:
        beside |= linear(r, "lstm.input_map", m, 4 * total)
        beside["lstm.recurrent_map.weight"] = r.normal(0, 0.4, (4 * total, total))
    if projected:
        beside |= linear(r, "fc", layers[-1], projected)
    arrays = {prefix + cell + name: a for name, a in inner.items()} | {
        prefix + n: a for n, a in beside.items()
    }
    return {name: array.astype("f4") for name, array in arrays.items()}
