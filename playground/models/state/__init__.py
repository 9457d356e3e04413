"""The document that the window works on, what of it is shown, and the runs behind it."""
