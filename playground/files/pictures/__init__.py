"""Pictures in: every format that is read, or refused with its reason."""
