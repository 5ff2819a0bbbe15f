"""What leaves the house as CSS and script: no comments, no indentation, the same meaning."""

from pathlib import Path

from staffroom.core.lean import lean

STATIC = Path(__file__).parents[2] / "staffroom" / "core" / "static"


def test_comments_and_indentation_stay_at_home():
    assert lean("/* why\n   so */\na{\n  color:red;\n\n\n}\n  /* x */\nb{}\n") == (
        "a{\ncolor:red;\n}\nb{}\n"
    )


def test_a_star_within_a_line_is_no_comment():
    assert lean('f("image/*");\nx = 2 */* y */3;\n') == 'f("image/*");\nx = 2 */* y */3;\n'


def test_our_own_files_lose_words_but_no_rule():
    css = (STATIC / "style.css").read_text()
    assert lean(css).count("{") == css.count("{")
    assert len(lean(css)) < len(css)
    assert "/*" not in lean((STATIC / "app.js").read_text()).replace("catch { /*", "")
