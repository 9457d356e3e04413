"""The window itself: its bars, its messages, its modes."""
