"""Thousands of acts through a bad line, phones and server killed on the way: each once, in order.

    python benchmarks/outbox.py --acts 5000 --seed 7
    python bin/with_postgres.py python benchmarks/outbox.py --acts 5000 --seed 7

Plays tests/outbox/test_chaos.py at length, with three phones, and prints what was done to them.
"""

import argparse
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--acts", type=int, default=5000, help="how many, about (%(default)s)")
    parser.add_argument("--seed", type=int, default=20261128, help="(%(default)s)")
    options = parser.parse_args()
    os.environ["STAFFROOM_OUTBOX_ACTS"] = str(options.acts)
    os.environ["STAFFROOM_OUTBOX_SEED"] = str(options.seed)
    os.environ.setdefault("STAFFROOM_DATA", str(ROOT / "var" / "bench"))
    import pytest

    test = str(ROOT / "tests" / "outbox" / "test_chaos.py")
    return int(pytest.main(["-q", "-s", "-p", "no:cacheprovider", "-m", "browser", test]))


if __name__ == "__main__":
    sys.exit(main())
