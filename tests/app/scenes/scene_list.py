"""The scenes: what a person is likely to see of the window, each brought about as a person would."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from scene_stage import Stage

from circuitsim.analysis import analyses
from circuitsim.api import load
from circuitsim.circuit.circuit import Circuit
from circuitsim.circuit.edits import Delete, SetKind, SetSettings
from circuitsim.io.examples import example

if TYPE_CHECKING:
    from collections.abc import Callable

Size = tuple[int, int]


def on_example(name: str, size: Size) -> Stage:
    """A window with an example."""
    path = example(name).path
    return Stage(load(path), path, size)


def first_run(size: Size) -> Stage:
    """The circuit of the first start, running, with its strip and a neuron selected."""
    stage = on_example("liquid", size)
    stage.window.strip.welcome()
    stage.run(8.0)
    stage.seem_to_run()
    stage.select("liquid")
    return stage


def tapped(size: Size) -> Stage:
    """The worm while it is tapped, a command neuron selected."""
    stage = on_example("tap-withdrawal", size)
    stage.run(1.5)
    stage.canvas.press_key("t")
    stage.run(2.5)
    stage.seem_to_run()
    stage.select("AVAL")
    return stage


def diverged(size: Size) -> Stage:
    """A run whose step is far too long has stopped by itself."""
    stage = on_example("liquid", size)
    stage.run(2.0)
    settings = stage.document.circuit.document.settings
    stage.document.push(SetSettings(replace(settings, dt=0.4), "Set step"))
    stage.let_settle()
    stage.run(40.0)
    return stage


def empty(size: Size) -> Stage:
    """A blank circuit."""
    return Stage(Circuit(), None, size)


def connecting(size: Size) -> Stage:
    """A line is being drawn: neurons light up, except one that cannot be reached."""
    stage = on_example("five-ring", size)
    circuit = stage.document.circuit
    one, two, three = circuit.neurons[:3]
    stage.document.push(Delete(frozenset(s.id for s in circuit.synapses if three.id in (s.pre, s.post))))
    stage.document.push(SetKind(three.id, "ltc_paper"))
    stage.let_settle()  # bands take in the state at which they are derived
    stage.run(2.0)
    stage.select()
    rim = stage.place(one.name, dx=29.0)
    stage.drag(rim, stage.place(two.name), Qt.KeyboardModifier.ControlModifier)
    return stage


def looking_back(size: Size) -> Stage:
    """The past is shown."""
    stage = on_example("half-centre", size)
    stage.run(stage.document.proposal().duration / 4)
    _, last = stage.document.simulator.recording.span()
    stage.document.look_at(0.6 * last)
    return stage


def several(size: Size) -> Stage:
    """Some neurons are selected together."""
    stage = on_example("tap-withdrawal", size)
    stage.run(1.0)
    stage.select("AVAL", "AVAR", "AVDL", "AVDR")
    return stage


SCENES: dict[str, Callable[[Size], Stage]] = {
    scene.__name__.replace("_", "-"): scene
    for scene in (first_run, tapped, diverged, empty, connecting, looking_back, several)
}


def laboratory(stage: Stage, name: str) -> None:
    """Turn to a laboratory of the circuit of the first start, which stands still, and let it answer."""
    stage.window.show_laboratory(name)
    panel = stage.window.bottom.view
    if name == "closed-form":
        panel.options.values["cost"] = 0.0  # times differ from one machine to another
    stage.window.refresh()
    stage.wait(lambda: panel.result is not None and panel._job is None)
    stage.let_settle()


LABORATORIES = tuple(analyses())  # in one size and at one scale: they share all but what they find
SIZES: tuple[Size, ...] = ((1440, 900), (1024, 700))
THEMES = ("light", "dark")
SCALES = (1, 2)


def titles(scale: int) -> set[str]:
    """Names of all pictures at a scale."""
    scenes = {title(n, size, t, scale) for n in SCENES for size in SIZES for t in THEMES}
    more = LABORATORIES if scale == SCALES[0] else ()
    return scenes | {title(f"laboratory-{n}", SIZES[0], t, scale) for n in more for t in THEMES}


def title(scene: str, size: Size, theme_id: str, scale: int) -> str:
    """Name of a picture."""
    return f"{scene}-{size[0]}x{size[1]}-{theme_id}-{scale}x"
