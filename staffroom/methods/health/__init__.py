"""How a community lives: where its circles lie, and how one person's part in it changes."""
