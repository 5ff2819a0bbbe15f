"""What all channels have in common: who is reached where, what came in, what goes out, what it cost."""
