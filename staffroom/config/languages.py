"""Which languages Staffroom speaks: English, and each that has a folder of translations.

What Django does not know of a language (its name, which way it is written) stands in the head of
its catalogue, where `bin/messages.py --new` writes it.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf.locale import LANG_INFO
from django.utils.translation import gettext_lazy

#: Written from right to left, though Django does not say so.
RIGHT_TO_LEFT = {"ps", "sd", "ks", "pnb", "skr", "bal", "dv", "yi", "ha-arab", "wo-arab"}
HEAD = re.compile(r'^"X-(Name|Local-Name|Direction): ([^"\\]*)\\n"$', re.M)


def offered(locale: Path) -> list[tuple[str, Any]]:
    """For the setting LANGUAGES: code and name, English first; each is made known to Django."""
    codes = ["en", *sorted(code for code in _folders(locale) if code != "en")]
    for code in codes:
        _introduce(code, locale)
    return [(code, gettext_lazy(LANG_INFO[code]["name"])) for code in codes]


def right_to_left(languages: list[tuple[str, Any]]) -> list[str]:
    """For the setting LANGUAGES_BIDI."""
    return [code for code, _name in languages if LANG_INFO[code]["bidi"]]


def _folders(locale: Path) -> Iterator[str]:
    for catalogue in locale.glob("*/LC_MESSAGES/django.po"):
        # A folder is named as a locale (pt_BR), a language as on the web (pt-br).
        yield catalogue.parent.parent.name.lower().replace("_", "-")


def _introduce(code: str, locale: Path) -> None:
    if "name" in LANG_INFO.get(code, {}):
        return
    said = _head(code, locale)
    name = said.get("Name") or code
    LANG_INFO[code] = {
        "bidi": said.get("Direction", "").strip() == "rtl" or code in RIGHT_TO_LEFT,
        "code": code,
        "name": name,
        "name_local": said.get("Local-Name") or name,
    }


def _head(code: str, locale: Path) -> dict[str, str]:
    for path in locale.glob("*/LC_MESSAGES/django.po"):
        if path.parent.parent.name.lower().replace("_", "-") == code:
            with path.open(encoding="utf-8") as file:
                return dict(HEAD.findall(file.read(4000)))
    return {}
