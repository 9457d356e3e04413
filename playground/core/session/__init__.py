"""What a session is made of, and what can be done to it: values and pure functions, without Qt."""
