"""What is kept of a training run: its frames, its curves, and how it goes on."""
