"""What people write in a private chat: read without a database, answered elsewhere."""
