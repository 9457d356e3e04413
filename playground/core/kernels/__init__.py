"""Kernels and banks of them: what they start from, what can be done to them, what they are like."""
