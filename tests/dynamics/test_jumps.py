"""Values jump where the edges are, to the last bit, in machine code as in Python."""

from __future__ import annotations

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from circuitsim.circuit.build import new_input
from circuitsim.circuit.circuit import Circuit
from circuitsim.dynamics.build import kernel
from circuitsim.engine.groups import stimulus_numbers
from circuitsim.spec.catalogue import kinds

DECIMALS = st.integers(1, 2000).map(lambda n: n / 1000)


def row_of(kind, **parameters):
    return stimulus_numbers(kinds().stimuli[kind], new_input(Circuit(), "u", kind, **parameters), 0)


STEPPED = sorted(
    k.id for k in kinds().stimuli.values() if not k.table and math.isfinite(k.next_edge(row_of(k.id), 0.0))
)


@given(
    kind=st.sampled_from(STEPPED), onset=DECIMALS, width=DECIMALS, period=DECIMALS, count=st.integers(1, 40)
)
@settings(max_examples=300, deadline=None)
def test_a_value_jumps_at_its_edge(kind, onset, width, period, count):
    declared = kinds().stimuli[kind]
    own = {"onset": onset, "width": width % period or width, "period": period}
    names = {p.name for p in declared.parameters}
    row, t = row_of(kind, **{n: v for n, v in own.items() if n in names}), 0.0
    value = kernel(declared.value, "VALUE")
    for _ in range(count):
        t = float(declared.next_edge(row, t))
        if not math.isfinite(t):
            break
        for at in (math.nextafter(t, -math.inf), t):
            assert value(row, at) == declared.value(row, at)
