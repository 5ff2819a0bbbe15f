"""What a programme and its communities keep: one file a part."""
