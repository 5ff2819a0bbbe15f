"""The pages of lesson plans."""
