"""What Staffroom's pages cost a member: bytes by kind, seen by that member alone."""
