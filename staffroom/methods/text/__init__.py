"""Text without files or databases: folding for search, passages."""
