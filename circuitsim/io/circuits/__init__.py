"""Formats that hold a circuit: one file each, ending in FORMAT = CircuitFormat(...)."""
