"""Widgets, delegates and painting; no state that matters."""
