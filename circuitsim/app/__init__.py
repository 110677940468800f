"""The window; Qt appears nowhere else."""
