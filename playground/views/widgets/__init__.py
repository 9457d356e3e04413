"""Small widgets, layouts and ways of painting that every room uses."""
