"""The current kernel: its weights under the hand."""
