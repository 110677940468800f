"""Pictures that leave the program: painted as vectors, written as SVG or at any scale as PNG."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgGenerator

from circuitsim.spec.issue import InputError, Issue

LARGEST = 16_000  # px of a side of a PNG


class Paint(Protocol):
    """Draws a figure as vectors."""

    def __call__(self, painter: QPainter, *, ground: bool) -> None:
        """Draw it, with its ground or without."""


@dataclass(frozen=True)
class Figure:
    """Something that can be drawn.

    Attributes:
        title: What it shows.
        size: In px at scale 1.
        paint: Draws it with a painter whose origin is its upper left corner, with its ground or without.
    """

    title: str
    size: QSizeF
    paint: Paint


def png(figure: Figure, scale: float, *, transparent: bool) -> bytes:
    """A figure as the content of a PNG file.

    Raises:
        InputError: If it would be too large.
    """
    pixels = QSize(round(figure.size.width() * scale), round(figure.size.height() * scale))
    if max(pixels.width(), pixels.height()) > LARGEST:
        wide = f"{pixels.width()} × {pixels.height()} px"
        raise InputError(Issue("the picture", f"{wide} are too many", "choose a smaller scale or SVG"))
    image = QImage(pixels, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.scale(scale, scale)
    figure.paint(painter, ground=not transparent)
    painter.end()
    data, buffer = _buffer()
    QImageWriter(buffer, b"PNG").write(image)
    return bytes(data.data())


def svg(figure: Figure, *, transparent: bool) -> bytes:
    """A figure as the content of an SVG file: lines, curves and texts, no pictures."""
    data, buffer = _buffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(figure.size.toSize())
    generator.setViewBox(QRectF(0, 0, figure.size.toSize().width(), figure.size.toSize().height()))
    generator.setResolution(96)  # a px of the figure is a px of a page on the screen
    generator.setTitle(figure.title)
    generator.setDescription("Drawn by circuitsim")
    painter = QPainter(generator)
    figure.paint(painter, ground=not transparent)
    painter.end()
    return bytes(data.data())


def _buffer() -> tuple[QByteArray, QBuffer]:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return data, buffer
