"""Write docs/reference/levers.md from the levers themselves; `--check` only compares."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/reference/levers.md"
sys.path.insert(0, str(ROOT))


def page() -> str:
    """The page; Django is set up and every module that reads a lever is loaded."""
    from django.urls import get_resolver
    from django.utils import translation

    from staffroom.communities.levers import LEVERS

    get_resolver().url_patterns  # noqa: B018
    with translation.override("en"):
        parts = [
            "# Levers",
            "",
            "Made from the levers themselves by `bin/make_levers.py`; do not edit by hand.",
            "",
            "A community's design is a set of levers. The community's own choice counts where its "
            "programme leaves it the lever; else the programme's default; else the built-in one. "
            "*Tested*: compared in a trial. *Observed*: seen in a study, without comparison. "
            "*Proposed*: recommended or argued.",
        ]
        for each in LEVERS.values():
            parts += ["", *_lever(each)]
    return "\n".join(parts) + "\n"


def _lever(each) -> list[str]:  # type: ignore[no-untyped-def]
    from staffroom.communities.levers import where

    lines = [f"## {each.label} (`{each.key}`)", "", str(each.about), ""]
    for code, label in each.choices.items():
        mark = " (built-in default)" if code == each.default else ""
        lines.append(f"- `{code}`: {label}{mark}")
    who = "left to communities" if each.left else "kept by the programme"
    lines += ["", f"Unless the programme says otherwise: {who}.", ""]
    acts = where(each.key)
    lines.append(
        "**Where it acts.** " + (" ".join(acts) or "Not yet read by any part of Staffroom.")
    )
    lines += ["", "**What is known.**", ""]
    if each.strength != "tested":
        lines.append("- Nobody has tested this yet.")
    for note in each.evidence:
        source = f" ({note.source.rstrip('.')})" if note.source else ""
        lines.append(f"- *{note.strength}*: {note.text}{source}")
    return lines


def main() -> int:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "staffroom.config.settings")
    django.setup()
    wanted = page()
    if "--check" in sys.argv:
        if PAGE.read_text() == wanted:
            return 0
        print("docs/reference/levers.md is not as the levers are: run bin/make_levers.py")
        return 1
    PAGE.write_text(wanted)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
