"""The moderator's desk: a few suggested acts of care a day."""
