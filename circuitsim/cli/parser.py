"""Parse the command line; what is wrong with it becomes a sentence."""

from __future__ import annotations

from argparse import Namespace, RawDescriptionHelpFormatter
from typing import TYPE_CHECKING

from circuitsim.cli.verb import Verb
from circuitsim.spec.arguments import Parser
from circuitsim.spec.issue import InputError, Issue
from circuitsim.spec.registry import collect
from circuitsim.spec.version import __version__
from circuitsim.spec.words import meant

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WINDOW_VERBS = {
    "shot": "draw the window into a picture, without a display",
    "demo": "drive the window for a few seconds without a display; write a picture and traces",
}


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
        raise InputError(_unknown(word, arguments[1:], known))
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
        usage="circuitsim [FILE] [--frame-log LOG.csv]\n       circuitsim VERB ...",
        description="Desktop simulator of neural circuits with liquid time-constant dynamics.\n"
        "With a file or without anything it opens the window.",
        epilog=f"verbs:\n{listing}\n\nFor one of them: circuitsim VERB --help",
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"circuitsim {__version__}")
    return parser


def _unknown(word: str, rest: Sequence[str], known: Mapping[str, Verb]) -> Issue:
    """What to say about a first argument that is no verb and no file that can be opened."""
    if "." in word or "/" in word:
        from pathlib import Path

        if rest and Path(word).exists():
            return Issue(
                "", f"after the file {word} nothing is expected, not {rest[0]!r}", "open one file at a time"
            )
        from circuitsim.spec.files import nearby

        return Issue(word, "there is no such file", nearby(Path(word)))
    words = [v.id for v in known.values() if not v.hidden] + list(WINDOW_VERBS)
    remedy = meant(word, words, f"use a file or one of: {', '.join(sorted(words))}")
    return Issue("", f"there is no verb or file {word!r}", remedy)


def _sentence(clause: str) -> str:
    return f"{clause[:1].upper()}{clause[1:]}."
