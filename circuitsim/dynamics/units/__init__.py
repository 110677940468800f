"""Kinds of neurons that exist only as parts of a network with memory."""
