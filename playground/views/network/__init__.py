"""The network as a strip of layers, and the settings of each."""
