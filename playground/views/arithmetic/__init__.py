"""One output value, taken apart."""
