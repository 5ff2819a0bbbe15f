"""The short form of benchmarks/durability.py: killed twice while phones write, nothing promised is lost."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.slow
def test_killed_twice_it_keeps_what_it_said_it_kept():
    done = subprocess.run(
        [
            sys.executable,
            "benchmarks/durability.py",
            "--times",
            "2",
            "--phones",
            "2",
            "--drain",
            "0",
        ],
        cwd=ROOT,
        env={key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "BROKEN" not in done.stdout
