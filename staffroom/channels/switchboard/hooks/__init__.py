"""What this room adds to the pages of others."""
