"""The random networks of the LTC paper's section on expressivity, with one set of weights under three equations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from circuitsim.analysis._length import depth, path_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from circuitsim.analysis._length import Path, Rate
    from circuitsim.spec.bounds import Floats

TURN, ROWS = 2.0 * np.pi, 400
MODELS = {"node": "neural ODE", "ctrnn": "CT-RNN", "ltc": "LTC"}
CODE, PAPER = range(2)
FINE = 1e-9  # a tolerance below which the method of higher order is cheaper
PUBLISHED = {  # lengths of one layer, by activation and width; figure 2, D and E
    ("tanh", 100): {"node": 37.1, "ctrnn": 29.4, "ltc": 438.7},
    ("hard_tanh", 100): {"node": 104.6, "ctrnn": 87.9, "ltc": 18_340.0},
    ("hard_tanh", 200): {"node": 138.4, "ctrnn": 120.6, "ltc": 53_859.0},
}
ACTIVATIONS: dict[str, Callable[[Floats], Floats]] = {
    "tanh": np.tanh,
    "hard_tanh": lambda z: np.clip(z, -1.0, 1.0),
    "sigmoid": lambda z: 1.0 / (1.0 + np.exp(-np.clip(z, -700.0, 700.0))),
    "relu": lambda z: np.maximum(z, 0.0),
}


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Random numbers of one network of a width k.

    Attributes:
        w: float64[2, k], weights of the two inputs.
        b: float64[k], their bias.
        e: float64[k], what f of the inputs pulls towards.
        tau: float64[k], time constants.
        wr: float64[k, k], recurrent weights, from row to column.
        br: float64[k], their bias.
        er: float64[k], what f of the states pulls towards.
        act: The activation.
    """

    w: Floats
    b: Floats
    e: Floats
    tau: Floats
    wr: Floats
    br: Floats
    er: Floats
    act: Callable[[Floats], Floats]

    def rate(self, model: str) -> Rate:
        """The right-hand side of a model; the input goes once round a circle in 2 pi.

        As in the authors' code, the neural ODE and the CT-RNN have no recurrent term there, the LTC has one, and its decay
        takes the absolute values.
        """

        def heard(t: float) -> Floats:
            return self.act(np.sin(t) * self.w[0] + np.cos(t) * self.w[1] + self.b)

        def node(t: float, _x: Floats) -> Floats:
            return heard(t)

        def ctrnn(t: float, x: Floats) -> Floats:
            return heard(t) - x / self.tau

        def ltc(t: float, x: Floats) -> Floats:
            p, q = heard(t), self.act(x @ self.wr + self.br)
            return self.e * p + self.er * q - x * (1.0 / self.tau + np.abs(p) + np.abs(q))

        return {"node": node, "ctrnn": ctrnn, "ltc": ltc}[model]

    def path(self, model: str, tolerance: float) -> Path:
        """The path of a model from 0, at 401 even instants of one turn."""
        from scipy.integrate import solve_ivp

        rate, start = self.rate(model), np.zeros(self.tau.size)
        t = np.linspace(0.0, TURN, ROWS + 1)
        found = solve_ivp(
            rate,
            (0.0, TURN),
            start,
            "DOP853" if tolerance < FINE else "RK45",
            t,
            rtol=tolerance,
            atol=0.1 * tolerance,
        )
        return path_of(found.y.T)

    def depth(self, model: str) -> float:
        """Points of the authors' solver for each sample of the input."""
        return depth(self.rate(model), np.zeros(self.tau.size), TURN)


def network(seed: int, width: int, activation: str, scale: int) -> Network:
    """Draw a network.

    Args:
        seed: Of numpy's default generator; numbers are drawn in the order of the attributes.
        width: Neurons.
        activation: One of `ACTIVATIONS`.
        scale: `CODE` draws weights with the standard deviation 2, as the authors' code does, `PAPER` with the variance 2 / k
            that their text states.
    """
    r, spread = np.random.default_rng(seed), 2.0 if scale == CODE else np.sqrt(2.0 / width)
    w, b = r.normal(0.0, spread, (2, width)), r.normal(0.0, 1.0, width)
    e = r.normal(0.0, spread, (width, width)).sum(0)
    tau = np.abs(r.normal(0.0, 1.0, width))
    wr, br = r.normal(0.0, spread, (width, width)), r.normal(0.0, 1.0, width)
    er = r.normal(0.0, spread, (width, width)).sum(0)
    return Network(w, b, e, tau, wr, br, er, ACTIVATIONS[activation])
