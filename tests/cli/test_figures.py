"""The commands that draw the figures of the theory name what exists, and draw the figures that are shown."""

from __future__ import annotations

import html
import re
import shlex
from pathlib import Path

import pytest

from circuitsim.analysis import analysis
from circuitsim.api import analyse, load
from circuitsim.io.examples import example

DOCS = Path(__file__).resolve().parent.parent.parent / "docs"
COMMANDS = [
    shlex.split(line)[1:]
    for line in (DOCS / "figures.sh").read_text(encoding="utf-8").splitlines()
    if re.match(r"figure [a-z]", line)
]


def letters(text: str) -> str:
    """A text without what depends on machines and lines."""
    return re.sub("[^A-Za-z]", "", text)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_figure_is_drawn_of_an_example_with_options_that_exist(command):
    _name, of, laboratory, *options = command
    assert options[::2] == ["--set"] * (len(options) // 2)
    given = dict(option.split("=") for option in options[1::2])
    analysis(laboratory).values(load(example(of).path), given)  # refuses what does not exist


@pytest.mark.parametrize(
    "command", [c for c in COMMANDS if "network=random" not in c], ids=lambda command: command[0]
)
def test_a_figure_says_what_the_laboratory_says_today(command):
    name, of, laboratory, *options = command
    given = dict(option.split("=") for option in options[1::2])
    picture = (DOCS / "images" / f"theory-{name}.svg").read_text(encoding="utf-8")
    drawn = letters(html.unescape("".join(re.findall(r">([^<]*)</text>", picture))))
    for finding in analyse(load(example(of).path), laboratory, **given).findings:
        assert letters(finding.text) in drawn


def test_every_figure_that_is_shown_is_drawn_and_every_one_that_is_drawn_is_shown():
    text = (DOCS / "theory.md").read_text(encoding="utf-8")
    shown = re.findall(r"!\[[^]]+\]\((images/[\w-]+\.svg)\)", text)
    assert shown == [f"images/theory-{command[0]}.svg" for command in COMMANDS]
    assert all((DOCS / path).is_file() for path in shown)
