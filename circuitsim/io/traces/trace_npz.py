"""NAME.npz: the traces of a run as NumPy arrays, with their stamp inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from circuitsim.io.columns import blocks, stamp_fields
from circuitsim.io.format import TraceFormat
from circuitsim.spec.atomic import replacing

if TYPE_CHECKING:
    from pathlib import Path

    from circuitsim.engine.samples import Samples


def write(samples: Samples, path: Path, variables: tuple[str, ...]) -> None:
    """Write traces: ``t``, one array ``float64[s, n]`` per variable, names, and the stamp as JSON.

    Nothing in the file needs pickle to be read.

    Raises:
        InputError: If the file cannot be written.
    """
    import numpy as np

    arrays = {"t": samples.t}
    for block in blocks(samples, variables):
        arrays[block.variable] = block.values
        arrays[_NAMES[block.variable]] = np.array(block.names, dtype=np.str_)
    stamp = msgspec.json.encode(stamp_fields(samples.stamp)).decode()
    with replacing(path) as (file,):
        np.savez(file, allow_pickle=False, stamp=np.array(stamp), **arrays)


_NAMES = {
    "v": "neuron_names", "tau": "neuron_names", "vinf": "neuron_names", "clamp": "clamped_names",
    "gate": "unit_names",
    "input": "input_names",
    "output": "output_names",
}  # fmt: skip

FORMAT = TraceFormat(
    id="npz", title="Traces as NPZ", suffixes=(".npz",), targets=lambda path: (path,), write=write
)
