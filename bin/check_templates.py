"""Our own lint of templates: nothing that the Content-Security-Policy forbids, no untranslated words.

A text that is the same in every language stands in an element with `translate="no"`.
"""

import ast
import re
import sys
from html.parser import HTMLParser
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SPOKEN = {"alt", "title", "aria-label", "aria-description", "placeholder"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"}
NAMES = {"Staffroom", "KB", "MB", "SMS", "CSV", "XLSX", "JSON", "ZIP", "QR"}
WORD = re.compile(r"[^\W\d_]{2,}")
HIDDEN = [
    re.compile(r"{#.*?#}"),
    re.compile(r"{% *comment\b.*?{% *endcomment *%}", re.S),
    re.compile(r"{% *blocktrans(?:late)?\b.*?{% *endblocktrans(?:late)? *%}", re.S),
    re.compile(r"{% *block body_class *%}.*?{% *endblock *%}", re.S),
    re.compile(r"{{.*?}}", re.S),
    re.compile(r"{%.*?%}", re.S),
]


def blank(match: re.Match[str]) -> str:
    """As many lines, no words, so that line numbers stay true."""
    return "\n" * match.group().count("\n")


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []
        self.silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag not in VOID and (
            self.silent or values.get("translate") == "no" or tag in {"style", "code"}
        ):
            self.silent.append(tag)
        self.attributes(tag, values)
        if tag == "style" or (tag == "script" and "src" not in values):
            self.say(f"<{tag}> with its content in the page; put it into core/static")

    def attributes(self, tag: str, values: dict[str, str | None]) -> None:
        for name, value in values.items():
            if name == "style" or name.startswith(("on", "hx-on")):
                self.say(f"{name}= is forbidden by the Content-Security-Policy")
            if (value or "").strip().startswith(("data:", "javascript:")):
                self.say(f"{name}= begins with {str(value).split(':')[0]}:")
            if name in SPOKEN and not self.silent and self.words(value or ""):
                self.say(f"untranslated {name}: {value!r}")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes(tag, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        if tag in self.silent:
            while self.silent.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self.silent and (words := self.words(data)):
            self.say(f"untranslated text: {' '.join(words)!r}")

    def words(self, text: str) -> list[str]:
        return [word for word in WORD.findall(text) if word not in NAMES]

    def say(self, message: str) -> None:
        self.found.append((self.getpos()[0], message))


def template(source: str) -> list[tuple[int, str]]:
    """What is wrong in one template: (line, message)."""
    for pattern in HIDDEN:
        source = pattern.sub(blank, source)
    reader = Reader()
    reader.feed(source)
    reader.close()
    return reader.found


def called(node: ast.Call) -> str:
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def python(source: str) -> list[tuple[int, str]]:
    """Sentences for people that are written in Python without gettext."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or called(node) not in {"Refused", "TooMany", "refuse"}:
            continue
        first = node.args[0] if node.args else None
        if isinstance(first, ast.JoinedStr) or (
            isinstance(first, ast.Constant) and isinstance(first.value, str)
        ):
            found.append((node.lineno, f"{called(node)}(…) with a sentence outside gettext"))
    return found


def main() -> int:
    found = []
    for path in sorted((ROOT / "staffroom").rglob("*.html")):
        found += [(path, *item) for item in template(path.read_text())]
    for path in sorted((ROOT / "staffroom").rglob("*.py")):
        if "migrations" not in path.parts and "cli" not in path.parts:
            found += [(path, *item) for item in python(path.read_text())]
    for where, line, message in found:
        print(f"{where.relative_to(ROOT)}:{line}: {message}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
