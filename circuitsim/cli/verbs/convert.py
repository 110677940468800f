"""circuitsim convert: turn one kind of circuit file into another."""

from __future__ import annotations

from argparse import SUPPRESS, ArgumentTypeError
from pathlib import Path
from typing import TYPE_CHECKING, Any

from circuitsim.cli.verb import Verb
from circuitsim.spec.issue import InputError, Issue

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable

    from circuitsim.io.format import CircuitFormat, Option


def _declare(parser: ArgumentParser) -> None:
    from circuitsim.io.dispatch import circuit_formats

    parser.add_argument("source", metavar="SRC", help="the file to read")
    parser.add_argument(
        "target", metavar="DST", help="the file to write (NAME.circuit.json, or NAME.safetensors for ncps)"
    )
    for form in circuit_formats().values():
        if form.options:
            group = parser.add_argument_group(f"options for {form.title} ({', '.join(form.suffixes)})")
            for option in form.options:
                group.add_argument(
                    _flag(option),
                    type=_parser(option),
                    default=SUPPRESS,
                    metavar=option.metavar,
                    help=_help(option),
                    choices=option.choices or None,
                )


def _run(values: Namespace) -> int:
    from circuitsim.cli.output import say
    from circuitsim.io.dispatch import reader, writer
    from circuitsim.spec import atomic

    source, target = Path(values.source), Path(values.target)
    read, write = reader(source), writer(target)
    assert write.write is not None  # noqa: S101  (held by `writer`)
    given = {k: v for k, v in vars(values).items() if k not in {"source", "target"}}
    reads, writes = set(read.defaults()), set(write.write_options)
    _refuse_strange(given, reads | writes, read)
    atomic.check(target)
    reading = read.read(source, _of(given, reads))
    for sentence in reading.report:
        say(sentence)
    for sentence in write.write(reading.circuit, target, _of(given, writes)):
        say(sentence)
    return 0


def _of(given: dict[str, Any], names: set[str]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name in names}


def _refuse_strange(given: dict[str, Any], known: set[str], form: CircuitFormat) -> None:
    """What only another format understands is refused."""
    for name in given:
        if name not in known:
            flag = f"--{name.replace('_', '-')}"
            raise InputError(Issue(flag, f"{form.title} files have no such option", "leave it out"))


def _flag(option: Option) -> str:
    return f"--{option.name.replace('_', '-')}"


def _help(option: Option) -> str:
    default = "" if option.default in (None, "") else f" (default: {option.default})"
    choices = f": {' or '.join(option.choices)}" if option.choices else ""
    return f"{option.doc}{choices}{default}".replace("%", "%%")


def _parser(option: Option) -> Callable[[str], Any]:
    """The parser of an option, with a sentence where it refuses."""

    def parse(text: str) -> Any:
        try:
            return option.parse(text)
        except ValueError as error:
            raise ArgumentTypeError(str(error)) from error

    return parse


VERB = Verb(
    "convert",
    "turn an edge list, weights of ncps or an older circuit file into a circuit file",
    _declare,
    _run,
)
