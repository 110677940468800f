"""Where things of one user are kept."""

from __future__ import annotations

import os
from pathlib import Path

VARIABLE = "CIRCUITSIM_CONFIG_DIR"  # names another folder, for tests and for trying things out


def folder() -> Path:
    """The folder of settings; it need not exist yet."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    from platformdirs import user_config_path

    return user_config_path("circuitsim", appauthor=False)
