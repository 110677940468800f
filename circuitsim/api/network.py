"""Build a whole network in Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from circuitsim.circuit.circuit import Circuit


def network(
    wiring: str = "auto_ncp",
    *,
    family: str | None = None,
    seed: int | None = None,
    **numbers: float | str | bool,
) -> Circuit:
    """Build a network over a wiring of ncps, or a CfC network with a backbone, laid out in layers.

    Wirings are, synapse by synapse, those that ncps 1.0.1 draws from the same numbers and seed (Lechner et al., Nature
    Machine Intelligence 2 (2020) 642); the other numbers have the distributions with which training begins in ncps.
    Neurons are called n0, n1, ... in the order of the states in ncps, inputs u0, u1, ..., read-outs y0, y1, ...

    Args:
        wiring: ``auto_ncp``, ``ncp``, ``random`` or ``fully_connected``; or a family without wiring: ``cfc``,
            ``cfc_no_gate`` or ``cfc_pure``.
        family: ``ltc`` or ``cfc_wired``: what the neurons over a wiring are; None for the first.
        seed: Of wiring and numbers; None takes that of ncps for the wiring.
        **numbers: Those of the wiring and of the family, such as ``units``, ``output_size``, ``inputs``,
            ``mixed_memory``; ``circuitsim create --help`` lists them.

    Raises:
        InputError: If a number does not exist or makes no network.
    """
    from circuitsim.circuit.plan import plan_of

    plan = plan_of(wiring, family)
    return plan.build(plan.numbers(numbers), plan.seed if seed is None else seed)
