"""What one number comes from: an output, a gradient, a guess, a change of a weight."""
