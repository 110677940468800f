"""Equations as boxes: every declared one fits its width, and marks stand where they belong."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage, QRegion
from PySide6.QtWidgets import QWidget

from circuitsim.app import theme
from circuitsim.app.equations.face import face
from circuitsim.app.equations.lines import broken
from circuitsim.app.equations.setting import box, pieces
from circuitsim.app.equations.view import EquationView
from circuitsim.spec.catalogue import kinds
from circuitsim.spec.notation import Value, equations, name
from circuitsim.spec.put_in import put_in

pytestmark = pytest.mark.usefixtures("qapp")
K = kinds()
ALL = [*K.neurons.values(), *K.synapses.values(), *K.stimuli.values(), *K.solvers.values()]
MANY = pytest.mark.parametrize("kind", ALL, ids=lambda k: k.id)


def both(kind):
    """The equations of a kind, and with long numbers put in."""
    long = {name(p.symbol): Value("−123.4", "1/mV") for p in kind.parameters if not p.choices}
    return equations(kind.equation), put_in(equations(kind.equation), long)


@MANY
@pytest.mark.parametrize("width", [300.0, 380.0, 2000.0])
def test_lines_lose_nothing_and_fit_unless_they_cannot_be_broken(kind, width):
    f = face(17.0)
    for form in both(kind):
        for clause in form:
            parts, lines = pieces(clause, f), broken(clause, f, width)
            widest = max(p.box.width for p in parts)
            assert sum(line.width for line in lines) >= sum(p.box.width for p in parts) - 1e-6
            if len(lines) == 1:
                whole = sum(p.box.width + (p.gap if k else 0.0) for k, p in enumerate(parts))
                assert lines[0].width == pytest.approx(whole)
            assert len(lines) == 1 or widest <= max(line.width for line in lines)


@MANY
def test_ink_stays_inside_the_view(kind, qtbot):
    """Whatever the width: what is painted at the edge of the view would be cut off."""
    for form in both(kind):
        view = EquationView()
        qtbot.addWidget(view)
        view.show_equations(form)
        view.resize(372, view.heightForWidth(372))
        assert view.height() > 10
        inked = ink(view)
        assert not inked.isEmpty()
        assert view.rect().adjusted(1, 1, -1, -1).contains(inked)


def ink(view):
    """The smallest rectangle of a view that holds everything painted."""
    image = QImage(view.size(), QImage.Format.Format_ARGB32)
    image.fill(0)
    view.render(image, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    alpha = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)[
        ..., 3
    ]
    rows, columns = np.nonzero(alpha > 40)
    if not rows.size:
        return QRect()
    return QRect(QPoint(columns.min(), rows.min()), QPoint(columns.max(), rows.max()))


def sized(text, f=None):
    (clause,) = equations(text)
    return box(clause.body, f or face(17.0))


def test_measures():
    f = face(17.0)
    assert sized("x/y").up > sized("x").up
    assert sized("x/y").down > sized("x").down
    assert sized("x_pre").down > sized("x").down
    assert sized("x²").up > sized("x").up
    assert sized("(x/y)").height > sized("(x)").height
    assert sized("{ x if y; y otherwise }").height > 2 * sized("x").height
    tall = sized("(x/y)")
    assert tall.up - f.axis == pytest.approx(
        tall.down + f.axis, rel=0.15
    )  # brackets have their middle on the axis


def test_numbers_stand_out_in_both_themes(qtbot):
    for which in ("light", "dark"):
        theme.set_theme(which)
        view = EquationView(faint=True)
        qtbot.addWidget(view)
        view.show_equations(put_in(equations("x"), {name("x"): Value("888")}))
        view.resize(100, 40)
        image = view.grab().toImage()
        colours = {image.pixelColor(x, y).name() for x in range(100) for y in range(40)}
        assert QColor(theme.current().text).name() in colours
    theme.set_theme("light")
