"""The secret key that opens a sealed backup: from a file, or pasted and kept nowhere."""

import argparse
import sys
from pathlib import Path


def argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--key",
        metavar="FILE",
        default="",
        help="the secret key of a sealed backup; - to read it from standard input",
    )


def secret(options: argparse.Namespace) -> str:
    """The text that holds the key; empty if none was given."""
    from staffroom.cli import BadInput

    if options.key == "-":
        if sys.stdin.isatty():
            print("Paste the secret key (AGE-SECRET-KEY-1…), then Enter:", file=sys.stderr)
        return sys.stdin.readline()
    if not options.key:
        return ""
    try:
        return Path(options.key).read_text()
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is no text"
        raise BadInput(f"{options.key} cannot be read ({why}).") from None
