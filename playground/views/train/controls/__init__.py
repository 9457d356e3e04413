"""How a run is set up, started, paused and looked back on."""
