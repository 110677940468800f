"""circuitsim create: build a whole network from a few numbers."""

from __future__ import annotations

from argparse import SUPPRESS
from pathlib import Path
from typing import TYPE_CHECKING

from circuitsim.cli.verb import Verb, named
from circuitsim.spec.words import counted

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable, Mapping

    from circuitsim.circuit.families import Family
    from circuitsim.circuit.wirings import WiringKind
    from circuitsim.spec.size import Size

FIXED = ("network", "target", "family", "seed")


def _declare(parser: ArgumentParser) -> None:
    from circuitsim.circuit.families import families
    from circuitsim.circuit.plan import SEED
    from circuitsim.circuit.wirings import wirings

    dense = [i for i, family in families().items() if not family.wired]
    wired = [i for i, family in families().items() if family.wired]
    parser.add_argument(
        "network",
        metavar="NETWORK",
        help=f"a wiring: {', '.join(wirings())}; or a network without one: {', '.join(dense)}",
    )
    parser.add_argument(
        "target", type=named, metavar="DST", help="the circuit file to write (NAME.circuit.json)"
    )
    parser.add_argument(
        "--family",
        choices=wired,
        help=f"what the neurons over a wiring are: {' or '.join(wired)} (default: {wired[0]})",
    )
    parser.add_argument(
        "--seed",
        metavar="N",
        default=None,
        help=f"{SEED.doc[:1].lower()}{SEED.doc[1:-1]} (default: that of ncps)",
    )
    group = parser.add_argument_group("numbers; those in brackets have them, and else all do")
    for name, found in _by_name((*wirings().values(), *families().values())).items():
        told = _help(found, everywhere=found.keys() >= families().keys())
        group.add_argument(
            f"--{name.replace('_', '-')}", dest=name, default=SUPPRESS, metavar=_metavar(found), help=told
        )


def _run(values: Namespace) -> int:
    from circuitsim.api import network, save
    from circuitsim.io.dispatch import writer
    from circuitsim.spec import atomic

    target = Path(values.target)
    writer(target)
    atomic.check(target)
    given = {name: value for name, value in vars(values).items() if name not in FIXED}
    seed = None if values.seed is None else _seed(values.seed)
    circuit = network(values.network, family=values.family, seed=seed, **given)
    save(circuit, target)
    parts = {
        "neuron": circuit.neurons,
        "synapse": circuit.synapses,
        "input": circuit.inputs,
        "output": circuit.outputs,
    }
    print(f"{target}: {', '.join(counted(len(part), word) for word, part in parts.items())}")
    return 0


def _seed(text: str) -> int:
    from circuitsim.circuit.plan import SEED

    return int(SEED.number(text))


def _by_name(owners: Iterable[WiringKind | Family]) -> dict[str, dict[str, Size]]:
    """The numbers that can be said by name, each by the id of what has it."""
    result: dict[str, dict[str, Size]] = {}
    for owner in owners:
        for size in owner.sizes:
            result.setdefault(size.name, {})[owner.id] = size
    return result


def _metavar(found: Mapping[str, Size]) -> str:
    size = next(iter(found.values()))
    return "WORD" if size.choices else "N" if size.whole else "X"


def _help(found: Mapping[str, Size], *, everywhere: bool) -> str:
    """What it means, what has it, what may be given and what it is otherwise."""
    size = next(iter(found.values()))
    defaults = {owner: _default(each) for owner, each in found.items()}
    if len(set(defaults.values())) == 1:
        owners = "" if everywhere else f"{', '.join(defaults)}; "
        ending = f"{owners}default: {_default(size)}"
    else:
        ending = "default: " + ", ".join(f"{value} for {owner}" for owner, value in defaults.items())
    choices = f": {' or '.join(size.choices)}" if size.choices else ""
    return f"{size.doc[:1].lower()}{size.doc[1:-1]}{choices} ({ending})".replace("%", "%%")


def _default(size: Size) -> str:
    return size.choices[int(size.default)] if size.choices else f"{size.default:g}"


VERB = Verb(
    "create", "build a network over a wiring of ncps, or a CfC network, from a few numbers", _declare, _run
)
