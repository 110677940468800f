"""What a kind is: its equation, what its signs stand for, where it comes from and when not to use it."""
