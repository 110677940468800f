"""A circuit given as arrays, for one that is too large to be drawn."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from circuitsim.api.trace import Trace
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits.alter import SetSettings
from circuitsim.circuit.validate import LARGEST
from circuitsim.engine.groups import NeuronGroup, SynapseGroup
from circuitsim.engine.samples import samples, stamp
from circuitsim.spec.issue import InputError, Issue
from circuitsim.spec.kind import ContinuousKind
from circuitsim.spec.precision import DOUBLE
from circuitsim.spec.words import a

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import ArrayLike, NDArray

    from circuitsim.engine.program import Program
    from circuitsim.engine.run import Diverged
    from circuitsim.engine.session import Session
    from circuitsim.spec.kind import Declaration, SynapseKind

    Floats = NDArray[np.float64]
    Integers = NDArray[np.integer[Any]]

FIRST = 1 << 32  # id of neuron 0; inputs have smaller ones


class Columns:
    """Neurons and synapses as columns of numbers: it runs as a `Circuit` does, in a tenth of the memory.

    Neurons are numbered from 0 in the order in which they are added, and called ``n0``, ``n1`` and so on. Arrays are not
    copied before the run; a number stands for a column in which all are the same.

    Raises:
        InputError: If there is no such unit system.
    """

    def __init__(self, unit_system: str = "liquid", seed: int = 0) -> None:
        self._frame = Circuit("columns", unit_system)
        self._frame.apply(SetSettings(replace(self._frame.document.settings, seed=seed)))
        self._neurons: list[tuple[ContinuousKind, int, Mapping[str, ArrayLike], ArrayLike]] = []
        self._synapses: list[tuple[SynapseKind, int | None, Integers, Integers, Mapping[str, ArrayLike]]] = []
        self._kinds: list[tuple[int, str]] = []  # where neurons of another kind begin, and its id
        self._count = 0

    def add_neurons(
        self, count: int, kind: str = "ltc", *, start: ArrayLike | None = None, **parameters: ArrayLike
    ) -> range:
        """Add neurons of one kind and return their numbers; parameters that are not given have the defaults of the kind.

        Args:
            count: How many.
            kind: Id of a kind of neuron that has a state of its own.
            start: Start states; None starts at the leak potential, or at 0 where there is none.
            **parameters: The parameters of the kind, each a number or float64[count].

        Raises:
            InputError: If the kind or a parameter does not exist or fit.
        """
        found = self._frame.kinds.neurons.get(kind)
        if not isinstance(found, ContinuousKind):
            known = [k.id for k in self._frame.kinds.neurons.values() if isinstance(k, ContinuousKind)]
            problem = f"there is no kind {kind!r} with a state of its own"
            raise InputError(Issue("the neurons", problem, f"use one of: {', '.join(known)}"))
        given = self._filled(found, parameters, "the neurons")
        start = given.get("leak_potential", 0.0) if start is None else start
        where = f"the neurons from n{self._count} on"
        if count < 0:
            raise InputError(Issue(where, f"their number is {count}", "use a number from 0 on"))
        for title, column in given.items():
            _column(where, title, column, count)
        if not (np.abs(_column(where, "start state", start, count)) <= LARGEST).all():
            problem = "a start state is not finite or too large"
            raise InputError(Issue(where, problem, f"use finite numbers of at most {LARGEST:g}"))
        _check(found, given, where)
        self._neurons.append((found, count, given, start))
        self._kinds.append((self._count, kind))
        self._count += count
        return range(self._count - count, self._count)

    def add_input(self, name: str, stimulus: str = "constant", **properties: Any) -> None:
        """Add an input as `Circuit.add_input` does; `connect` takes its name.

        Raises:
            InputError: If a property does not exist or fit.
        """
        self._frame.add_input(name, stimulus, **properties)

    def connect(
        self, pre: ArrayLike | str, post: ArrayLike, kind: str = "chemical", **parameters: ArrayLike
    ) -> None:
        """Add synapses of one kind; parameters that are not given have the defaults of the kind.

        Args:
            pre: Numbers of the presynaptic neurons, int[s], or the name of an input.
            post: Numbers of the postsynaptic neurons, int[s].
            kind: Id of the kind of synapse; one without a curve.
            **parameters: The parameters of the kind, each a number or float64[s].

        Raises:
            InputError: If an end, the kind or a parameter does not exist or fit.
        """
        found = self._frame.kinds.synapses.get(kind)
        if found is None or found.curve is not None or found.clamp:
            usable = [k.id for k in self._frame.kinds.synapses.values() if k.curve is None and not k.clamp]
            problem = f"there is no kind {kind!r} that arrays can make"
            raise InputError(Issue("the synapses", problem, f"use one of: {', '.join(usable)}"))
        where = f"the {found.title.lower()}s"
        after = self._numbers(where, post)
        source = self._frame[pre].id if isinstance(pre, str) else None
        before = self._numbers(where, pre) if source is None else after
        if before.size != after.size:
            problem = f"{before.size} begin and {after.size} end"
            raise InputError(Issue(where, problem, "give as many presynaptic as postsynaptic neurons"))
        if found.junction and source is None and (before == after).any():
            raise InputError(Issue(where, "one of them joins a neuron to itself", "remove it"))
        given = self._filled(found, parameters, where)
        for title, column in given.items():
            _column(where, title, column, after.size)
        _check(found, given, where)
        self._refuse(kind, before if source is None else None, after)
        self._synapses.append((found, source, before, after, given))

    def _numbers(self, where: str, given: Any) -> Integers:
        found = np.asarray(given)
        if found.ndim != 1 or not np.issubdtype(found.dtype, np.integer):
            raise InputError(
                Issue(where, "an end is no list of whole numbers", "give the numbers of neurons")
            )
        if found.size and not 0 <= int(found.min()) <= int(found.max()) < self._count:
            problem = (
                f"one of them has an end at n{int(found.min()) if found.min() < 0 else int(found.max())}"
            )
            raise InputError(Issue(where, problem, f"there are the neurons n0 to n{self._count - 1}"))
        return found

    def _refuse(self, kind: str, pre: Integers | None, post: Integers) -> None:
        """Refuse synapses between kinds of neurons that such a synapse may not join."""
        begins = np.array([begin for begin, _ in self._kinds])
        to = np.searchsorted(begins, post, side="right") - 1
        of = np.zeros_like(to) if pre is None else np.searchsorted(begins, pre, side="right") - 1
        for pair in np.unique(of * len(begins) + to).tolist():
            one, other = divmod(pair, len(begins))
            source = "input" if pre is None else self._kinds[one][1]
            refusal = self._frame.kinds.synapse_refusal(kind, source, self._kinds[other][1])
            if refusal:
                raise InputError(Issue("the synapses", refusal, "choose another kind of synapse"))

    def _filled(self, kind: Declaration, given: Mapping[str, ArrayLike], where: str) -> dict[str, ArrayLike]:
        known = kind.defaults(self._frame.unit_system.id)
        for name in given:
            if name not in known:
                problem = f"{a(kind.title.lower())} has no parameter {name!r}"
                raise InputError(Issue(where, problem, f"use one of: {', '.join(known) or 'none'}"))
        return {**known, **given}

    # running ------------------------------------------------------------------------------------

    def program(self, precision: str = DOUBLE) -> Program:
        """The arrays that kernels run; it holds 52 bytes a synapse, 36 in single precision or where gates are shared."""
        from circuitsim.engine.compile import assembled

        cells, joints, begin = [], [], FIRST
        for kind, count, given, start in self._neurons:
            ids = np.arange(begin, begin + count)
            cells.append(NeuronGroup(kind, ids, _block(given, count), _column("", "", start, count)))
            begin += count
        first = 1
        for joint, source, before, after, given in self._synapses:
            post = after.astype(np.int64) + FIRST
            pre = before.astype(np.int64) + FIRST if source is None else np.full(post.size, source)
            ids = np.arange(first, first + post.size)
            first += post.size
            p, ends = _block(given, post.size), (pre, post)
            if joint.mutual:
                ids, p = np.repeat(ids, 2), np.repeat(p, 2, axis=1)
                ends = np.stack(ends, 1).ravel(), np.stack(ends[::-1], 1).ravel()
            joints.append(SynapseGroup(joint, ids, *ends, p))
        return assembled(cells, joints, self._frame, precision)

    def simulate(
        self,
        duration: float,
        dt: float,
        solver: str = "rk4",
        every: float | None = None,
        progress: Callable[[float], bool] | None = None,
        tolerance: float | None = None,
        precision: str = DOUBLE,
    ) -> Trace:
        """Simulate it; what the arguments are, `circuitsim.simulate` says.

        Raises:
            InputError: If an argument does not fit.
            RunError: If a state diverges or the run is cancelled.
        """
        from circuitsim.engine.run import (
            check_size,
            finish,
            known_precision,
            known_solver,
            positive,
            stride_of,
            tolerance_of,
        )
        from circuitsim.engine.session import Session

        duration, dt = positive("the duration", duration), positive("the step dt", dt)
        most = self._frame.kinds.solvers[known_solver(self._frame, solver)].most
        if most is not None and self._count > most:
            problem = f"{solver} takes at most {most} neurons, not {self._count}"
            raise InputError(Issue("the solver", problem, "take the solver fused"))
        known_precision(precision)
        tolerance = tolerance_of(self._frame, solver, tolerance)
        stride = 1 if every is None else stride_of(every, dt)
        check_size(self._frame, duration, dt * stride, self._count)
        program = self.program(precision)
        session = Session(
            self._frame, solver, dt, every=stride, tolerance=tolerance, end=duration, program=program
        )
        rows = finish(session, duration, progress, _diverged)
        mark = stamp(self._frame, solver, dt, self._frame.document.settings.seed, tolerance=tolerance)
        digest = hashlib.sha256(mark.circuit_hash.encode())
        for array in (program.tables.p, program.tables.q, program.tables.pre):
            digest.update(array.tobytes())
        found = samples(
            self._frame, rows, replace(mark, circuit_hash=digest.hexdigest(), precision=precision)
        )
        names = tuple(f"n{k}" for k in range(self._count))
        return Trace(replace(found, neuron_names=names, error=session.error_along(rows)))


def _diverged(session: Session) -> Diverged:
    from circuitsim.engine.run import Diverged

    found = session.explosion
    assert found is not None  # noqa: S101  (nobody asks otherwise)
    where, what = f"neuron n{found.neuron - FIRST}", f"the state exploded at t = {found.t:.4g}"
    return Diverged(Issue(where, what, "lower dt, or take the solver fused"))


def _column(where: str, title: str, given: ArrayLike, count: int) -> Floats:
    """A column of so many numbers."""
    try:
        found = np.asarray(given, dtype=np.float64)
        result: Floats = np.broadcast_to(found, (count,))
    except (TypeError, ValueError):
        problem = f"{title} is neither a number nor a list of {count} numbers"
        raise InputError(Issue(where, problem, "give one of the two")) from None
    return result


def _block(given: Mapping[str, ArrayLike], count: int) -> Floats:
    """Parameters float64[P, count], in the order of the declaration."""
    rows = [_column("", "", column, count) for column in given.values()]
    return np.stack(rows) if rows else np.zeros((0, count))


def _check(kind: Declaration, given: Mapping[str, ArrayLike], where: str) -> None:
    """Refuse numbers that a single element could not have: the least, the greatest and those that are none."""
    for parameter in kind.parameters:
        column = np.atleast_1d(np.asarray(given[parameter.name], dtype=np.float64))
        if not column.size:
            continue
        doubtful = {float(column.min()), float(column.max())}
        if parameter.choices or parameter.whole:
            doubtful |= set(np.unique(column).tolist())
        for value in sorted(doubtful):
            if problem := parameter.check(value):
                raise InputError(Issue(where, problem, "change it"))
