"""What the document shows of elements, kept in step when they go or change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from circuitsim.circuit.traces import with_traces

if TYPE_CHECKING:
    from collections.abc import Container

    from circuitsim.circuit.elements import Document, Parameters


def without(document: Document, gone: Container[int]) -> Document:
    """The document with nothing in it that shows what is gone; a lane that showed only that goes too."""
    lanes = []
    for lane in document.lanes:
        kept = tuple(i for i in lane.elements if i not in gone)
        if kept or not lane.elements:
            lanes.append(replace(lane, elements=kept))
    return replace(
        with_traces(document, (i for i in document.traced if i not in gone)),
        lanes=tuple(lanes),
        pins=tuple(pin for pin in document.pins if pin.element not in gone),
    )


def without_lost_pins(document: Document, element: int, parameters: Parameters) -> Document:
    """The document without pins of parameters that an element no longer has."""
    kept = tuple(pin for pin in document.pins if pin.element != element or pin.parameter in parameters)
    return document if kept == document.pins else replace(document, pins=kept)
