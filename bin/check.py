"""All checks, one line each; what fails prints what it said. Ends with the count of all tests.

python bin/check.py all | lint | sqlite | postgresql | browser   [-- pytest's own options]
"""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
PYTHON = [sys.executable]
PYTEST = [*PYTHON, "-m", "pytest", "-p", "no:cacheprovider"]
#: Whoever is done takes over: the slow ones stand together, and one process was left with them.
SPREAD = ["-n", os.environ.get("TEST_PROCESSES", "2"), "--dist", "worksteal"]
#: Tests that ask no database of ours, or in which it does not matter which: once is enough.
#: Every action and query is asked on both; pages, which ask nothing of their own, and the walks of all
#: pages as all people on one. Backups and restores on PostgreSQL are in tests/cli/test_backup.py and
#: test_old_data.py.
SAME_ON_BOTH = [
    *(
        f"tests/channels/{name}"
        for name in ("airtime", "email", "sms", "telegram", "webpush", "whatsapp")
    ),
    "tests/channels/switchboard/test_pages.py",
    "tests/channels/switchboard/test_read.py",
    "tests/rhythm/test_own_time_wall.py",
    "tests/security/test_durability.py",
    "tests/backups",
    "tests/places/test_import_schools.py",
    "tests/methods",
    *(
        f"tests/cli/test_{name}.py"
        for name in (
            "certificates",
            "deploy",
            "dilution",
            "docs",
            "form_clusters",
            "form_communities",
            "https",
            "new_house",
            "plan_cascade",
            "sealed_backup",
            "serve",
            "upgrade",
        )
    ),
    "tests/cascade/test_attendance_files.py",
    "tests/communities/test_pages.py",
    *(f"tests/places/test_{name}.py" for name in ("clusters_change_screens", "clusters_pages")),
    *(f"tests/conversations/test_{name}_page.py" for name in ("kept", "question", "stream")),
    "tests/conversations/test_quiz_pages.py",
    *(f"tests/library/test_{name}_pages.py" for name in ("plan", "resource", "trust")),
    "tests/notices/test_pages.py",
    "tests/firewall/test_supervisors.py",
    "tests/firewall/test_walk.py",
    *(
        f"tests/core/test_{name}.py"
        for name in ("compress", "documents", "formulas", "lean", "pictures", "sound", "words")
    ),
    *(
        f"tests/security/test_{name}.py"
        for name in (
            "asvs",
            "bill",
            "elsewhere",
            "files",
            "forms",
            "fuzz",
            "guessing",
            "headers",
            "inside",
            "refused_early",
            "wire",
            "writes",
        )
    ),
    *(
        f"tests/web/test_{name}.py"
        for name in (
            "course",
            "demo_content",
            "demo_load",
            "guide",
            "no_room",
            "offices",
            "pages",
            "phones",
            "practice",
            "security_txt",
            "shelf",
            "simulator",
        )
    ),
]
#: The same for single tests, of those that take longest.
ONCE_IS_ENOUGH = [
    f"tests/cli/test_backup.py::test_{name}"
    for name in (
        "data_is_not_replaced_unless_said_and_is_kept_then",
        "the_keys_stay_out_unless_asked_for",
        "writing_goes_on_and_the_backup_is_of_one_moment",
    )
] + ["tests/people/test_shared_phones.py::test_of_a_thousand_tries_five_are_looked_at"]
COUNT = re.compile(r"(\d+) (passed|failed|errors?|skipped)")

LINT: list[tuple[str, list[str]]] = [
    ("ruff", [str(BIN / "ruff"), "check", "--quiet", "."]),
    ("format", [str(BIN / "ruff"), "format", "--check", "--quiet", "."]),
    ("types", [str(BIN / "mypy"), "--no-error-summary"]),
    ("imports", [str(BIN / "lint-imports"), "--no-cache"]),
    ("templates", [str(BIN / "djlint"), "--lint", "--quiet", "staffroom"]),
    ("pages", [*PYTHON, "bin/check_templates.py"]),
    ("texts", [*PYTHON, "bin/messages.py"]),
    ("migrations", [*PYTHON, "-m", "staffroom.cli", "manage", "makemigrations", "--check"]),
    ("reference", [*PYTHON, "bin/make_reference.py", "--check"]),
]


def run_quietly(name: str, command: list[str]) -> bool:
    start = time.monotonic()
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    print(
        f"{'ok  ' if done.returncode == 0 else 'FAIL'} {name} ({time.monotonic() - start:.1f} s)",
        flush=True,
    )
    if done.returncode:
        print(done.stdout + done.stderr, flush=True)
    return done.returncode == 0


def run_pytest(name: str, command: list[str], totals: dict[str, int]) -> bool:
    """Run while showing what pytest says; add its counts to `totals`."""
    print(f"\n--- {name}", flush=True)
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    last = ""
    assert process.stdout
    for line in process.stdout:
        print(line, end="", flush=True)
        if COUNT.search(line) and " in " in line:
            last = line
    for number, kind in COUNT.findall(last):
        totals[kind.rstrip("s") if kind.startswith("error") else kind] += int(number)
    return process.wait() == 0


def install_what_is_missing() -> None:
    """Chromium, PostgreSQL, Caddy and the fonts of other scripts, on Debian where we are root."""
    wanted = {"chromium": "chromium", "pg_virtualenv": "postgresql", "caddy": "caddy"}
    missing = [package for program, package in wanted.items() if not shutil.which(program)]
    if not missing or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print(f"Installing {', '.join(missing)} …", flush=True)
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "timeout": 900}
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=False, env=environment, **quiet)  # type: ignore[call-overload]
    subprocess.run(
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing, "fonts-noto-core"],
        check=False,
        env=environment,
        **quiet,
    )  # type: ignore[call-overload]


def browser(totals: dict[str, int], extra: list[str]) -> bool:
    if not list((ROOT / "tests" / "journeys").glob("test_*.py")):
        return True
    if not shutil.which("chromium"):
        print("\nNo browser tests: there is no `chromium` here (Debian: apt-get install chromium).")
        return not CI
    return run_pytest("journeys in Chromium", [*PYTEST, "-m", "browser", *SPREAD, *extra], totals)


def main(words: list[str]) -> int:
    extra = words[words.index("--") + 1 :] if "--" in words else []
    what = set(words[: words.index("--")] if "--" in words else words) or {"all"}
    if "all" in what:
        what = {"lint", "sqlite", "postgresql", "browser"}
    if what & {"postgresql", "browser"}:
        install_what_is_missing()
    os.environ.setdefault("STAFFROOM_DATA", str(ROOT / "var" / "test"))
    good = True
    if "lint" in what:
        for name, command in LINT:
            good &= run_quietly(name, command)
    totals = {"passed": 0, "failed": 0, "error": 0, "skipped": 0}
    rest = ["-m", "not browser", *SPREAD, *extra]
    if "sqlite" in what:
        os.environ.pop("DATABASE_URL", None)
        good &= run_pytest("tests on SQLite", [*PYTEST, *rest], totals)
    if "postgresql" in what:
        command = [*PYTHON, "bin/with_postgres.py", *PYTEST, *rest]
        command += [f"--ignore={path}" for path in SAME_ON_BOTH]
        command += [f"--deselect={test}" for test in ONCE_IS_ENOUGH] + ["--few-values"]
        good &= run_pytest("tests on PostgreSQL", command, totals)
    if "browser" in what:
        good &= browser(totals, extra)
    if what != {"lint"}:
        failed = totals["failed"] + totals["error"]
        print(
            f"\n{totals['passed']} passed, {failed} failed, {totals['skipped']} skipped", flush=True
        )
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
