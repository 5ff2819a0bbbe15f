"""Ranking what was found, words mistyped, questions asked before. No files, no database."""
