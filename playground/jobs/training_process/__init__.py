"""The process that trains beside the window, and what is said between them."""
