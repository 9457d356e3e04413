"""The run: its thread and process, what is ordered, reported, and looked back on."""
