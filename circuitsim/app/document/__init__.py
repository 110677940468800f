"""What is open: circuit, undo stack, path, selection, run; and the one thread crossing."""
