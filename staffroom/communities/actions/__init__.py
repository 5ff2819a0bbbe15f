"""What changes a community. Each act checks, writes, audits and tells in one transaction."""
