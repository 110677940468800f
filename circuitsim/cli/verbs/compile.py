"""circuitsim compile: all machine code now, so that no first use has to wait for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.cli.verb import Verb

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def _declare(_parser: ArgumentParser) -> None:
    pass


def _run(_values: Namespace) -> int:
    from circuitsim.cli.progress import Progress
    from circuitsim.dynamics import build, inventory
    from circuitsim.dynamics.precompile import compile_kernels
    from circuitsim.engine.helper import processors
    from circuitsim.spec.issue import InputError, Issue
    from circuitsim.spec.words import counted

    place = build.place()
    if place is None:
        problem = "cannot be written to, so nothing compiled would be there next time"
        remedy = "set CIRCUITSIM_CACHE_DIR to a folder of yours"
        raise InputError(Issue("the folder for compiled kernels", problem, remedy))
    missing = inventory.missing()
    try:
        with Progress() as progress:
            compile_kernels(missing, processors(), progress)
    except OSError as error:
        problem = f"{len(inventory.missing())} of {len(inventory.every())} kernels could not be kept there"
        reason = (error.strerror or str(error)).lower()
        remedy = "make room, or set CIRCUITSIM_CACHE_DIR to a folder elsewhere"
        raise InputError(Issue(str(place), f"{problem} ({reason})", remedy)) from error
    there = len(inventory.every()) - len(missing)
    print(f"{counted(len(missing), 'kernel')} compiled, {there} there before, in {place}")
    return 0


VERB = Verb("compile", "compile all equations now, so that no first use has to wait", _declare, _run)
