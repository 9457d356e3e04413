"""One or two views at a time, as large as the screen: for the back row."""
