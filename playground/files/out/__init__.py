"""Feature maps out."""
