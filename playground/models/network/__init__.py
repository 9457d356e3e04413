"""The layers of the network: as a list, and every edit of them."""
