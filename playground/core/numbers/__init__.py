"""Numbers as text: as people type them, as programs print them, as the window shows them."""
