"""Search: what the rooms give to be found, the index of its words, and how it is looked for.

entries    a room writes: `put` in the transaction of the act, `forget` with the object
kinds      what a room registers (`hooks.searchable`): whose it is, and who may see it now
finding    the database supplies candidates, `methods.retrieval` ranks, the rooms show
vocabulary which words there are, for rarity and for typing mistakes
reindex    everything made anew, resumable
"""
