"""The numbers of the solver that is in force, as settings of the circuit: shown, typed, taken back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from circuitsim.app.document.quantity import number, parse, sentence
from circuitsim.circuit.edits import SetSettings

if TYPE_CHECKING:
    from circuitsim.app.document.document import Document
    from circuitsim.spec.parameter import Parameter


def number_in_force(document: Document, parameter: Parameter) -> str:
    """What a number of a solver is now, as a text."""
    circuit = document.circuit
    usual = parameter.range(circuit.unit_system.id).default
    return number(circuit.document.settings.parameters.get(parameter.name, usual), 6)


def take_number(document: Document, parameter: Parameter, text: str) -> str | None:
    """Set a number of a solver; an empty text goes back to its default. Returns what is wrong with the text."""
    circuit = document.circuit
    settings = circuit.document.settings
    numbers = {name: value for name, value in settings.parameters.items() if name != parameter.name}
    if text.strip():
        try:
            value = parse(text, parameter.dimension, circuit.unit_system)
        except ValueError as error:
            return sentence(error)
        if problem := parameter.check(value):
            return sentence(ValueError(problem))
        numbers[parameter.name] = value
    document.push(SetSettings(replace(settings, parameters=numbers), f"Set {parameter.title}"))
    return None
