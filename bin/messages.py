"""The catalogues of translations, without gettext tools.

python bin/messages.py            check: every text translated, nothing fuzzy, placeholders kept
python bin/messages.py --update   add new texts to the .po files, drop those that are gone
python bin/messages.py --new CODE [NAME [OWN-NAME [rtl]]]
                                  begin a language; its names and direction where Django has none
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
from django.conf import settings
from django.conf.locale import LANG_INFO

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "staffroom"
LOCALE = PACKAGE / "locale"
#: Languages that must be complete; others may be on their way.
COMPLETE = ["sw", "ur"]
PLURALS = {"sw": "nplurals=2; plural=(n != 1);", "ur": "nplurals=2; plural=(n != 1);"}
HEADER = """Translations of Staffroom. Entries marked machine-made wait for a native reader:
change the words where they should be better, and take the mark away.
How: docs/how-to/translate.md"""
CALL = re.compile(r"(?<!\w)(?:gettext|ngettext|pgettext|npgettext|_)\(")
SHAPES = {  # which arguments are context, singular, plural
    "gettext": (None, 0, None), "gettext_noop": (None, 0, None), "_": (None, 0, None),
    "ngettext": (None, 0, 1), "pgettext": (0, 1, None), "npgettext": (0, 1, 2),
}  # fmt: skip
HOLE = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
Text = tuple[str | None, str, str | None]


def of_call(node: ast.Call) -> Text | None:
    """(context, text, plural) of a call of gettext, or None."""
    name = getattr(node.func, "id", getattr(node.func, "attr", "")).removesuffix("_lazy")
    if name not in SHAPES:
        return None
    values = [
        argument.value
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
        else None
        for argument in node.args
    ]

    def at(index: int | None) -> str | None:
        return values[index] if index is not None and index < len(values) else None

    context, text, plural = (at(index) for index in SHAPES[name])
    return (context, text, plural) if text else None


def in_python(source: str) -> Iterator[tuple[int, Text]]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and (text := of_call(node)):
            yield node.lineno, text


def in_template(source: str) -> Iterator[tuple[int, Text]]:
    """Django turns a template into something that holds calls of gettext; read those."""
    from django.utils.translation.template import templatize

    code = templatize(source)
    for match in CALL.finditer(code):
        if text := _read(code, match.start(), match.end()):
            yield code.count("\n", 0, match.start()) + 1, text


def _read(code: str, start: int, end: int) -> Text | None:
    """Parse the shortest piece from `start` that is a whole call."""
    while (end := code.find(")", end) + 1) > 0:
        try:
            node = ast.parse(code[start:end], mode="eval").body
        except SyntaxError:
            continue
        return of_call(node) if isinstance(node, ast.Call) else None
    return None


def extract() -> dict[Text, list[tuple[str, int]]]:
    """Every text of the product and where it stands."""
    found: dict[Text, list[tuple[str, int]]] = {}
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix not in {".py", ".html", ".txt"} or "migrations" in path.parts:
            continue
        reader = in_python if path.suffix == ".py" else in_template
        for line, text in reader(path.read_text()):
            found.setdefault(text, []).append((path.relative_to(ROOT).as_posix(), line))
    return found


def catalogue(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def update(language: str) -> None:
    path = catalogue(language)
    old = polib.pofile(str(path)) if path.exists() else polib.POFile()
    kept = {(entry.msgctxt, entry.msgid): entry for entry in old}
    new = polib.POFile(wrapwidth=100)
    new.header = HEADER
    new.metadata = old.metadata or {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": language,
        "Plural-Forms": PLURALS.get(language, "nplurals=2; plural=(n != 1);"),
    }
    for (context, text, plural), places in extract().items():
        entry = kept.get((context, text)) or polib.POEntry(msgctxt=context, msgid=text)
        if plural and not entry.msgid_plural:
            entry.msgid_plural, entry.msgstr_plural, entry.msgstr = plural, {0: "", 1: ""}, ""
        entry.occurrences = [(place, "") for place in sorted({place for place, _ in places})]
        entry.flags = ["python-format"] if re.search(r"%\(\w+\)", text) else []
        new.append(entry)
    path.parent.mkdir(parents=True, exist_ok=True)
    new.save(str(path))


def begin(code: str, name: str = "", own_name: str = "", direction: str = "") -> None:
    """A catalogue with every text, still empty. Its head tells what Django does not know of it."""
    if catalogue(code).exists():
        raise SystemExit(f"{catalogue(code)} is there already: python bin/messages.py --update")
    if not name and "name" not in LANG_INFO.get(code, {}):
        raise SystemExit(f"Django does not know {code}: add its name in English and in itself")
    update(code)
    new = polib.pofile(str(catalogue(code)), wrapwidth=100)
    if name:
        new.metadata |= {"X-Name": name, "X-Local-Name": own_name or name}
        new.metadata |= {"X-Direction": "rtl" if direction == "rtl" else "ltr"}
    new.save()
    print(f"{catalogue(code)}: {len(new)} texts to translate")


def problems(language: str) -> Iterator[str]:
    path = catalogue(language)
    entries = {(e.msgctxt, e.msgid): e for e in polib.pofile(str(path))} if path.exists() else {}
    for (context, text, plural), places in extract().items():
        entry = entries.get((context, text))
        where = f"{language}: {places[0][0]}:{places[0][1]}: {text!r}"
        if entry is None or bool(plural) != bool(entry.msgid_plural):
            yield f"{where} is not in the catalogue (make messages)"
            continue
        given = list(entry.msgstr_plural.values()) if plural else [entry.msgstr]
        if not all(given):
            yield f"{where} is not translated"
        elif entry.fuzzy:
            yield f"{where} is marked fuzzy"
        else:
            wanted = set(HOLE.findall(text)) | set(HOLE.findall(plural or ""))
            if any(set(HOLE.findall(words)) - wanted for words in given) or (
                wanted - set().union(*(HOLE.findall(words) for words in given))
            ):
                yield f"{where} has other placeholders than its translation"


def main() -> int:
    settings.configure(USE_I18N=True)
    if "--new" in sys.argv:
        begin(*sys.argv[sys.argv.index("--new") + 1 :])
        return 0
    languages = sorted(set(COMPLETE) | {path.name for path in LOCALE.glob("*") if path.is_dir()})
    if "--update" in sys.argv:
        for language in languages:
            update(language)
        return 0
    if not LOCALE.exists():
        print("There are no catalogues yet: make messages")
        return 0
    found = [line for language in COMPLETE for line in problems(language)]
    print("\n".join(found[:40]))
    if len(found) > 40:
        print(f"and {len(found) - 40} more")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
