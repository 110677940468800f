"""Formats that hold the traces of a run: one file each, ending in FORMAT = TraceFormat(...)."""
