"""The feature maps: computed beside the window, explained, played and saved."""
