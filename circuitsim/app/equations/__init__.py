"""Equations set as mathematics: boxes, how they are joined, and the view that shows them."""
