"""Small controls without knowledge of circuits; they take every colour from the palette or as an argument."""
