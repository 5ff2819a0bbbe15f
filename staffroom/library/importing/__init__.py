"""A folder of files and the spreadsheet that describes them: read, checked whole, then taken in."""
