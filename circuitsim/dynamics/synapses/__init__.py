"""Synapse kinds, one file each."""
