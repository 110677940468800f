"""The table of what may join what: every synapse kind, every source, every neuron kind."""

from __future__ import annotations

from itertools import product

import pytest

from circuitsim.circuit.build import new_input, new_neuron, new_synapse
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import Add, SetKind
from circuitsim.spec.catalogue import kinds
from circuitsim.spec.issue import InputError

SUMMED = ("closed_form", "ct_rnn", "ltc_paper", "neural_ode", "static")  # f of a summed drive
SYNAPSES = (
    "chemical", "spline_conductance", "electrical", "electrical_directed", "weight", "spline_drive", "current",
    "clamp",
)  # fmt: skip
TARGETS = ("ltc", *SUMMED)
SOURCES = (*TARGETS, "input")
LEGAL = {
    *((kind, source, "ltc") for kind in ("chemical", "spline_conductance") for source in SOURCES),
    ("electrical", "ltc", "ltc"),
    ("electrical_directed", "ltc", "ltc"),
    *(
        (kind, source, target)
        for kind in ("weight", "spline_drive")
        for source in SOURCES
        for target in SUMMED
    ),
    *(("current", "input", target) for target in TARGETS),
    ("clamp", "input", "ltc"),
}


def test_the_table_covers_every_kind() -> None:
    known = kinds()
    assert set(SYNAPSES) == set(known.synapses)
    assert set(TARGETS) == set(known.neurons)


@pytest.mark.parametrize(("synapse", "source", "target"), list(product(SYNAPSES, SOURCES, TARGETS)))
def test_the_table(synapse: str, source: str, target: str) -> None:
    c = Circuit()
    pre = new_input(c, "in") if source == "input" else new_neuron(c, "A", source)
    post = new_neuron(c, "B", target)
    c.apply(Add((pre, post)))
    edit = Add((new_synapse(c, pre.id, post.id, synapse),))
    if (synapse, source, target) in LEGAL:
        c.apply(edit)
        assert len(c.synapses) == 1
        return
    with pytest.raises(InputError) as caught:
        c.apply(edit)
    issue = caught.value.issues[0]
    assert issue.where == f"synapse {pre.name} to B"
    assert any(words in issue.problem for words in ("begins at", "cannot receive"))
    assert issue.remedy
    assert c.synapses == ()


@pytest.mark.parametrize("junction", ["electrical", "electrical_directed"])
def test_a_kind_that_would_break_the_other_end_is_refused(junction: str) -> None:
    """A gap junction compares two membranes, so neither end may become a kind that cannot receive it."""
    c = Circuit()
    a, b = new_neuron(c, "A"), new_neuron(c, "B")
    c.apply(Add((a, b)))
    c.apply(Add((new_synapse(c, a.id, b.id, junction),)))
    for neuron in (a, b):
        with pytest.raises(InputError, match="cannot receive"):
            c.apply(SetKind(neuron.id, "ltc_paper"))
