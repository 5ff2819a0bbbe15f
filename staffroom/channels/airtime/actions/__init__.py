"""What is done about data support."""
