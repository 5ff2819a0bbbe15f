"""How pages leave the house: compressed, and for a browser that has an earlier page, against that page.

middleware  decides, for one answer
encodings   bytes in, bytes out: Brotli, gzip, dictionary-compressed Zstandard (RFC 9842)
patterns    for which later requests a page is a good dictionary
kept        the pages that browsers have, sealed, a day at most
"""
