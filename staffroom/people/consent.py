"""What everyone agrees to at first sign-in."""

#: Changes when the words of the consent page change in meaning; then everyone is asked again.
VERSION = "2026-11"
