"""How to get what a peer needs: commands that work from where circuitsim itself came, and never by its name alone.

The public index may hold something else under that name.
"""

from __future__ import annotations

import json
import re
import shlex
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, distribution, requires
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

NAME = "circuitsim"
APART = "apart"  # folder of an environment of its own
ROOT = Path(__file__).resolve().parents[2]


def here(extra: str) -> str:
    """The command that brings an extra into the environment that this program runs in."""
    asked = _checkout(extra) or _named(extra)
    return _line(sys.executable, "-m", "pip", "install", *asked) if asked else ""


def apart(extra: str) -> str:
    """The commands that bring circuitsim with an extra into an environment of its own, and compare there.

    Empty if nothing tells what the extra is.
    """
    make = _line(sys.executable, "-m", "venv", APART)
    compare = f"{APART}/bin/{NAME} bench --peers"
    source = _checkout(extra) or _origin(extra)
    if source is not None:
        return " && ".join((make, _line(f"{APART}/bin/pip", "install", *source), compare))
    if asked := _named(extra):
        install = _line(f"{APART}/bin/pip", "install", *asked)
        return f"{make}; install {NAME} in it from where it came; {install} && {compare}"
    return ""


def _line(*words: str) -> str:
    return " ".join(map(shlex.quote, words))


def _checkout(extra: str) -> list[str] | None:
    """The sources around this file as pip takes them; None in an installed package."""
    try:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        ours = project["name"] == NAME
    except (OSError, ValueError, LookupError, TypeError):
        return None
    return ["-e", f"{ROOT}[{extra}]"] if ours else None


def _origin(extra: str) -> list[str] | None:
    """What was installed, as pip keeps it in mind (direct_url.json, PEP 610); None if it is gone or came by name."""
    try:
        told = json.loads(distribution(NAME).read_text("direct_url.json") or "{}")
        url = str(told["url"])
    except (PackageNotFoundError, ValueError, LookupError, TypeError):
        return None
    parts = urlsplit(url)
    if parts.scheme == "file" and not Path(url2pathname(parts.path)).exists():
        return None
    if vcs := told.get("vcs_info"):
        url = f"{vcs['vcs']}+{url}@{vcs['commit_id']}"
    if folder := told.get("subdirectory"):
        url += f"#subdirectory={folder}"
    return [f"{NAME}[{extra}] @ {url}"]


def _named(extra: str) -> list[str]:
    """The packages of an extra themselves, in the versions that it asks for."""
    try:
        lines = requires(NAME) or []
    except PackageNotFoundError:
        return []
    marker = re.compile(rf"\bextra\s*==\s*['\"]{re.escape(extra)}['\"]")
    pairs = (line.partition(";") for line in lines)
    return [package.strip() for package, _, condition in pairs if marker.search(condition)]
