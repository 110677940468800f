"""`circuitsim [FILE]` opens the window, drawing verbs go to the off-screen window, the rest to the command line."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

DRAWING = ("shot", "demo")  # verbs that draw the window without a display


def main(arguments: Sequence[str] | None = None) -> int:
    """Start what the arguments ask for and return the exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    from circuitsim.cli.main import guarded
    from circuitsim.cli.main import main as command_line

    if words and words[0] in DRAWING:
        from circuitsim.app import offscreen

        return guarded(lambda: offscreen.main(words))
    if not words or (len(words) == 1 and _is_file(words[0])):
        from circuitsim.app import window

        return guarded(lambda: window.main(words))
    return command_line(words)


def _is_file(word: str) -> bool:
    """Whether a word is a file rather than a verb or an option."""
    from circuitsim.cli.parser import verbs

    return word not in verbs() and not word.startswith("-") and Path(word).exists()


if __name__ == "__main__":
    sys.exit(main())
