"""What is new, and the digest that carries it to any channel."""
