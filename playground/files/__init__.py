"""Pictures and files in and out: bytes to core objects and back."""
