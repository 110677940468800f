"""Equations: neuron kinds, synapse kinds, stimuli and solvers; the home of numba."""
