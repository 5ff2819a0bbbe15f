"""The plan of a cascade: tiers, groups, trainers, days, cost. Pure functions."""
