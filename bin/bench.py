"""Run every script in benchmarks/ and show what each prints; nothing here is asserted.

python bin/bench.py [NAME …]
"""

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main(wanted: list[str]) -> int:
    scripts = sorted(
        path for path in (ROOT / "benchmarks").glob("*.py") if not path.name.startswith("_")
    )
    chosen = [path for path in scripts if not wanted or path.stem in wanted]
    if not chosen:
        print(f"No such benchmark. There are: {', '.join(path.stem for path in scripts) or 'none'}")
        return 2
    results = []
    for path in chosen:
        print(f"\n=== {path.stem}", flush=True)
        start = time.monotonic()
        code = subprocess.call([sys.executable, str(path)], cwd=ROOT, stdin=subprocess.DEVNULL)
        results.append((path.stem, time.monotonic() - start, code))
    width = max(len(name) for name, *_ in results)
    print(f"\n{'benchmark':<{width}}  seconds  result")
    for name, seconds, code in results:
        print(f"{name:<{width}}  {seconds:7.1f}  {'ok' if code == 0 else f'exit code {code}'}")
    return max(code for *_, code in results)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
