"""The head of the inspector: what is selected, drawn small, with its name and kind."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QDrag, QPainter
from PySide6.QtWidgets import QFrame, QToolButton, QWidget

from circuitsim.app import theme
from circuitsim.app.canvas.paint.neuron import NeuronLook, paint_neuron
from circuitsim.app.document.carry import packed
from circuitsim.app.document.lesion import all_muted, can_mute, toggle_muted
from circuitsim.app.document.names import shared_kind
from circuitsim.app.theme.icons import pixmap
from circuitsim.app.theme.ink import colour
from circuitsim.app.widgets.boxes import Text, column, row
from circuitsim.circuit.elements import Cell, Input, Neuron, Note, Output, Synapse
from circuitsim.circuit.lesions import silent

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent

    from circuitsim.app.document.document import Document
    from circuitsim.circuit.circuit import Circuit
    from circuitsim.circuit.elements import Element

ICONS = {Synapse: "synapse", Input: "input", Cell: "block", Output: "probe", Note: "note"}


class Emblem(QWidget):
    """The neuron as on the canvas, or the icon of what is selected."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.setFixedSize(44, 48)
        self._document = document

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Carry the neuron to a view that takes it, for instance a lane of the scope."""
        neurons = [
            i for i in self._document.selection if isinstance(self._document.circuit.elements[i], Neuron)
        ]
        if not event.buttons() & Qt.MouseButton.LeftButton or not neurons:
            return
        drag = QDrag(self)
        drag.setMimeData(packed(neurons))
        drag.setPixmap(self.grab())
        drag.exec(Qt.DropAction.CopyAction)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """Vessel with the live level, or a disc with an icon."""
        t, doc = theme.current(), self._document
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        element = doc.circuit.elements.get(next(iter(doc.selection), 0))
        if len(doc.selection) == 1 and isinstance(element, Neuron):
            paint_neuron(painter, 22, 24, 17, self._look(element), t)
            return
        name = "copy" if len(doc.selection) > 1 else icon_of(doc.circuit, element)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(t.raised))
        painter.drawRoundedRect(QRectF(5, 7, 34, 34), 8, 8)
        painter.drawPixmap(12, 14, pixmap(name, t.text2, 20, self.devicePixelRatioF()))

    def _look(self, neuron: Neuron) -> NeuronLook:
        doc, t = self._document, theme.current()
        number = doc.circuit.document.trace_numbers.get(neuron.id)
        tint = "" if number is None else t.trace(number)
        failed = "NaN" if doc.failed_neuron() == neuron.id else ""
        level, sweep, instant = _standing(doc, neuron.id)
        return NeuronLook(
            level=level, sweep=sweep, pace=sweep, role=neuron.role.value, tint=tint, failure=failed, instant=instant,
            muted=neuron.muted,
        )  # fmt: skip


def icon_of(circuit: Circuit, element: Element | None) -> str:
    """The icon of an element that is not drawn itself, or of the circuit."""
    if isinstance(element, Synapse) and circuit.kinds.synapses[element.kind].clamp:
        return "electrode"
    return ICONS.get(type(element), "layout")


def _standing(document: Document, neuron: int) -> tuple[float, float, bool]:
    """Membrane potential and log τ of a neuron between their bounds, from 0 to 1, and whether its ring is unlit."""
    snapshot, bands = document.snapshot(), document.bands()
    if snapshot is None or neuron not in snapshot.ids or neuron not in bands.ids:
        return 0.5, 1.0, False
    a, b = snapshot.ids.index(neuron), bands.ids.index(neuron)
    low, high = float(bands.state_low[b]), float(bands.state_high[b])
    level = (float(snapshot.v[a]) - low) / (high - low) if high > low and math.isfinite(high - low) else 0.5
    fast, slow, tau = float(bands.tau_low[b]), float(bands.tau_high[b]), float(snapshot.tau[a])
    level = min(1.0, max(0.0, level))
    if neuron in snapshot.unit_ids:
        gate = float(snapshot.gate[snapshot.unit_ids.index(neuron)])
        return (level, 0.0, True) if math.isnan(gate) else (level, min(1.0, max(0.0, gate)), False)
    if not (0 < fast < slow < math.inf and tau > 0):
        return level, 1.0, slow == 0
    return level, min(1.0, max(0.0, math.log(tau / fast) / math.log(slow / fast))), False


class Title(QFrame):
    """Emblem, name, kind, what mutes it, and the eye that puts a neuron on the scope."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.setFixedHeight(58)
        self._document = document
        self.emblem = Emblem(document)
        self.name, self.kind = Text(), Text(dim=2)
        self.name.setFont(theme.named("display"))
        self.kind.setFont(theme.font(11))
        self.eye = QToolButton()
        self.eye.setObjectName("eye")
        self.eye.setCheckable(True)
        self.eye.setFixedSize(28, 26)
        self.eye.setIconSize(QSize(18, 18))
        self.eye.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.eye.clicked.connect(self._toggle)
        self.mute = QToolButton()
        self.mute.setObjectName("mute")
        self.mute.setCheckable(True)
        self.mute.setFixedSize(28, 26)
        self.mute.setIconSize(QSize(18, 18))
        self.mute.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.mute.clicked.connect(lambda: toggle_muted(document))
        self.help = QToolButton()
        self.help.setObjectName("help")
        self.help.setText("?")
        self.help.setFont(theme.named("title"))
        self.help.setFixedSize(28, 28)
        self.help.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.help.setAccessibleName("What is this?")
        self.help.clicked.connect(lambda: document.tools.help_asked.emit(None))
        names = column(None, self.name, self.kind, None, spacing=1)
        acts = column(None, self.eye, self.mute, None, spacing=1)
        self.setLayout(row(self.emblem, 6, self.help, acts, spacing=4, margins=(8, 2, 8, 2)))
        layout = self.layout()
        assert layout is not None  # noqa: S101  (set above)
        layout.insertLayout(1, names, 1)  # type: ignore[attr-defined]
        theme.changed.connect(self.sync)
        self.sync()

    def _toggle(self) -> None:
        for i in self._document.selection:
            if isinstance(self._document.circuit.elements.get(i), Neuron):
                self._document.toggle_trace(i)

    def sync(self) -> None:
        """Show what is selected now."""
        doc = self._document
        name, kind = describe(doc)
        self.name.setText(name)
        self.kind.setText(kind)
        only = doc.circuit.elements.get(next(iter(doc.selection), 0)) if len(doc.selection) == 1 else None
        self.eye.setVisible(isinstance(only, Neuron))
        traced = isinstance(only, Neuron) and only.id in doc.traced
        self.eye.setChecked(traced)
        self.eye.setIcon(theme.icon("eye", 18))
        self.eye.setToolTip("Take it off the scope (V)" if traced else "Show its trace on the scope (V)")
        lost = all_muted(doc)
        self.mute.setVisible(can_mute(doc))
        self.mute.setChecked(lost)
        self.mute.setIcon(theme.icon("mute", 18))
        self.mute.setAccessibleName("Let it act again" if lost else "Mute")
        self.mute.setToolTip("Let it act again (M)" if lost else "Mute it: a lesion that can be healed (M)")
        self.emblem.update()
        explained = shared_kind(doc)
        self.help.setVisible(explained is not None)
        if explained is not None:
            self.help.setToolTip(f"Equation of the {explained.title}, and when not to use it (Shift+F1)")


