"""The commands that draw the figures of the theory name what exists, and draw the figures that are shown."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from circuitsim.analysis import analysis
from circuitsim.api import load
from circuitsim.io.examples import example

DOCS = Path(__file__).resolve().parent.parent.parent / "docs"
COMMANDS = [
    shlex.split(line)[1:]
    for line in (DOCS / "figures.sh").read_text(encoding="utf-8").splitlines()
    if re.match(r"figure [a-z]", line)
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_figure_is_drawn_of_an_example_with_options_that_exist(command):
    _name, of, laboratory, *options = command
    assert options[::2] == ["--set"] * (len(options) // 2)
    given = dict(option.split("=") for option in options[1::2])
    analysis(laboratory).values(load(example(of).path), given)  # refuses what does not exist


def test_every_figure_that_is_shown_is_drawn_and_every_one_that_is_drawn_is_shown():
    text = (DOCS / "theory.md").read_text(encoding="utf-8")
    shown = re.findall(r"!\[[^]]+\]\((images/[\w-]+\.svg)\)", text)
    assert shown == [f"images/theory-{command[0]}.svg" for command in COMMANDS]
    assert all((DOCS / path).is_file() for path in shown)
