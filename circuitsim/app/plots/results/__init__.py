"""What an analysis found, on the screen and on paper: tables, matrices and diagrams."""

from __future__ import annotations
