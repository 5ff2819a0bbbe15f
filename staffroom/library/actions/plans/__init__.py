"""What people do with a lesson plan: one file an act."""
