"""`circuitsim [FILE]` opens the window, drawing verbs go to the off-screen window, the rest to the command line."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

OPTION = "--frame-log"  # what the window takes besides a file
DRAWING = ("shot", "demo")  # verbs that draw the window without a display
ANALYSE = "analyse"  # draws if it is asked for a picture


def main(arguments: Sequence[str] | None = None) -> int:
    """Start what the arguments ask for and return the exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    from circuitsim.cli.main import guarded
    from circuitsim.cli.main import main as command_line

    if words and words[0] in DRAWING:
        from circuitsim.app import offscreen

        return guarded(lambda: offscreen.main(words))
    if words and words[0] == ANALYSE:
        return guarded(lambda: _analyse(words))
    if _opens_window(words):
        from circuitsim.app import window

        return guarded(lambda: window.main(words))
    return command_line(words)


def _analyse(words: list[str]) -> int:
    """Analyse a circuit; the window without a display draws what was found if that is asked for."""
    from circuitsim.cli.parser import parse
    from circuitsim.cli.results import told
    from circuitsim.cli.verbs.analyse import FIGURES, analysed, target

    verb, values = parse(words)
    out = target(values)
    if out is None or out.suffix.lower() not in FIGURES:
        return verb.run(values)
    found = analysed(values)
    from circuitsim.app.offscreen import draw_result

    draw_result(found.result, f"{found.analysis.title}: {found.circuit.document.title or values.file}", out)
    print(told(found.analysis, found.result))
    return 0


def _opens_window(words: list[str]) -> bool:
    """Whether there is nothing but a file, and perhaps the option of the window."""
    rest = list(words)
    if OPTION in rest:
        at = rest.index(OPTION)
        del rest[at : at + 2]
    return not rest or (len(rest) == 1 and _is_file(rest[0]))


def _is_file(word: str) -> bool:
    """Whether a word is a file rather than a verb or an option."""
    from circuitsim.cli.parser import verbs

    return word not in verbs() and not word.startswith("-") and Path(word).exists()


if __name__ == "__main__":
    sys.exit(main())
