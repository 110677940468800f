"""The command line: one file per verb in `verbs`; everything here works without Qt."""
