"""Methods of integration, one file each."""

USUAL = ("rk4", "fused")  # listed first
