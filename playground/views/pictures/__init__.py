"""Pictures of values on the screen: placed, marked, with their legend."""
