"""What can be looked at while a network learns, a page each."""
