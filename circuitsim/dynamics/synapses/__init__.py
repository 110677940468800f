"""Synapse kinds, one file each."""

# Listed first: what a drawn line becomes is the first of these that fits.
USUAL = ("chemical", "current", "electrical", "electrical_directed", "weight", "clamp")
