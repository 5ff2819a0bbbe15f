"""The rows of this room: one file a part."""
