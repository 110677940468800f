"""The window looks as it should, in every scene, size, theme and scale.

After a change that is meant, ``python tests/app/scenes/scene_draw.py renew`` takes new references.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from scene_compare import difference, difference_picture
from scene_draw import REFERENCES, SUFFIX, draw_apart
from scene_list import SCALES, titles

RENEW = "if the change is meant, run: python tests/app/scenes/scene_draw.py renew"


def compare(path: Path, kept: Path) -> str:
    """What is wrong with a picture, or nothing; what differs is kept beside its reference."""
    expected, actual = QImage(str(REFERENCES / path.name)), QImage(str(path))
    if expected.isNull():
        return f"{path.stem}: there is no reference"
    if expected.size() != actual.size():
        return f"{path.stem}: another size"
    apart = difference(expected, actual)
    if not apart.seen:
        return ""
    kept.mkdir(parents=True, exist_ok=True)
    for name, image in {
        "expected": expected,
        "actual": actual,
        "difference": difference_picture(expected, actual),
    }.items():
        image.save(str(kept / f"{path.stem}-{name}.png"))
    return f"{path.stem}: mean {apart.mean:.2f}, {apart.local:.0f} around {apart.at}"


@pytest.mark.slow
@pytest.mark.parametrize("scale", SCALES)
def test_the_window_looks_as_it_should(scale: int, tmp_path: Path) -> None:
    kept = Path(tempfile.gettempdir()) / "circuitsim-scenes" / f"{scale}x"
    shutil.rmtree(kept, ignore_errors=True)
    draw_apart(scale, tmp_path)
    drawn = sorted(tmp_path.glob("*" + SUFFIX))
    assert {path.stem for path in drawn} == titles(scale)
    wrong = [text for path in drawn if (text := compare(path, kept))]
    assert not wrong, "\n".join([f"pictures that differ are kept in {kept}", *wrong, RENEW])


def test_every_reference_belongs_to_a_scene() -> None:
    assert {path.stem for path in REFERENCES.glob("*" + SUFFIX)} == set().union(*map(titles, SCALES))


def test_references_are_small() -> None:
    assert sum(path.stat().st_size for path in REFERENCES.iterdir()) < 2_000_000
