"""What is wrong, where, and what to do about it, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Issue:
    """One problem in one place, with its remedy.

    Attributes:
        where: The place, as a person would name it (``neuron AVAL``, ``line 4 of edges.csv``).
        problem: What is wrong there, as a clause without a full stop.
        remedy: What to do, as a clause without a full stop; may be empty.
        warning: True if the work can go on in spite of it.
        element: Id of the element concerned, for highlighting; None when there is none.
        cures: What a window may offer to do about it, the best first: ``step``, ``double`` or the id of a solver.
        step: The step of the solver that the remedy names; None if it names none.
    """

    where: str
    problem: str
    remedy: str = ""
    warning: bool = False
    element: int | None = None
    cures: tuple[str, ...] = ()
    step: float | None = None

    @property
    def sentence(self) -> str:
        """The issue as one sentence: place, problem, remedy."""
        start = f"{self.where}: {self.problem}" if self.where else self.problem
        return f"{start}; {self.remedy}." if self.remedy else f"{start}."


class CircuitsimError(Exception):
    """Base of every error that is meant for the user; its text is one clear sentence."""

    def __init__(self, issues: Issue | Iterable[Issue]) -> None:
        self.issues = (issues,) if isinstance(issues, Issue) else tuple(issues)
        super().__init__(self.issues[0].sentence if self.issues else "Unknown problem.")

    @property
    def sentence(self) -> str:
        """The first issue, and how many more there are."""
        first = self.issues[0].sentence
        more = len(self.issues) - 1
        return f"{first} ({more} more like it)" if more else first


class InputError(CircuitsimError):
    """Something that was given (file, number, name, argument) cannot be used."""


class RunError(CircuitsimError):
    """A run could not be finished, for instance because a state diverged."""
