"""Methods of integration, one file each."""
