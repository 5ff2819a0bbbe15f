"""Reading spreadsheets of schools and teachers: everything up to the act itself, which writes.

sheet (cells as text) > columns (which column is what) > check (records and problems) > plan (what
would change). None of it writes, so that a dry run is the same code as an import.
"""
