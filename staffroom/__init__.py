"""Staffroom: where an education system's teachers learn from each other."""

__version__ = "0.1.0"
