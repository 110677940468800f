"""Weights of trained networks: files of arrays, and what the arrays of an ncps network mean."""
