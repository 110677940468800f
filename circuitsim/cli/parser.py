"""Parse the command line; what is wrong with it becomes a sentence."""

from __future__ import annotations

import difflib
import re
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from typing import TYPE_CHECKING, NoReturn

from circuitsim import __version__
from circuitsim.cli.verb import Verb
from circuitsim.spec.issue import InputError, Issue
from circuitsim.spec.registry import collect

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WINDOW_VERBS = {
    "shot": "draw the window into a picture, without a display",
    "demo": "drive the window for a few seconds without a display; write a picture and traces",
}


class Parser(ArgumentParser):
    """Refuses with one sentence instead of printing its usage and leaving."""

    def error(self, message: str) -> NoReturn:
        """Refuse the arguments.

        Raises:
            InputError: Always.
        """
        command = self.prog.partition(" ")[2]
        message = re.sub(r"^argument ([^:]+): ", lambda m: f"{m[1].split('/')[-1]}: ", message)
        message = message.replace("the following arguments are required:", "these arguments are missing:")
        remedy = f"see circuitsim {command} --help" if command else "see circuitsim --help"
        raise InputError(Issue(command, message, remedy))


def verbs() -> Mapping[str, Verb]:
    """Every verb by its word."""
    return collect("circuitsim.cli.verbs", "VERB", Verb)


def parse(arguments: Sequence[str]) -> tuple[Verb, Namespace]:
    """The verb and its arguments.

    Raises:
        InputError: If they make no sense.
    """
    known = verbs()
    word = arguments[0] if arguments else ""
    if word not in known:
        _overview(known).parse_args(list(arguments[:1]) if word.startswith("-") else [])
        raise InputError(_unknown(word, known))
    verb = known[word]
    parser = Parser(prog=f"circuitsim {word}", description=f"{_sentence(verb.doc)}", allow_abbrev=False)
    verb.declare(parser)
    return verb, parser.parse_args(list(arguments[1:]))


def _overview(known: Mapping[str, Verb]) -> Parser:
    """The parser that answers --help and --version."""
    lines = {v.id: v.doc for v in known.values() if not v.hidden} | WINDOW_VERBS
    width = max(map(len, lines))
    listing = "\n".join(f"  {word:<{width}}  {doc}" for word, doc in sorted(lines.items()))
    parser = Parser(
        prog="circuitsim",
        usage="circuitsim [FILE]\n       circuitsim VERB ...",
        description="Desktop simulator of neural circuits with liquid time-constant dynamics.\n"
        "With a file or without anything it opens the window.",
        epilog=f"verbs:\n{listing}\n\nFor one of them: circuitsim VERB --help",
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"circuitsim {__version__}")
    return parser


def _unknown(word: str, known: Mapping[str, Verb]) -> Issue:
    """What to say about a first argument that is neither a verb nor a file."""
    if "." in word or "/" in word:
        from pathlib import Path

        from circuitsim.io.files import nearby

        return Issue(word, "there is no such file", nearby(Path(word)))
    words = [v.id for v in known.values() if not v.hidden] + list(WINDOW_VERBS)
    close = difflib.get_close_matches(word, words, n=1)
    remedy = f"did you mean {close[0]}" if close else f"use a file or one of: {', '.join(sorted(words))}"
    return Issue("", f"there is no verb or file {word!r}", remedy)


def _sentence(clause: str) -> str:
    return f"{clause[:1].upper()}{clause[1:]}."
