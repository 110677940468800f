"""What a person has chosen and what the program remembers, with every field checked when it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
from msgspec import Meta

from circuitsim.spec.issue import InputError, Issue
from circuitsim.spec.unit import UNIT_SYSTEMS

if TYPE_CHECKING:
    from pathlib import Path

VERSION = 1
RECENT = 10  # files

Name = Annotated[str, Meta(min_length=1, max_length=200)]
FileName = Annotated[str, Meta(min_length=1, max_length=4096)]
Coordinate = Annotated[int, Meta(ge=-100_000, le=100_000)]
Length = Annotated[int, Meta(ge=1, le=100_000)]


class Geometry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the window stood, in logical pixels of the desktop."""

    x: Coordinate
    y: Coordinate
    width: Length
    height: Length
    maximized: bool = False


class Settings(msgspec.Struct, frozen=True, omit_defaults=True):
    """Everything that is kept; what a person chose first, what the program remembers after it.

    Attributes:
        theme: ``system`` follows the desktop.
        scale: Size of everything in the window, 1 to 2; None leaves it to the desktop.
        unit_system: Of new circuits.
        times: ``short`` shows times below a second in ms or µs, ``circuit`` in the circuit's unit.
        solver: Of new circuits; None proposes one for each.
        reduced_motion: Whether everything that moves without being data stands still.
        strip_dismissed: Whether the strip of the first run was closed.
        recent: Files, the latest first.
        last: The file that was open; None if the circuit had none.
        geometry: Where the window stood; None before the first time.
        hidden_panels: Ids of the panels that were hidden.
        export_folder: Where traces and pictures were written last.
    """

    theme: Literal["system", "light", "dark"] = "system"
    scale: Annotated[float, Meta(ge=1.0, le=2.0)] | None = None
    unit_system: Name = "liquid"
    times: Literal["short", "circuit"] = "short"
    solver: Name | None = None
    reduced_motion: bool = False
    strip_dismissed: bool = False
    recent: Annotated[tuple[FileName, ...], Meta(max_length=RECENT)] = ()
    last: FileName | None = None
    geometry: Geometry | None = None
    hidden_panels: Annotated[tuple[Name, ...], Meta(max_length=32)] = ()
    export_folder: FileName | None = None

    def __post_init__(self) -> None:
        """Refuse what its type alone does not tell."""
        if self.unit_system not in UNIT_SYSTEMS:
            raise ValueError(f"there is no unit system {self.unit_system!r}")


def dumps(settings: Settings) -> bytes:
    """Settings as the content of their file; what has its default is left out."""
    fields = msgspec.to_builtins(settings)
    content = {"format": "circuitsim settings", "version": VERSION, **fields}
    return msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n"


def loads(data: bytes, path: Path) -> tuple[Settings, tuple[str, ...]]:
    """Settings from the content of their file; a field that cannot be used gets its default.

    Returns:
        The settings, and the names of the fields that could not be used.

    Raises:
        InputError: If the content is no file of settings at all.
    """
    try:
        given = msgspec.json.decode(data, type=dict[str, msgspec.Raw])
        known = msgspec.json.decode(given.get("format", msgspec.Raw(b"null"))) == "circuitsim settings"
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        known = False
    if not known:
        raise InputError(Issue(str(path), "these are no settings", "remove the file"))
    result, refused = Settings(), []
    for name in Settings.__struct_fields__:
        if name not in given:
            continue
        try:
            only = msgspec.json.decode(b'{"%b":%b}' % (name.encode(), bytes(given[name])), type=Settings)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            refused.append(name)
        else:
            result = msgspec.structs.replace(result, **{name: getattr(only, name)})
    return result, tuple(refused)
