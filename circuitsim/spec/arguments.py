"""A parser of command lines whose errors are sentences; for verbs with and without a window."""

from __future__ import annotations

import re
from argparse import ArgumentParser
from typing import NoReturn

from circuitsim.spec.issue import InputError, Issue


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
