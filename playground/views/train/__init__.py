"""Train mode: what stands below the equation while the network learns."""
