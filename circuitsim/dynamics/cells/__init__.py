"""Kinds of networks with memory, one file each: called at instants, they hold their output between calls."""

USUAL = ("cfc", "cfc_no_gate", "cfc_pure")  # listed first