def describe(document: Document) -> tuple[str, str]:
    """Name and kind of what is selected."""
    circuit, chosen = document.circuit, document.selection
    if not chosen:
        return circuit.document.title or document.name, circuit.unit_system.title
    if len(chosen) > 1:
        families = set(map(type, map(circuit.elements.get, chosen)))
        family = families.pop().__name__.lower() if len(families) == 1 else "thing"
        plural = f"{family[:-1]}ies" if family.endswith("y") else f"{family}s"
        return f"{len(chosen)} {plural}", "a change applies to all of them"
    element = circuit.elements[next(iter(chosen))]
    match element:
        case Neuron():
            return (
                element.label or element.name,
                f"{'muted · ' * element.muted}{element.role} · {_kind(circuit, element)}",
            )
        case Synapse():
            pre, post = circuit.elements[element.pre], circuit.get(element.post, Neuron)
            kind = circuit.kinds.synapses[element.kind]
            arrow = "–" if kind.mutual else "→"
            lost = "muted · " if element.muted else "silent · " if silent(circuit, element) else ""
            return f"{getattr(pre, 'name', '')} {arrow} {post.name}", f"{lost}{kind.title}"
        case Input():
            title = circuit.kinds.stimuli[element.stimulus].title
            return element.label or element.name, f"input · {title}" + (
                f" · key {element.key}" if element.key else ""
            )
        case Cell():
            return element.label or element.name, circuit.kinds.cells[element.kind].title
        case Output():
            return (
                element.label or element.name,
                f"output of {getattr(circuit.elements[element.source], 'name', '')}",
            )
        case Note():
            return element.title or "Note", "note"
    return "", ""


def _kind(circuit: Circuit, neuron: Neuron) -> str:
    """Title of the kind of a neuron; of a unit the network that it is part of."""
    network = circuit.network_of(neuron.id)
    return circuit.kinds.neuron(neuron.kind).title if network is None else f"unit of {network.name}"
