"""The documentation says what the program says."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from staffroom.cli import commands, load

ROOT = Path(__file__).resolve().parent.parent.parent


def test_the_page_of_settings_lists_every_variable_and_no_other():
    code = "".join(path.read_text() for path in (ROOT / "staffroom").rglob("*.py"))
    read = set(
        re.findall(
            r'(?:env\.(?:text|flag|switch|words|time_of_day|numbers|old_keys|pairs|amounts)|kept)\(\s*"([A-Z_]+)"',
            code,
        )
    )
    page = (ROOT / "docs" / "reference" / "settings.md").read_text()
    assert set(re.findall(r"^\| `STAFFROOM_([A-Z_]+)`", page, re.M)) == read
    assert "| `DATABASE_URL`" in page


def test_the_commands_and_the_index_are_as_they_are():
    done = subprocess.run(
        [sys.executable, str(ROOT / "bin" / "make_reference.py"), "--check"],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", commands())
def test_every_command_has_a_line_and_examples(name):
    module = load(name)
    assert module.HELP.endswith(".")
    assert all(
        line.startswith(("staffroom ", "STAFFROOM_", "DATABASE_URL=")) for line in module.EXAMPLES
    )
    assert module.EXAMPLES


def test_every_dependency_has_its_reason():
    page = (ROOT / "docs" / "explanation" / "dependencies.md").read_text()
    needed = []
    for name in ("base.in", "dev.in"):
        for line in (ROOT / "requirements" / name).read_text().splitlines():
            if line and not line.startswith(("#", "-")):
                needed.append(re.match(r"[\w-]+", line).group())  # noqa: PERF401
    assert [name for name in needed if not re.search(rf"\b{re.escape(name)}\b", page)] == []


PAGES = sorted([*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")])
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.S)
LINK = re.compile(r'\]\(([^)#\s]+)(?:#[^)]*)?\)|(?:src|href)="([^"#]+)"')


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page):
    links = [one or other for one, other in LINK.findall(CODE.sub("", page.read_text()))]
    lost = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert lost == []
