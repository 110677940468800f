"""Sentences with a mark of how much each matters; resting on one lights up what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from circuitsim.app import theme
from circuitsim.app.document.quantity import typeset
from circuitsim.app.widgets.boxes import clear, column
from circuitsim.spec.result import Level

if TYPE_CHECKING:
    from PySide6.QtGui import QEnterEvent

    from circuitsim.app.theme.tokens import Theme
    from circuitsim.spec.result import Finding

MARKS = {Level.NOTE: "–", Level.GOOD: "✓", Level.WARNING: "!", Level.ALARM: "!"}


class _Sentence(QLabel):
    """One finding.

    Signals:
        pointed: Ids of what it is about while the mouse rests on it, else none.
    """

    pointed = Signal(object)

    def __init__(self, finding: Finding) -> None:
        super().__init__()
        self._finding = finding
        self.setWordWrap(True)
        self.setFont(theme.font(11))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.dress()

    def show_finding(self, finding: Finding) -> None:
        """Say something else."""
        if finding != self._finding:
            self._finding = finding
            self.dress()

    def dress(self) -> None:
        """Take the colours of the theme."""
        ink = _ink(self._finding.level, theme.current())
        text = typeset(self._finding.text).replace("&", "&amp;").replace("<", "&lt;")
        self.setText(f"<span style='color:{ink}'><b>{MARKS[self._finding.level]}</b></span>&nbsp; {text}")

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: ARG002  (Qt's signature)
        """Light up what it is about."""
        self.pointed.emit(self._finding.elements)

    def leaveEvent(self, event: object) -> None:  # noqa: ARG002  (Qt's signature)
        """No more."""
        self.pointed.emit(())


class Findings(QWidget):
    """The sentences of a result, the most important first.

    Signals:
        pointed: Ids of what the sentence under the mouse is about.
    """

    pointed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._lines: QVBoxLayout = column(spacing=5)
        self._shown: tuple[Finding, ...] = ()
        self._said: list[_Sentence] = []
        self.setLayout(self._lines)
        theme.changed.connect(self._dress)

    def show_findings(self, findings: tuple[Finding, ...]) -> None:
        """Show these, and nothing else."""
        if findings == self._shown:
            return
        alike, self._shown = len(findings) == len(self._shown), findings
        if alike:  # while a run is followed, a sentence under the mouse stays there
            for line, finding in zip(self._said, findings, strict=True):
                line.show_finding(finding)
            return
        clear(self._lines)
        self._said = [_Sentence(finding) for finding in findings]
        for line in self._said:
            line.pointed.connect(self.pointed)
            self._lines.addWidget(line)

    def _dress(self) -> None:
        for line in self._said:
            line.dress()


def _ink(level: Level, t: Theme) -> str:
    return {Level.NOTE: t.text3, Level.GOOD: t.ok, Level.WARNING: t.warn, Level.ALARM: t.error}[level]
