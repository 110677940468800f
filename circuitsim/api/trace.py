"""What a run yields, by name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from circuitsim.spec.issue import InputError, Issue
from circuitsim.spec.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from os import PathLike

    import numpy as np
    from numpy.typing import NDArray

    from circuitsim.engine.samples import Samples, Stamp

    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class ElementTrace:
    """What a neuron, an input or an output did.

    Attributes:
        name: Its name.
        value: float64[s], its value; the state (membrane potential) of a neuron.
    """

    name: str
    value: Floats
    _tau: Floats | None = None
    _vinf: Floats | None = None
    _clamp: Floats | None = None
    _gate: Floats | None = None

    @property
    def v(self) -> Floats:
        """float64[s], the state (membrane potential) of a neuron.

        Raises:
            InputError: If this is no neuron.
        """
        self._of_neuron(self._tau)
        return self.value

    @property
    def tau(self) -> Floats:
        """float64[s], the effective time constant of a neuron.

        Raises:
            InputError: If this is no neuron.
        """
        return self._of_neuron(self._tau)

    @property
    def vinf(self) -> Floats:
        """float64[s], the state that a neuron was heading for.

        Raises:
            InputError: If this is no neuron.
        """
        return self._of_neuron(self._vinf)

    @property
    def clamp(self) -> Floats:
        """float64[s], the holding current of a neuron that is clamped.

        Raises:
            InputError: If it is not.
        """
        if self._clamp is None:
            raise InputError(Issue(self.name, "only clamped neurons have a holding current", "use .value"))
        return self._clamp

    @property
    def gate(self) -> Floats:
        """float64[s], the gate of a unit of a network with memory.

        Raises:
            InputError: If this is no such unit.
        """
        if self._gate is None:
            raise InputError(Issue(self.name, "only units of networks have a gate", "use .value"))
        return self._gate

    def _of_neuron(self, values: Floats | None) -> Floats:
        if values is None:
            raise InputError(Issue(self.name, "only neurons have v, tau and vinf", "use .value"))
        return values


class Trace:
    """The traces of a run: ``trace.t``, ``trace["AVAL"].v``, ``trace["tap"].value``."""

    def __init__(self, samples: Samples) -> None:
        self._samples = samples

    def __repr__(self) -> str:
        s = self._samples
        end = f" up to t = {s.t[-1]:g}" if s.t.size else ""
        return f"<Trace of {len(s.neuron_names)} neurons, {s.t.size} rows{end}>"

    def __len__(self) -> int:
        return int(self._samples.t.size)

    def __getitem__(self, name: str) -> ElementTrace:
        """The trace of a neuron, an input or an output.

        Raises:
            InputError: If nothing of that name was recorded.
        """
        s = self._samples
        if name in s.neuron_names:
            k = s.neuron_names.index(name)
            held = s.clamp[:, s.clamped_names.index(name)] if name in s.clamped_names else None
            gate = s.gate[:, s.unit_names.index(name)] if name in s.unit_names else None
            return ElementTrace(name, s.v[:, k], s.tau[:, k], s.vinf[:, k], held, gate)
        for names, values in ((s.input_names, s.inputs), (s.output_names, s.outputs)):
            if name in names:
                return ElementTrace(name, values[:, names.index(name)])
        known = (*s.neuron_names, *s.input_names, *s.output_names)
        raise InputError(
            Issue("the trace", f"it holds nothing named {name!r}", f"use one of: {listed(known)}")
        )

    @property
    def t(self) -> Floats:
        """float64[s], times of the rows."""
        return self._samples.t

    @property
    def stamp(self) -> Stamp:
        """Where the traces come from: version, circuit, solver, dt, seed, units."""
        return self._samples.stamp

    @property
    def error(self) -> float | None:
        """How far the states are off because of the solver, about; None for a replay."""
        return self._samples.error

    @property
    def samples(self) -> Samples:
        """Everything as arrays, one column per neuron, input and output."""
        return self._samples

    def part(
        self, neurons: Iterable[str] | None = None, start: float | None = None, end: float | None = None
    ) -> Trace:
        """Some neurons, or a stretch of time, of the run; inputs and outputs stay.

        Args:
            neurons: Names; None keeps all of them.
            start: First time; None for the beginning.
            end: Last time; None for the end.

        Raises:
            InputError: If there is no neuron of a name, or no row in that stretch.
        """
        from circuitsim.engine.samples import part

        return Trace(part(self._samples, neurons, start, end))

    def save(self, path: str | PathLike[str], record: str | Iterable[str] | None = None) -> None:
        """Write the traces to a file, as a whole or not at all.

        Args:
            path: The file; its name ends in ``.csv`` or ``.npz``.
            record: The variables to write (``v``, ``tau``, ``vinf``, ``clamp``, ``gate``, ``input``, ``output``), as names or as ``"v,tau"``;
                None for all.

        Raises:
            InputError: If the file cannot be written or a variable does not exist.
        """
        from circuitsim.io.columns import VARIABLES, parse_variables
        from circuitsim.io.dispatch import trace_writer

        variables = (
            tuple(VARIABLES)
            if record is None
            else parse_variables(record if isinstance(record, str) else ",".join(record))
        )
        path = Path(path)
        trace_writer(path).write(self._samples, path, variables)
