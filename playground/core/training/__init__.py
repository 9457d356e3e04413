"""The training loop: loss, gradient, optimizer, and one change of all weights, again and again."""
