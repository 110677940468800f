"""The Jacobian of a circuit: how every dx/dt changes with every state and every input, from analytic derivatives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from circuitsim.dynamics.tables import LANES
from circuitsim.engine.compile import compile_program, with_derivatives
from circuitsim.spec.kind import Channel
from circuitsim.spec.precision import DOUBLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.engine.program import Program
    from circuitsim.spec.bounds import Floats, Ints

SPARSE_FROM = 500  # neurons; from here on a matrix of all pairs is mostly zeros


@dataclass(frozen=True, slots=True, eq=False)
class Derivatives:
    """dx/dt at an instant and its derivatives; neurons that remember and inputs in id order.

    What a neuron without memory hands on is part of the derivatives, by the chain rule; it has no dx/dt itself.

    Attributes:
        t: The instant.
        rate: float64[n], dx/dt.
        state: float64[n, n], derivative of dx/dt of the neuron of a row with respect to the state of the neuron of a
            column; an array or a sparse matrix in rows (scipy.sparse.csr_array).
        input: float64[n, m], the same with respect to the values of the inputs, whatever they make of them before
            they send it.
        arriving: float64[N], what arrives at every neuron as drive and current together, in id order.
    """

    t: float
    rate: Floats
    state: Any
    input: Any
    arriving: Floats


class Linearizer:
    """Differentiates a circuit again and again; make a new one after every edit.

    Attributes:
        neuron_ids: The rows, and the columns of `Derivatives.state`: the neurons that have a state.
        input_ids: The columns of `Derivatives.input`.
        sparse: Whether it makes sparse matrices.
    """

    def __init__(self, circuit: Circuit, *, sparse: bool | None = None) -> None:
        from circuitsim.dynamics import build

        self._field, self._derivatives = build.field(), build.derivatives()
        self._program = program = with_derivatives(compile_program(circuit, DOUBLE))
        self._own = np.flatnonzero(program.remembers)
        self._instant = np.flatnonzero(~program.remembers)
        self.neuron_ids = tuple(program.neuron_ids[k] for k in self._own)
        self.input_ids = program.input_ids
        n = len(self.neuron_ids)
        self.sparse = n >= SPARSE_FROM if sparse is None else sparse
        self._slots = _Slots(program)

    def at(
        self,
        states: Mapping[int, float] | None = None,
        t: float = 0.0,
        hands: Mapping[int, float] | None = None,
    ) -> Derivatives:
        """Differentiate at an instant.

        Args:
            states: States by neuron id; the start states where there is none.
            t: The instant; the inputs have the values that they have then.
            hands: Where inputs that are moved by hand stand from now on, by id.
        """
        program, slots, own = self._program, self._slots, self._own
        for source, value in (hands or {}).items():
            program.set_hand(source, value)
        tables, n = program.tables, program.columns.size
        x = program.start.copy()
        for neuron, value in (states or {}).items():
            x[program.column(neuron)] = value
        self._field(t, x, tables)
        at = program.columns[own]
        rate = tables.b[at] - tables.lam[at] * x[at]
        self._derivatives(t, x, tables)
        by_synapse = (tables.dacc[:, slots.post] * tables.slope[slots.places]).sum(axis=0)
        rows, columns = np.concatenate([own, slots.row]), np.concatenate([own, slots.column])
        values = np.concatenate([tables.dx[at], by_synapse])
        matrix = self._handed_on(self._matrix(rows, columns, values, n + len(self.input_ids)))
        arriving = tables.acc[[Channel.DRIVE, Channel.CURRENT]].sum(axis=0)[program.columns]
        return Derivatives(t, rate, matrix[:, own], self._by_value(matrix[:, n:]), arriving)

    def _by_value(self, by_sent: Any) -> Any:
        """What is a derivative with respect to what inputs send, with respect to their values."""
        gain = self._program.tables.sent[:, 0]
        return by_sent.multiply(gain).tocsr() if self.sparse else by_sent * gain

    def _handed_on(self, everything: Any) -> Any:
        """Rows of the neurons that remember, when what lies in columns of the others is handed on, level by level."""
        matrix, instant = everything[self._own], everything[self._instant]
        for _ in range(self._program.tables.stages.shape[0] - 1):
            through = matrix[:, self._instant] @ instant
            matrix = self._without_instant(matrix) + through
        return matrix

    def _without_instant(self, matrix: Any) -> Any:
        """A matrix with zeros in the columns of neurons without memory."""
        kept = np.ones(matrix.shape[1])
        kept[self._instant] = 0.0
        return matrix.multiply(kept).tocsr() if self.sparse else matrix * kept

    def _matrix(self, rows: Ints, columns: Ints, values: Floats, width: int) -> Any:
        shape = (self._program.columns.size, width)
        if self.sparse:
            from scipy.sparse import coo_array

            return coo_array((values, (rows, columns)), shape).tocsr()
        matrix = np.zeros(shape)
        np.add.at(matrix, (rows, columns), values)
        return matrix


class _Slots:
    """Every synapse as it stands in a program, without padding.

    Attributes:
        places: int64[4, s], where its derivatives stand, channel by channel.
        post: int64[s], column of its postsynaptic neuron in the arrays of the program.
        row: int64[s], that neuron among all in id order.
        column: int64[s], its presynaptic end among all neurons in id order, then all inputs.
    """

    def __init__(self, program: Program) -> None:
        tables, n = program.tables, len(program.neuron_ids)
        place = np.empty(program.start.size, dtype=np.int64)  # from a column of the program
        place[program.columns] = np.arange(n)
        inputs = np.arange(len(program.input_ids))
        place[program.width + inputs] = n + inputs
        places, post, pre = [np.zeros((4, 0), dtype=np.int64)], [tables.pre[:0]], [tables.pre[:0]]
        for k, (block, numbers) in enumerate(zip(program.synapse_blocks, tables.synapses, strict=True)):
            chunk, chunks, slots, first = (int(numbers[i]) for i in (1, 2, 4, 5))
            off = tables.off[chunk + k : chunk + k + chunks + 1]
            in_chunk = np.searchsorted(off, block.slot, side="right") - 1
            places.append(4 * first + np.arange(4)[:, None] * slots + block.slot)
            post.append(tables.row[chunk + in_chunk] + block.slot % LANES)
            heard = tables.pre[first + block.slot]
            pre.append(tables.pre[first + slots + heard] if block.gates else heard)
        self.places, self.post = np.concatenate(places, axis=1), np.concatenate(post)
        self.row, self.column = place[self.post], place[np.concatenate(pre)]
