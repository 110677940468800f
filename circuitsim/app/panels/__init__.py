"""One file per dock, registered by its PANEL declaration."""
