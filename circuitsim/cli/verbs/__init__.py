"""What the command line can do: one file each, ending in VERB = Verb(...)."""
