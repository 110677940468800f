"""Neuron kinds, one file each."""

USUAL = ("ltc", "ltc_paper")  # listed first
