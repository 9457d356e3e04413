"""The kernel bank: its lists and tables, and every edit of it."""
