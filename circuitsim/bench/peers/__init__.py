"""What circuitsim is compared with, one file each."""
