"""Forms look as in the design: label above, help joined under the field, the error said in its place."""

import unicodedata
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms.renderers import DjangoTemplates
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from staffroom.core.errors import Refused

#: Direction overrides and embeddings: in a name they make a person look like another.
BIDI = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


class Renderer(DjangoTemplates):
    """Django's own renderer, knowing our tags and our templates of a field and a form."""

    field_template_name = "ui/field.html"
    form_template_name = "ui/form.html"

    @cached_property
    def engine(self) -> Any:
        backend: Any = self.backend
        templates: Any = settings.TEMPLATES
        return backend(
            {
                "APP_DIRS": True,
                "DIRS": [Path(forms.__file__).parent / backend.app_dirname],
                "NAME": "djangoforms",
                "OPTIONS": {"builtins": templates[0]["OPTIONS"]["builtins"]},
            }
        )


class Form(forms.Form):
    """A form whose action may refuse: `refuse(error)` puts the sentence at its field."""

    #: Fields that may stay empty say so; a form that only filters sets this to False.
    say_optional = True

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.say_it_our_way()

    def say_it_our_way(self) -> None:
        """Our words for what Django says of a field; to be called again when fields were added."""
        for field in self.fields.values():
            if field.error_messages["required"] == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = _missing(field)
            for code, words in _out_of_bounds().items():
                field.error_messages.setdefault(code, words)

    def refuse(self, error: Refused) -> None:
        self.add_error(error.field if error.field in self.fields else None, error.message)


def _out_of_bounds() -> dict[str, str]:
    """Said by Django in few languages only."""
    return {
        "max_length": _("This has %(show_value)s characters; at most %(limit_value)s fit."),
        "min_value": _("Please write %(limit_value)s or more."),
        "max_value": _("Please write %(limit_value)s or less."),
    }


def _missing(field: forms.Field) -> str:
    if isinstance(field, forms.BooleanField):
        return _("Please tick this, or go back.")
    if isinstance(field, forms.ChoiceField | forms.FileField):
        return _("Please choose one.")
    return _("Please write something here.")


def one_line(text: str) -> str:
    """A name or title: no control or direction characters, spaces folded, NFC."""
    kept = (
        char
        for char in unicodedata.normalize("NFC", text)
        if char not in BIDI
        and (unicodedata.category(char)[0] != "C" or char in "\u200c\u200d" or char.isspace())
    )
    return " ".join("".join(kept).split())


class LineField(forms.CharField):
    """One line of text, cleaned by `one_line`."""

    def to_python(self, value: Any) -> str:
        return one_line(super().to_python(value) or "")


class TextField(forms.CharField):
    """Several lines: line ends made one kind, NUL removed, too long said with both numbers."""

    def __init__(self, *, max_characters: int, **options: Any) -> None:
        self.max_characters = max_characters
        options.setdefault("widget", forms.Textarea(attrs={"class": "ruled", "rows": 4}))
        super().__init__(**options)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()

    def validate(self, value: Any) -> None:
        super().validate(value)
        if len(value) > self.max_characters:
            raise ValidationError(
                _(
                    "This has %(have)s characters; at most %(most)s fit. Please shorten it, or send it in parts."
                )
                % {"have": len(value), "most": self.max_characters}
            )
