"""From circuit to arrays, from arrays to samples."""
