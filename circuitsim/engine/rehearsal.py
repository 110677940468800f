"""What an edit asks for that is not compiled yet: found out, and compiled, by taking it over in a copy."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from circuitsim.circuit.edits.edit import Restore
from circuitsim.circuit.elements import DOCUMENT_ID, Document
from circuitsim.engine.change import Effect, effect_of
from circuitsim.engine.proposal import fits, propose
from circuitsim.engine.session import Session
from circuitsim.spec.precision import SINGLE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from circuitsim.circuit.elements import Element


def rehearsal(session: Session, after: Mapping[int, Element | None]) -> Callable[[], Session] | None:
    """What compiles the kernels of an edit; None if it needs no other ones, or if all that there can be are there."""
    from circuitsim.dynamics import inventory

    new = _other_method(session, after)
    if not (new or _other_program(session, after)) or inventory.complete():
        return None
    circuit = session.circuit.copy()
    circuit.apply(Restore(after))
    proposed = propose(circuit).solver
    solver = session.solver if not new and fits(circuit, session.solver) else proposed
    return partial(Session, circuit, solver, session.dt, spared=1)


def _other_method(session: Session, after: Mapping[int, Element | None]) -> bool:
    """Whether the settings change, and so perhaps the solver."""
    old, new = session.circuit.elements.get(DOCUMENT_ID), after.get(DOCUMENT_ID)
    return isinstance(old, Document) and isinstance(new, Document) and old.settings != new.settings


def _other_program(session: Session, after: Mapping[int, Element | None]) -> bool:
    """Whether the structure changes, or numbers by which synapses may share gates no more and need other kernels."""
    before = {i: session.circuit.elements.get(i) for i in after}
    effect = effect_of(session.circuit.kinds, before, after)
    return effect is Effect.STRUCTURE or (effect is Effect.NUMBERS and not _can_do_without_gates(session))


def _can_do_without_gates(session: Session) -> bool:
    """Whether kernels are there for all synapses that share gates, in the form that they have without."""
    from circuitsim.dynamics import build

    single = session.circuit.document.settings.precision == SINGLE
    kinds = [block.kind for block in session.program.synapse_blocks if block.gates is not None]
    forms = [kind.single or kind if single else kind for kind in kinds]
    return all(build.there(form.accumulate) for form in forms)
