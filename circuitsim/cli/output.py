"""Print sentences on standard error; where nobody listens they are lost without harm."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from circuitsim.spec.issue import CircuitsimError, Issue


def say(sentence: str) -> None:
    """Say a sentence in the name of the program."""
    with contextlib.suppress(OSError):
        print(f"circuitsim: {sentence}", file=sys.stderr)


def warn(issue: Issue) -> None:
    """Say something that does not stop the work."""
    say(f"warning: {issue.sentence}")


def refuse(error: CircuitsimError) -> None:
    """Say something that does."""
    say(error.sentence)
