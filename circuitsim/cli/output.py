"""Print issues on standard error, one sentence a line."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from circuitsim.spec.issue import Issue


def warn(issue: Issue) -> None:
    """Say something that does not stop the work."""
    print(f"circuitsim: warning: {issue.sentence}", file=sys.stderr)


def refuse(issue: Issue) -> None:
    """Say something that does."""
    print(f"circuitsim: {issue.sentence}", file=sys.stderr)
