"""Discovery: the folder is the registry."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any, TypeVar, cast

T = TypeVar("T")


def collect(package: str, constant: str, of: type[T]) -> dict[str, T]:
    """Import every public module of a package and take its one declaration.

    Args:
        package: Dotted name of the package whose modules each declare one thing.
        constant: Name of the module constant that holds the declaration (``KIND``).
        of: Class the declaration must have.

    Returns:
        Declarations by id: those that the package names in ``USUAL`` first, the others in order of module name.

    Raises:
        RuntimeError: If a module lacks its declaration or an id is taken twice.
        KeyError: If the package names an id that nobody declares.
    """
    home = importlib.import_module(package)
    found: dict[str, T] = {}
    for info in sorted(pkgutil.iter_modules(home.__path__), key=lambda m: m.name):
        if info.name.startswith("_"):
            continue
        module = importlib.import_module(f"{package}.{info.name}")
        declaration: Any = getattr(module, constant, None)
        if not isinstance(declaration, of):
            raise RuntimeError(f"{module.__name__} must end in {constant} = {of.__name__}(...)")
        if declaration.id in found:  # type: ignore[attr-defined]
            raise RuntimeError(f"{module.__name__} declares an id that is already taken: {declaration.id}")  # type: ignore[attr-defined]
        found[cast("Any", declaration).id] = declaration
    usual: tuple[str, ...] = getattr(home, "USUAL", ())
    return {i: found[i] for i in (*usual, *(i for i in found if i not in usual))}
