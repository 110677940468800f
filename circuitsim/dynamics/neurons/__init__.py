"""Neuron kinds, one file each."""
