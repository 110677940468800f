"""Files in and out: circuits, traces, tables of input; reading never executes anything."""
