"""Lesson plans as they are read."""
