"""Reduced pictures and how far apart two of them are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

WIDTH = 480  # px of a reduced picture
STEP = 8  # of 255, between two values of a channel; pictures in few colours are small files
BLOCK = 6  # px; edge of the squares over which local differences are averaged
MEAN = 0.25  # of 255: what the mean of all differences may reach
LOCAL = 10.0  # of 255: what the mean over one square may reach


@dataclass(frozen=True)
class Difference:
    """How far apart two pictures are, of 255; a `STEP` does not count, since rounding makes one of the least noise.

    Attributes:
        mean: Mean over all pixels.
        local: Largest mean over a square of `BLOCK` px.
        at: Middle of that square, px.
    """

    mean: float
    local: float
    at: tuple[int, int]

    @property
    def seen(self) -> bool:
        """Whether a person would see it."""
        return self.mean > MEAN or self.local > LOCAL


def reduced(image: QImage) -> QImage:
    """A picture at `WIDTH` in steps of `STEP`, each of its pixels the mean of many."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(1.0)
    small = pixels(image.scaledToWidth(WIDTH, Qt.TransformationMode.SmoothTransformation))
    height, width, _ = small.shape
    rounded = np.full((height, width, 4), 255, dtype=np.uint8)
    rounded[..., :3] = np.minimum(np.round(small / STEP) * STEP, 255)
    return QImage(rounded.data, width, height, 4 * width, QImage.Format.Format_RGB32).copy()


def pixels(image: QImage) -> Floats:
    """Float64[height, width, 3]: the channels of a picture."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(
        image.height(), image.bytesPerLine() // 4, 4
    )
    return rows[:, : image.width(), :3].astype(np.float64)


def difference(one: QImage, other: QImage) -> Difference:
    """How far apart two pictures of the same size are."""
    apart = np.maximum(np.abs(pixels(one) - pixels(other)).max(axis=2) - STEP, 0.0)
    sums = np.pad(apart, ((1, 0), (1, 0))).cumsum(axis=0).cumsum(axis=1)
    k = BLOCK
    local = (sums[k:, k:] - sums[:-k, k:] - sums[k:, :-k] + sums[:-k, :-k]) / k**2
    y, x = np.unravel_index(int(local.argmax()), local.shape)
    return Difference(float(apart.mean()), float(local.max()), (int(x) + k // 2, int(y) + k // 2))


def difference_picture(one: QImage, other: QImage) -> QImage:
    """Where two pictures differ: the lighter the farther apart."""
    apart = np.abs(pixels(one) - pixels(other)).max(axis=2)
    grey = np.ascontiguousarray(np.clip(4.0 * apart, 0, 255).astype(np.uint8))
    height, width = grey.shape
    return QImage(grey.data, width, height, width, QImage.Format.Format_Grayscale8).copy()


def write(image: QImage, path: Path) -> None:
    """Write a picture without loss, as small as it gets."""
    if not image.save(str(path), "WEBP", 100):
        raise OSError(f"{path} cannot be written")
