"""What is typed about a resource, and how one looks for one."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from staffroom.communities.models import Community
from staffroom.core.forms import Form, LineField, TextField
from staffroom.library.actions.resources import (
    MOST_CREDIT,
    MOST_DESCRIPTION,
    MOST_LINK,
    MOST_TITLE,
    MOST_TOPIC,
    About,
)
from staffroom.library.models import Resource
from staffroom.library.reading import ENDINGS
from staffroom.library.resource_words import KINDS, LICENCES, REASONS
from staffroom.people.vocabulary import GRADES, LANGUAGES, SUBJECTS

#: What stands in the fold "More about it".
FOLDED = (
    "description", "subjects", "grades", "topic", "language", "licence", "credit", "year",
)  # fmt: skip


def _choices(words: dict[Any, Any], empty: Any = None) -> list[tuple[Any, Any]]:
    first = [("", empty)] if empty is not None else []
    return first + list(words.items())


class AboutForm(Form):
    """Three fields are needed; the others are folded away, and guessed where that is possible."""

    say_optional = False
    title = LineField(
        label=_("What is it called?"),
        max_length=MOST_TITLE,
        required=False,
        help_text=_("Left empty, it is called as its file."),
    )
    kind = forms.ChoiceField(
        label=_("What is it?"), choices=_choices(KINDS, _("Guess from the file")), required=False
    )
    link = forms.CharField(
        label=_("Or where it is on the web"),
        max_length=MOST_LINK,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url", "dir": "ltr", "autocomplete": "off"}),
        help_text=_("For what is too heavy, like a long video."),
    )
    description = TextField(
        label=_("What is it good for?"), max_characters=MOST_DESCRIPTION, required=False
    )
    subjects = forms.MultipleChoiceField(
        label=_("Subjects"),
        choices=_choices(SUBJECTS),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    grades = forms.TypedMultipleChoiceField(
        label=_("Grades"),
        choices=_choices(GRADES),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    topic = LineField(label=_("Topic in the curriculum"), max_length=MOST_TOPIC, required=False)
    language = forms.ChoiceField(
        label=_("Language"), choices=_choices(LANGUAGES, _("Not said")), required=False
    )
    licence = forms.ChoiceField(
        label=_("Who may copy it?"), choices=_choices(LICENCES), required=False, initial="unknown"
    )
    credit = LineField(
        label=_("Who made it, where is it from?"), max_length=MOST_CREDIT, required=False
    )
    year = forms.IntegerField(
        label=_("Year"), required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )

    def about(self) -> About:
        """What was typed, for the action."""
        parts = {name: self.cleaned_data.get(name) for name in vars(About())}
        return About(**{name: value for name, value in parts.items() if value is not None})

    @property
    def first(self) -> list[Any]:
        """The fields that stand open."""
        return [field for field in self if field.name not in FOLDED]

    @property
    def folded(self) -> list[Any]:
        return [field for field in self if field.name in FOLDED]

    @property
    def fold_open(self) -> bool:
        """Where something in the fold must be mended, it is open."""
        return any(name in self.errors for name in FOLDED)


class AddForm(AboutForm):
    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    file = forms.FileField(
        label=_("The file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ENDINGS}),
        error_messages={"empty": _("This file is empty. Please choose it again.")},
    )
    field_order = ["id", "file", "link", "kind", "title"]

    def __init__(self, *args: Any, most: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["file"].help_text = _(
            "PDF, EPUB, Word, Excel, PowerPoint, video (MP4), picture, text; at most %(most)s."
        ) % {"most": most}

    def clean_id(self) -> uuid.UUID | None:
        found: uuid.UUID | None = self.cleaned_data["id"]
        return found


class ReplaceForm(Form):
    file = forms.FileField(
        label=_("The better file"),
        widget=forms.FileInput(attrs={"accept": ENDINGS}),
        error_messages={"empty": _("This file is empty. Please choose it again.")},
    )

    def __init__(self, *args: Any, most: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["file"].help_text = _("At most %(most)s.") % {"most": most}


class ImportForm(Form):
    file = forms.FileField(
        label=_("The zip file"), widget=forms.FileInput(attrs={"accept": ".zip"})
    )
    look = forms.BooleanField(
        label=_("Only look"), required=False, help_text=_("Open everything, write nothing.")
    )

    def __init__(self, *args: Any, most: str, one: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["file"].help_text = _(
            "At most %(most)s together, and %(one)s each file. For more, the command "
            "“staffroom import-library” takes a folder."
        ) % {"most": most, "one": one}


class FilterForm(Form):
    """Only what some resource has is offered."""

    say_optional = False
    words = LineField(label=_("Words"), max_length=120, required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    subject = forms.ChoiceField(label=_("Subject"), required=False)
    grade = forms.TypedChoiceField(label=_("Grade"), required=False, coerce=int, empty_value=None)
    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, *args: Any, found: dict[str, list[Any]], **options: Any) -> None:
        super().__init__(*args, **options)
        for name, words, codes in (
            ("kind", KINDS, found["kinds"]),
            ("subject", SUBJECTS, found["subjects"]),
            ("grade", GRADES, found["grades"]),
            ("language", LANGUAGES, found["languages"]),
        ):
            known: Any = words
            offered = {code: label for code, label in known.items() if code in codes}
            self.fields[name].choices = _choices(offered, _("All"))  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, Any]:
        """What was asked for and is understood; the rest is as if not asked."""
        self.is_valid()
        return {key: value for key, value in self.cleaned_data.items() if value not in ("", None)}


class ShareForm(Form):
    community = forms.ChoiceField(label=_("Which community?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, communities: list[Community], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["community"].choices = [(str(one.pk), one.name) for one in communities]  # type: ignore[attr-defined]


class ReportResourceForm(Form):
    reason = forms.ChoiceField(
        label=_("What is it?"), choices=_choices(REASONS), widget=forms.RadioSelect
    )
    note = LineField(label=_("In a sentence"), max_length=300, required=False)


class HideForm(Form):
    why = LineField(
        label=_("Why is it taken off?"),
        max_length=300,
        help_text=_("Whoever put it there reads this."),
    )


def start(resource: Resource) -> dict[str, Any]:
    """What is said now, to be described better."""
    return {name: getattr(resource, name) for name in vars(About())}
