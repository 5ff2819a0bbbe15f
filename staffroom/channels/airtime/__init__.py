"""Data support: airtime and bundles that a programme pays for, sent through a provider or by hand.

Everyone who is a member long enough gets the same. Nothing in this folder knows what anybody wrote.
"""
