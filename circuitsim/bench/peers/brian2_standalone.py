"""Brian2 as a program in C++ of its own; building it is not timed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import weakref
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from circuitsim.bench._declare import STEP, Missing, Peer
from circuitsim.bench.extras import apart
from circuitsim.bench.peers._brian2 import EXTRA, brian2, network
from circuitsim.bench.peers._compiled import complaint, refused

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from circuitsim.bench._declare import Runner
    from circuitsim.bench.workload import Workload

LASTS = "CIRCUITSIM_LASTS"  # environment variable: seconds that a run lasts
GENERATED = re.compile(r"(\w+\.run\()[-+.0-9e]+,")  # the one run of the program that Brian2 writes


def prepare(work: Workload) -> Runner:
    """Runs of the program, whose end is made an argument before it is compiled; nothing is recorded."""
    library = brian2()
    folder = Path(tempfile.mkdtemp(prefix="circuitsim-bench-"))

    def run(duration: float) -> NDArray[np.float64]:
        try:
            subprocess.run(  # noqa: S603  (what was just compiled)
                [str(folder / "main")], cwd=folder, env=os.environ | {LASTS: repr(duration)}, check=True,
                stdout=subprocess.DEVNULL,
            )  # fmt: skip
        except OSError as error:
            raise refused(error) from error
        (states,) = (folder / "results").glob("_array_neurongroup*_v_*")
        return np.fromfile(states)

    weakref.finalize(run, shutil.rmtree, folder, ignore_errors=True)  # also if it is never made ready
    _write(library, work, folder)
    _compile(folder)
    return run


def _write(library: Any, work: Workload, folder: Path) -> None:
    library.set_device("cpp_standalone", directory=str(folder), build_on_run=False)
    try:
        whole, _ = network(library, work)
        whole.run(STEP * library.second, namespace={})
        library.device.build(directory=str(folder), compile=False, run=False)
    finally:
        library.device.reinit()
        library.set_device("runtime")


def _compile(folder: Path) -> None:
    main = folder / "main.cpp"
    written = main.read_text()
    changed = GENERATED.sub(rf'\1std::atof(std::getenv("{LASTS}")),', written)
    make = shutil.which("make")
    if changed == written or make is None:
        raise Missing(
            "there is no make; install it and a C++ compiler"
            if make is None
            else "Brian2 writes its programs otherwise"
        )
    main.write_text(changed)
    done = subprocess.run([make, "-j2"], cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise Missing(f"its program does not compile: {complaint(done)}")


PEER = Peer(
    id="brian2_standalone",
    title="Brian2 C++ standalone, Euler",
    solver="euler",
    prepare=prepare,
    modules=("brian2",),
    remedy=partial(apart, EXTRA),
)
