"""The Jacobian of a circuit: how every dx/dt changes with every state and every input, from analytic derivatives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from circuitsim.dynamics.tables import LANES
from circuitsim.engine.compile import compile_program, with_derivatives

if TYPE_CHECKING:
    from collections.abc import Mapping

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.engine.program import Program
    from circuitsim.spec.bounds import Floats, Ints

SPARSE_FROM = 500  # neurons; from here on a matrix of all pairs is mostly zeros


@dataclass(frozen=True, slots=True, eq=False)
class Derivatives:
    """dx/dt at an instant and its derivatives; neurons and inputs in id order.

    Attributes:
        t: The instant.
        rate: float64[n], dx/dt.
        state: float64[n, n], derivative of dx/dt of the neuron of a row with respect to the state of the neuron of a
            column; an array or a sparse matrix in rows (scipy.sparse.csr_array).
        input: float64[n, m], the same with respect to the values of the inputs.
    """

    t: float
    rate: Floats
    state: Any
    input: Any


class Linearizer:
    """Differentiates a circuit again and again; make a new one after every edit.

    Attributes:
        neuron_ids: The rows, and the columns of `Derivatives.state`.
        input_ids: The columns of `Derivatives.input`.
        sparse: Whether it makes sparse matrices.
    """

    def __init__(self, circuit: Circuit, *, sparse: bool | None = None) -> None:
        from circuitsim.dynamics import build

        self._field, self._derivatives = build.field(), build.derivatives()
        self._program = with_derivatives(compile_program(circuit))
        self.neuron_ids, self.input_ids = self._program.neuron_ids, self._program.input_ids
        n = len(self.neuron_ids)
        self.sparse = n >= SPARSE_FROM if sparse is None else sparse
        self._slots = _Slots(self._program)

    def at(self, states: Mapping[int, float] | None = None, t: float = 0.0) -> Derivatives:
        """Differentiate at an instant.

        Args:
            states: States by neuron id; the start states where there is none.
            t: The instant; the inputs have the values that they have then.
        """
        program, slots = self._program, self._slots
        tables, width, n = program.tables, program.width, len(self.neuron_ids)
        x = program.start.copy()
        for neuron, value in (states or {}).items():
            x[program.column(neuron)] = value
        self._field(t, x, tables)
        rate = (tables.b - tables.lam * x[:width])[program.columns]
        self._derivatives(x, tables)
        by_synapse = (tables.dacc[:, slots.post] * tables.slope[slots.places]).sum(axis=0)
        own = np.arange(n)
        rows, columns = np.concatenate([own, slots.row]), np.concatenate([own, slots.column])
        values = np.concatenate([tables.dx[program.columns], by_synapse])
        matrix = self._matrix(rows, columns, values, n + len(self.input_ids))
        return Derivatives(t, rate, matrix[:, :n], matrix[:, n:])

    def _matrix(self, rows: Ints, columns: Ints, values: Floats, width: int) -> Any:
        shape = (len(self.neuron_ids), width)
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
        post: int64[s], state column of its postsynaptic neuron.
        row: int64[s], its row in the Jacobian.
        column: int64[s], its column in the Jacobian.
    """

    def __init__(self, program: Program) -> None:
        tables, n = program.tables, len(program.neuron_ids)
        place = np.empty(program.start.size, dtype=np.int64)  # from a state column or input to the Jacobian
        place[program.columns] = np.arange(n)
        place[program.width :] = n + np.arange(len(program.input_ids))
        places, post, pre = [np.zeros((4, 0), dtype=np.int64)], [tables.pre[:0]], [tables.pre[:0]]
        for k, (block, numbers) in enumerate(
            zip(program.synapse_blocks.values(), tables.synapses, strict=True)
        ):
            chunk, chunks, slots, first = (int(numbers[i]) for i in (1, 2, 4, 5))
            off = tables.off[chunk + k : chunk + k + chunks + 1]
            in_chunk = np.searchsorted(off, block.slot, side="right") - 1
            places.append(4 * first + np.arange(4)[:, None] * slots + block.slot)
            post.append(tables.row[chunk + in_chunk] + block.slot % LANES)
            pre.append(tables.pre[first + block.slot])
        self.places, self.post = np.concatenate(places, axis=1), np.concatenate(post)
        self.row, self.column = place[self.post], place[np.concatenate(pre)]
