"""The input picture, and the ways to get one."""
