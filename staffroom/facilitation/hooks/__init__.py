"""This room's part in what reaches every room: one file a part."""
