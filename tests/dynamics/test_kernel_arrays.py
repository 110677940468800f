"""Arrays on their way into machine code: those that it was compiled for, at the place where they are now."""

from __future__ import annotations

import copy
from multiprocessing import Pipe

import numpy as np
import pytest

from circuitsim.dynamics import build
from circuitsim.dynamics.tables import FIELDS, SORTS, Tables, words_of
from circuitsim.spec.catalogue import kinds


def array(letter, *shape):
    sort = SORTS[letter]
    return np.zeros(shape or (3,) * sort.dimensions, sort.dtype)


@pytest.fixture
def tables():
    return Tables(*map(array, FIELDS.values()))


def addresses(tables):
    return [found.__array_interface__["data"][0] for found in tables]


def piped(tables):
    """As another process would get them."""
    here, there = Pipe()
    with here, there:
        here.send(tables)
        return there.recv()


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, piped, Tables._replace])
@pytest.mark.parametrize("read", [False, True])
def test_a_copy_of_tables_tells_kernels_where_its_own_arrays_are(tables, copied, read):
    if read:
        assert set(addresses(tables)) <= set(tables.block.tolist())
    other = copied(tables)
    assert type(other) is Tables
    assert set(addresses(other)) <= set(other.block.tolist())


@pytest.mark.parametrize("letter", SORTS)
def test_words_are_what_numpy_says(letter):
    sizes = (4, 7)[: SORTS[letter].dimensions]
    for shape in (sizes, (1,) * len(sizes)):
        found = array(letter, *shape)
        place = found.__array_interface__["data"][0]
        assert words_of(found, SORTS[letter], "it") == [
            found.size, found.itemsize, place, *found.shape, *array(letter, *shape).strides,
        ]  # fmt: skip


@pytest.mark.parametrize("letter", SORTS)
def test_an_empty_array_is_one_too(letter):
    sizes = (0,) * SORTS[letter].dimensions
    words = words_of(array(letter, *sizes), SORTS[letter], "it")
    assert words[0] == 0
    assert words[3 : 3 + len(sizes)] == [*sizes]


WRONG = [
    (np.zeros((3, 4), np.int64), "int64 in 2 dimensions"),
    (np.zeros((3, 4), np.float32), "float32 in 2 dimensions"),
    (np.zeros((3, 4), np.dtype(float).newbyteorder()), ">f8 in 2 dimensions"),
    (np.zeros(3), "float64 in 1 dimension"),
    (np.zeros((3, 4, 5)), "float64 in 3 dimensions"),
    (np.zeros((3, 4)).T, "float64 in 2 dimensions, with gaps"),
    (np.zeros((3, 8))[:, ::2], "float64 in 2 dimensions, with gaps"),
]


@pytest.mark.parametrize(("given", "told"), WRONG)
def test_an_array_that_tables_cannot_hold_is_named(tables, given, told):
    with pytest.raises(TypeError) as caught:
        _ = tables._replace(acc=given).block
    asked = "acc of a kernel must be float64 in 2 dimensions, item after item, and is "
    assert str(caught.value) == asked + told


@pytest.mark.parametrize(
    "given", [np.zeros(3, np.int64), np.zeros(3, np.float32), np.zeros((3, 1)), np.zeros(6)[::2]]
)
def test_a_kernel_refuses_what_it_was_not_compiled_for(given):
    value = build.kernel(kinds().stimuli["constant"].value, "VALUE")
    with pytest.raises(TypeError, match="argument 0 of a kernel must be float64 in 1 dimension"):
        value(given, 0.0)
    assert value(np.array([3.0]), 0.0) == 3.0
