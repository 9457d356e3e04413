"""Colours and style in one place."""
