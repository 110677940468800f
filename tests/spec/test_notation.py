"""The notation of equations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from circuitsim.spec.notation import (
    Big,
    Bracket,
    Call,
    Cases,
    Clause,
    Condition,
    Differential,
    Fraction,
    Name,
    Number,
    Power,
    Product,
    Relation,
    Root,
    Sum,
    Value,
    equations,
    name,
    names,
)
from circuitsim.spec.put_in import put_in

A, B, X = Name("a"), Name("b"), Name("x")


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("a b", Product((A, B))),
        ("a · b", Product((A, B))),
        ("gain u", Product((Name("gain"), Name("u")))),
        ("a/b", Fraction(A, B)),
        ("x (a)/(a + b)", Product((X, Fraction(A, Sum((("", A), ("+", B))))))),
        ("a − -b", None),
        ("−a/b", Sum((("−", Fraction(A, B)),))),
        ("dx/dt", Fraction(Differential("d", X), Differential("d", Name("t")))),
        ("∂a/∂b", Fraction(Differential("∂", A), Differential("∂", B))),
        ("gₗ", Name("g", Name("l"))),
        ("x_pre", Name("x", Name("pre"))),
        ("k₁", Name("k", Number("1"))),
        ("tₖ₊₁", Name("t", Sum((("", Name("k")), ("+", Number("1")))))),
        ("aᵢⱼ", Name("a", Product((Name("i"), Name("j"))))),
        ("x∞", Name("x", Number("∞"))),
        ("r²", Power(Name("r"), Number("2"))),
        ("e^(−x)", Power(Name("e"), Sum((("−", X),)))),
        ("√(2/x)", Root(Fraction(Number("2"), X))),
        ("a(x, b)", Call(A, (X, B))),
        ("a (x)", Product((A, Bracket("(", X)))),
        ("|a|", Bracket("|", A)),
        ("Σ a x", Product((Big(), A, X))),
        ("a ≤ x < b", Relation((A, X, B), ("≤", "<"))),
    ],
)
def test_reads(text, node):
    if node is None:
        with pytest.raises(ValueError, match="character 5"):
            equations(text)
    else:
        assert equations(text) == (Clause(node),)


def test_cases_and_conditions():
    less = Relation((X, A), ("<",))
    cases = Cases((Clause(A, Condition("if", less)), Clause(B, Condition("otherwise"))))
    assert equations("{ a if x < a; b otherwise }") == (Clause(cases),)
    assert equations("b for x < a, a") == (Clause(B, Condition("for", less)), Clause(A))


@pytest.mark.parametrize("text", ["", "a +", "(a", "{ a if x", "a)", "a b }", "a ? b", "f(a", "|a"])
def test_what_is_no_equation_is_refused(text):
    with pytest.raises(ValueError, match="equation"):
        equations(text)


@given(st.text("abxdtσΣ √∂()[]{}|,;+−-·/^=<≤_₁ₗ∞²if for 12.", max_size=24))
def test_any_text_is_read_or_refused(text):
    try:
        read = equations(text)
    except ValueError:
        return  # any other error fails
    names(read)


def test_a_symbol_is_one_name():
    assert name("τ") == Name("τ")
    with pytest.raises(ValueError, match="no name"):
        name("a b")


def test_numbers_put_in_get_the_brackets_they_need():
    values = {A: Value("−2", "mV"), B: Value("3")}
    (clause,) = put_in(equations("x − a + a x (a + b) a²"), values)
    low, three = Value("−2", "mV"), Value("3")
    inner = Bracket("(", Sum((("", low), ("+", three))))
    term = Product((Bracket("(", low), X, inner, Power(Bracket("(", low), Number("2"))))
    assert clause.body == Sum((("", X), ("−", Bracket("(", low)), ("+", term)))


def test_a_function_takes_another_name_but_no_number():
    (clause,) = put_in(equations("a(x) + b(x)"), {A: Name("tanh"), B: Value("3"), X: Value("1")})
    called = Call(Name("tanh"), (Value("1"),)), Call(B, (Value("1"),))
    assert clause.body == Sum((("", called[0]), ("+", called[1])))


def test_what_a_hand_does_stays_a_word():
    (clause,) = put_in(equations("{ a while x; b otherwise }"), {A: Value("1"), X: Value("0")})
    assert clause.body == Cases(
        (Clause(Value("1"), Condition("while", X)), Clause(B, Condition("otherwise")))
    )
