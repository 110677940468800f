"""circuitsim docs: write the pages of the documentation that are made from the declarations."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from circuitsim.cli.verb import Verb

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def _declare(parser: ArgumentParser) -> None:
    parser.add_argument("folder", nargs="?", default="docs", metavar="DIR", help="where they are written")


def _run(values: Namespace) -> int:
    from circuitsim.spec.atomic import write_bytes

    for name, content in pages().items():
        path = Path(values.folder) / name
        write_bytes(path, content.encode())
        print(path)
    return 0


def pages() -> dict[str, str]:
    """Content of every page by its name."""
    from circuitsim.analysis import analyses
    from circuitsim.cli.laboratories_page import laboratories_page
    from circuitsim.io.kinds_page import kinds_page
    from circuitsim.io.schema import schema
    from circuitsim.spec.catalogue import kinds

    return {
        "circuit.schema.json": schema(kinds()),
        "kinds.md": kinds_page(kinds()),
        "laboratories.md": laboratories_page(analyses()),
    }


VERB = Verb("docs", "write the pages that are made from the declarations", _declare, _run, hidden=True)
