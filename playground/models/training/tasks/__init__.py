"""What there is to learn, made ready from the document and the data."""
