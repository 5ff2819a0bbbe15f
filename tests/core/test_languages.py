"""A language is added by its folder: nothing else of the code needs to know it."""

import importlib.util
import sys
from pathlib import Path
from types import SimpleNamespace

import polib
import pytest
from django.conf.locale import LANG_INFO
from django.template import engines
from django.utils import translation
from django.utils.translation import trans_real

from staffroom.config import languages

ROOT = Path(__file__).parents[2]


@pytest.fixture
def messages(tmp_path, monkeypatch):
    """The command that makes catalogues, working in a folder of its own."""
    spec = importlib.util.spec_from_file_location("messages", ROOT / "bin/messages.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "LOCALE", tmp_path)
    monkeypatch.setattr(module, "settings", SimpleNamespace(configure=lambda **options: None))
    monkeypatch.setattr(module, "extract", lambda: {(None, "Today", None): [("a.html", 1)]})

    def run(*arguments: str) -> None:
        monkeypatch.setattr(sys, "argv", ["messages.py", *arguments])
        module.main()

    before = dict(LANG_INFO)
    yield run
    LANG_INFO.clear()
    LANG_INFO.update(before)


def translate(folder: Path, code: str, today: str) -> None:
    path = folder / code / "LC_MESSAGES" / "django.po"
    catalogue = polib.pofile(str(path))
    catalogue.find("Today").msgstr = today
    catalogue.save()
    catalogue.save_as_mofile(str(path.with_suffix(".mo")))


def test_the_languages_of_this_house():
    found = languages.offered(ROOT / "staffroom/locale")
    assert [code for code, _name in found][:1] == ["en"]
    assert {"sw", "ur"} <= {code for code, _name in found}
    assert languages.right_to_left(found) == ["ur"]


def test_one_command_and_a_translation_make_a_language(messages, tmp_path, settings):
    messages("--new", "ha", "Hausa", "Harshen Hausa")
    translate(tmp_path, "ha", "Yau")
    found = languages.offered(tmp_path)
    assert [code for code, _name in found] == ["en", "ha"]
    assert LANG_INFO["ha"]["name_local"] == "Harshen Hausa"
    settings.LANGUAGES, settings.LOCALE_PATHS = found, [tmp_path]
    trans_real.get_languages.cache_clear()
    try:
        with translation.override("ha"):
            page = engines["django"].from_string("{% load i18n %}{% translate 'Today' %}")
            assert page.render() == "Yau"
            assert not translation.get_language_bidi()
    finally:
        trans_real.get_languages.cache_clear()
        trans_real._translations.pop("ha", None)


def test_django_knows_many_by_itself(messages, tmp_path):
    messages("--new", "fr")
    assert [str(name) for _code, name in languages.offered(tmp_path)] == ["English", "French"]


@pytest.mark.parametrize(
    ("code", "more"), [("ps", ["Pashto", "پښتو"]), ("xx", ["Ours", "Ours", "rtl"]), ("fa", [])]
)
def test_its_direction_comes_from_django_from_our_list_or_from_its_head(
    messages, tmp_path, code, more
):
    messages("--new", code, *more)
    assert languages.right_to_left(languages.offered(tmp_path)) == [code]


def test_a_language_that_nobody_knows_needs_its_name(messages, tmp_path):
    with pytest.raises(SystemExit, match="add its name"):
        messages("--new", "ha")


def test_what_is_there_is_not_begun_anew(messages, tmp_path):
    messages("--new", "fr")
    with pytest.raises(SystemExit, match="there already"):
        messages("--new", "fr")
