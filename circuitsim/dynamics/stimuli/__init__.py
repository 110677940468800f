"""Time courses of inputs, one file each."""
