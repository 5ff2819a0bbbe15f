"""Write docs/reference/levers.md and evidence.md from the levers and studies themselves; `--check` only compares."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/reference/levers.md"
SHELF = ROOT / "docs/reference/evidence.md"
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
    from staffroom.communities.evidence import bearing_on
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
    shorts = [study.short for study in bearing_on(each.key)]
    told = "; ".join(shorts) or "none on the shelf"
    return [
        *lines,
        "",
        f"**Studies that bear on it** ([the shelf](evidence.md)): {told.rstrip('.')}.",
    ]


def shelf() -> str:
    """The page of the evidence shelf, from its records."""
    from django.utils import translation

    from staffroom.communities.evidence import STUDIES

    with translation.override("en"):
        parts = [
            "# The evidence shelf",
            "",
            "Made from the records themselves by `bin/make_levers.py`; do not edit by hand.",
            "",
            "The rapid review, the article on PEP-ILE, and the 23 studies that the review examined. "
            "What the two documents do not tell is *not told*: nothing is added from elsewhere. The "
            "levers a study bears on are those whose notes cite it.",
        ]
        for each in STUDIES.values():
            parts += ["", *_study(each)]
    return "\n".join(parts) + "\n"


def _study(each) -> list[str]:  # type: ignore[no-untyped-def]
    facts = {
        "Where": each.setting,
        "Method": each.method_name,
        "Sample": each.sample,
        "Finding": each.finding,
        "Levers": ", ".join(f"`{key}`" for key in each.levers) or "none",
    }
    told = [f"- {name}: {text or 'not told'}" for name, text in facts.items()]
    return [f"## {each.short.rstrip('.')}", "", each.citation, "", *told]


def main() -> int:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "staffroom.config.settings")
    django.setup()
    wanted = {PAGE: page(), SHELF: shelf()}
    if "--check" in sys.argv:
        stale = [each for each, text in wanted.items() if each.read_text() != text]
        for each in stale:
            print(f"{each.relative_to(ROOT)} is not as the levers are: run bin/make_levers.py")
        return 1 if stale else 0
    for each, text in wanted.items():
        each.write_text(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
