"""Everything in one file, and back: `staffroom backup` and `staffroom restore`.

A backup is a ZIP: one line of JSON a row for every table, all read in one snapshot of the database,
then the members' files, then a manifest with counts and SHA-256 sums. Rows, not a dump in a
database's own language: so a backup taken on SQLite can be restored into PostgreSQL (growing past
one machine) and the other way round, and one taken by an older version is migrated on the way in.
"""

FORMAT = 1
MANIFEST = "manifest.json"
TABLES = "tables/"
FILES = "files/"
KEYS = "keys/"
BATCH = 1000


class Unusable(Exception):
    """This file or database cannot be used; the message says why and what to do."""
