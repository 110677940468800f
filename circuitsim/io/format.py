"""The shapes of declarations of file formats."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from circuitsim.spec.issue import InputError, Issue

if TYPE_CHECKING:
    from pathlib import Path

    from circuitsim.circuit.circuit import Circuit
    from circuitsim.engine.samples import Samples

Options = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Option:
    """One choice that a reader offers on the command line and in the import dialog.

    Attributes:
        name: Identifier in Python; with dashes it is the option of the command line.
        parse: Makes the value from its text; raises ValueError that says what is wrong if it cannot.
        default: Value when it is not given.
        metavar: Placeholder in the help text.
        doc: Meaning, in one sentence.
        choices: The texts that are allowed; empty allows any.
    """

    name: str
    parse: Callable[[str], Any]
    default: Any
    metavar: str
    doc: str
    choices: tuple[str, ...] = ()

    def checked(self, value: object) -> Any:
        """A value that was given in Python, as its text would be read on the command line.

        Raises:
            InputError: If it does not fit.
        """
        if self.choices and value not in self.choices:
            raise InputError(Issue(self.name, f"it cannot be {value!r}", f"use {' or '.join(self.choices)}"))
        try:
            return self.parse(str(value))
        except ValueError as error:
            raise InputError(Issue(self.name, str(error), "give another value")) from error


@dataclass(frozen=True, slots=True)
class Reading:
    """A circuit that was read, and sentences about what was changed or left out on the way."""

    circuit: Circuit
    report: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What a file does not tell of itself, for an option of its reader.

    Attributes:
        option: Name of the option.
        value: What is proposed.
        hint: What the file lets one guess, as a sentence; may be empty.
    """

    option: str
    value: Any
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Questions:
    """What should be asked before a file is read.

    Attributes:
        about: What is in the file, in a few words.
        each: The questions, in the order in which they are asked.
    """

    about: str
    each: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class CircuitFormat:
    """A file format that holds a circuit.

    Attributes:
        id: Name of the format.
        title: Name for people, for file dialogs.
        suffixes: Ends of file names, the preferred one first.
        read: (path, options) -> Reading; options that are not given have the default, or what the file says.
        write: (circuit, path, options) -> sentences about what was left out; None if the format can only be read.
        options: What the reader lets one choose.
        written: Ends of file names that the writer takes; empty for all of them.
        write_options: Names of the options that the writer takes too.
        ask: (path) -> Questions: what a file leaves open; None asks every option of every file.
    """

    id: str
    title: str
    suffixes: tuple[str, ...]
    read: Callable[[Path, Options], Reading]
    write: Callable[[Circuit, Path, Options], tuple[str, ...]] | None = None
    options: tuple[Option, ...] = ()
    written: tuple[str, ...] = ()
    write_options: tuple[str, ...] = ()
    ask: Callable[[Path], Questions] | None = None

    @property
    def endings(self) -> tuple[str, ...]:
        """Ends of file names that can be written."""
        return () if self.write is None else self.written or self.suffixes

    def defaults(self) -> dict[str, Any]:
        """Default of every option."""
        return {option.name: option.default for option in self.options}

    def checked(self, options: Options, *, writing: bool = False) -> dict[str, Any]:
        """Options that were given in Python, each as its text would be read on the command line.

        Args:
            options: Values by name.
            writing: True for the options of the writer.

        Raises:
            InputError: If the format has no such option, or a value does not fit.
        """
        known = {o.name: o for o in self.options if not writing or o.name in self.write_options}
        result = {}
        for name, value in options.items():
            if name not in known:
                remedy = f"use one of: {', '.join(known)}" if known else "leave it out"
                raise InputError(Issue(name, f"{self.title} files have no such option", remedy))
            result[name] = known[name].checked(value)
        return result


@dataclass(frozen=True, slots=True)
class TraceFormat:
    """A file format that holds the traces of a run.

    Attributes:
        id: Name of the format.
        title: Name for people, for file dialogs.
        suffixes: Ends of file names, the preferred one first.
        targets: (path) -> every file that writing to the path makes.
        write: (samples, path, variables) -> None; variables are names of `io.columns.VARIABLES`.
    """

    id: str
    title: str
    suffixes: tuple[str, ...]
    targets: Callable[[Path], tuple[Path, ...]]
    write: Callable[[Samples, Path, tuple[str, ...]], None]
