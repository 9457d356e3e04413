"""Training beside the window: the run, its thread, and what of it is shown."""
