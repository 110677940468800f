"""NAME.csv: the traces of a run as text, their stamp beside them in NAME.csv.json."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from circuitsim.io.columns import blocks, header, stamp_fields
from circuitsim.io.format import TraceFormat
from circuitsim.spec.atomic import replacing

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from circuitsim.engine.samples import Samples

_BLOCK = 1 << 18  # numbers that are turned into text at a time


def write(samples: Samples, path: Path, variables: tuple[str, ...]) -> None:
    """Write traces and their stamp; both appear, or neither.

    Numbers are written with the fewest digits that give the same bits again.

    Raises:
        InputError: If a file cannot be written.
    """
    import numpy as np

    columns = [samples.t[:, None], *(b.values for b in blocks(samples, variables))]
    names = header(samples, variables)
    rows = max(1, _BLOCK // len(names))
    stamp = msgspec.json.format(msgspec.json.encode(stamp_fields(samples.stamp)), indent=2)
    with replacing(*targets(path)) as (file, beside):
        file.write(",".join(names).encode() + b"\n")
        for start in range(0, samples.t.size, rows):
            file.write(text(np.hstack([c[start : start + rows] for c in columns])))
        beside.write(stamp + b"\n")


def targets(path: Path) -> tuple[Path, Path]:
    """The file itself and the one with its stamp."""
    return path, path.with_name(f"{path.name}.json")


def text(rows: NDArray[np.float64]) -> bytes:
    """Rows of numbers, float64[s, k], as lines of text."""
    import numpy as np

    if np.isfinite(rows).all():  # the encoder of JSON is thirty times faster than repr
        return msgspec.json.encode(rows.tolist())[2:-2].replace(b"],[", b"\n") + b"\n"
    return "".join(",".join(map(repr, row)) + "\n" for row in rows.tolist()).encode()


FORMAT = TraceFormat(id="csv", title="Traces as CSV", suffixes=(".csv",), targets=targets, write=write)
