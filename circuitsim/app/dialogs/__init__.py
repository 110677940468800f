"""Windows that ask something: export of traces, list of shortcuts."""
