"""The workload in Brian2: explicit Euler, each synapse evaluated once a step."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.lib import NumpyVersion

from circuitsim.bench._declare import STEP, Missing
from circuitsim.bench.extras import apart

if TYPE_CHECKING:
    from circuitsim.bench.workload import Workload

EXTRA = "brian2"
NUMPY = "2.4.0"  # the first that it does not know
MEMBRANE = """
dv/dt = (leak * (rest - v) + heard + p * sin(t / (2 * second)) + q * cos(t / (2 * second))) / capacitance / second : 1
heard : 1
leak : 1 (constant)
rest : 1 (constant)
capacitance : 1 (constant)
p : 1 (constant)
q : 1 (constant)
"""
CONTACT = """
heard_post = conductance * (reversal - v_post) / (1 + exp(-slope * (v_pre - midpoint))) : 1 (summed)
conductance : 1 (constant)
reversal : 1 (constant)
slope : 1 (constant)
midpoint : 1 (constant)
"""


def brian2() -> Any:
    """The library, quiet.

    Raises:
        Missing: If it is not made for this numpy.
    """
    try:
        library = import_module("brian2")
    except Exception as error:
        if NumpyVersion(np.__version__) < NUMPY:
            raise
        reason = f"Brian2 2.9 needs numpy below {NUMPY}, not {np.__version__}, so an environment of its own"
        raise Missing(reason, apart(EXTRA)) from error
    library.BrianLogger.log_level_error()
    return library


def network(library: Any, work: Workload) -> tuple[Any, Any]:
    """A network of the numbers of a case, and its neurons."""
    library.defaultclock.dt = STEP * library.second
    cells = library.NeuronGroup(work.case.neurons, MEMBRANE, method="euler")
    contacts = library.Synapses(cells, cells, CONTACT)
    contacts.connect(i=work.pre, j=work.post)
    for name, values in (
        ("v", work.start), ("leak", work.leak), ("rest", work.leak_potential), ("capacitance", work.capacitance),
        ("p", work.sine), ("q", work.cosine),
    ):  # fmt: skip
        setattr(cells, name, values)
    for name in ("conductance", "reversal", "slope", "midpoint"):
        setattr(contacts, name, getattr(work, name))
    return library.Network(cells, contacts), cells
