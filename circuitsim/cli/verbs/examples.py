"""circuitsim examples: list the example circuits, or copy one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from circuitsim.cli.verb import Verb
from circuitsim.spec.issue import InputError, Issue

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from pathlib import Path


def _declare(parser: ArgumentParser) -> None:
    parser.add_argument("id", nargs="?", metavar="ID", help="the example to copy")
    parser.add_argument("--copy", metavar="DIR", help="folder to which its file is written")


def _run(values: Namespace) -> int:
    from circuitsim.io.examples import example, examples

    if values.id is None:
        if values.copy is not None:
            raise InputError(
                Issue("examples", "it is not said which one to copy", "give its ID before --copy")
            )
        for known in examples():
            print(f"{known.id}\t{known.title}")
        return 0
    found = example(values.id)
    if values.copy is None:
        print(f"{found.id}\t{found.title}")
        return 0
    print(_copy(found.path, values.copy))
    return 0


def _copy(source: Path, folder: str) -> Path:
    from pathlib import Path

    from circuitsim.spec.atomic import write_bytes
    from circuitsim.spec.files import read_bytes, refusal

    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise refusal(Path(folder), error, "made") from error
    target = Path(folder) / source.name
    write_bytes(target, read_bytes(source))
    return target


VERB = Verb("examples", "list the example circuits, or copy one", _declare, _run)
