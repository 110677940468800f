"""What outlives a run of the program: settings, recent files, the last circuit; knows no Qt."""
