"""Articles and numbers before nouns, as they are spoken."""

import pytest

from circuitsim.spec.words import a, counted


@pytest.mark.parametrize(
    "said",
    ["a unit of a network", "a uniform noise", "a user", "an input", "an LTC neuron", "an unknown kind", "a weight",
     "an upper limit", "a European", "an electrode", "an uninteresting case", "a CfC network"],
)  # fmt: skip
def test_the_article_follows_the_sound(said):
    assert a(said.split(" ", 1)[1]) == said


def test_one_thing_is_no_plural():
    assert [counted(n, "column") for n in (0, 1, 2)] == ["0 columns", "1 column", "2 columns"]
