"""What is asked of a network that learns: why, who is taken for whom, what it looks for."""
