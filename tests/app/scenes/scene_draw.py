"""Draws every scene at one scale; a process of its own, since Qt's scale holds for a whole process.

``python tests/app/scenes/scene_draw.py SCALE FOLDER`` writes reduced pictures, ``... renew`` takes new references.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from scene_list import LABORATORIES, SCALES, SCENES, SIZES, THEMES, first_run, laboratory, title

REFERENCES = Path(__file__).parent / "references"
SUFFIX = ".webp"


def draw(scale: int, folder: Path) -> None:
    """Draw all scenes in all sizes and themes into a folder, reduced; in this process, which has the scale."""
    from scene_compare import reduced, write

    for name, scene in SCENES.items():
        for size in SIZES:
            stage = scene(size)
            try:
                for theme_id in THEMES:
                    path = folder / (title(name, size, theme_id, scale) + SUFFIX)
                    write(reduced(stage.picture(theme_id)), path)
            finally:
                stage.close()
    if scale == SCALES[0]:
        draw_laboratories(folder, scale)


def draw_laboratories(folder: Path, scale: int) -> None:
    """Draw every laboratory in one window, at one size."""
    from scene_compare import reduced, write

    stage = first_run(SIZES[0])
    try:
        for theme_id in THEMES:  # the whole window is dressed anew at each change
            for name in LABORATORIES:
                laboratory(stage, name)
                path = folder / (title(f"laboratory-{name}", SIZES[0], theme_id, scale) + SUFFIX)
                write(reduced(stage.picture(theme_id)), path)
    finally:
        stage.close()


def draw_apart(scale: int, folder: Path) -> None:
    """Draw all scenes by a process of its own.

    Raises:
        RuntimeError: If it fails; the message is what it said.
    """
    environment = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "QT_SCALE_FACTOR": str(scale),
        "QT_LOGGING_RULES": "qt.qpa.*=false",
    }
    command = [sys.executable, __file__, str(scale), str(folder)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"drawing at {scale} times failed:\n{done.stdout}{done.stderr}")


def renew() -> None:
    """Take what the window looks like now as what it should look like."""
    REFERENCES.mkdir(exist_ok=True)
    for old in REFERENCES.glob("*" + SUFFIX):
        old.unlink()
    for scale in SCALES:
        draw_apart(scale, REFERENCES)


if __name__ == "__main__":
    if sys.argv[1:] == ["renew"]:
        renew()
    else:
        draw(int(sys.argv[1]), Path(sys.argv[2]))
