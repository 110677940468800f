"""Words shared by every layer; imports neither Qt nor numba."""
