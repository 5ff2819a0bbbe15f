"""Clusters, circles and blocks from places; communities from people. Pure functions on arrays."""
