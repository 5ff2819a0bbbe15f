"""Teachers into communities: who is asked after, how they are formed, what may be changed by hand."""
