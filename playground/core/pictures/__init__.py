"""The picture a network looks at, and feature maps as they are seen."""
