"""The current kernel: its weights and bias to edit."""
