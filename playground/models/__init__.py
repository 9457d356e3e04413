"""The Qt side of the state: the document, item models and workers."""
