"""The forms of lesson plans. What an action refuses is shown at its field, everything typed kept."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from staffroom.communities.models import Community
from staffroom.core.clock import today
from staffroom.core.forms import Form, LineField, TextField
from staffroom.library.actions.plans.comments import MAX_COMMENT
from staffroom.library.actions.plans.common import MAX_MINUTES, MAX_TEXT, MAX_TITLE
from staffroom.library.actions.plans.teach import MAX_PUPILS, MAX_WORDS
from staffroom.people.models import Person
from staffroom.people.vocabulary import GRADES, LANGUAGES, SUBJECTS

_NO_NUMBER = _("Write it in digits: 40.")


def _grades(community: Community) -> list[tuple[Any, Any]]:
    """The community's own grades first."""
    usual = [grade for grade in GRADES if grade in community.grades]
    others = [grade for grade in GRADES if grade not in community.grades]
    return [("", _("No grade in particular")), *((one, GRADES[one]) for one in usual + others)]


class Facts(Form):
    """What the lesson is about."""

    title = LineField(
        label=_("What is the lesson called?"),
        max_length=MAX_TITLE,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    grade = forms.TypedChoiceField(label=_("Grade"), required=False, coerce=int, empty_value=None)
    minutes = forms.IntegerField(
        label=_("Minutes"),
        required=False,
        min_value=1,
        max_value=MAX_MINUTES,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _NO_NUMBER},
        help_text=_("How long the lesson is, so that the steps can be added up."),
    )
    topic = LineField(
        label=_("Topic"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    subject = forms.ChoiceField(
        label=_("Subject"), required=False, choices=[("", _("Several")), *SUBJECTS.items()]
    )
    language = forms.ChoiceField(label=_("Language of the plan"), choices=list(LANGUAGES.items()))

    def __init__(self, *args: Any, community: Community, **options: Any) -> None:
        first = {"subject": community.subject, "language": community.language}
        options["initial"] = first | (options.get("initial") or {})
        super().__init__(*args, **options)
        self.fields["grade"].choices = _grades(community)  # type: ignore[attr-defined]


class Beginning(Facts):
    tell = forms.BooleanField(
        label=_("Tell the community"),
        help_text=_("A message with the way to the plan, so that others write with you."),
        required=False,
        initial=True,
    )


class SectionText(Form):
    """The words of one section, and which version they were begun from."""

    text = TextField(label=_("Your text"), max_characters=MAX_TEXT, required=False)
    say_optional = False

    def __init__(self, *args: Any, label: str, hint: str, most: int, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["text"]
        field.label, field.help_text = label, hint
        field.widget.attrs |= {"dir": "auto", "rows": 10}
        field.max_characters = max(MAX_TEXT, most)  # type: ignore[attr-defined]


class NewSection(Form):
    title = LineField(
        label=_("What is the section called?"),
        max_length=80,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    timed = forms.BooleanField(label=_("It has steps with minutes"), required=False)


class Comment(Form):
    text = TextField(
        label=_("In pencil"),
        max_characters=MAX_COMMENT,
        widget=forms.Textarea(attrs={"class": "ruled", "rows": 3, "dir": "auto"}),
        error_messages={"required": _("Write a few words first.")},
    )


class Teaching(Form):
    """I taught it."""

    happened = TextField(
        label=_("What happened?"),
        max_characters=MAX_WORDS,
        widget=forms.Textarea(attrs={"class": "ruled", "rows": 4, "dir": "auto"}),
        help_text=_("What went as planned, what took longer, what surprised you. No pupil’s name."),
        error_messages={"required": _("Write a few words first.")},
    )
    change = TextField(
        label=_("What would you change?"),
        max_characters=MAX_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"class": "ruled", "rows": 3, "dir": "auto"}),
    )
    grade = forms.TypedChoiceField(label=_("Grade"), required=False, coerce=int, empty_value=None)
    pupils = forms.IntegerField(
        label=_("How many pupils?"),
        required=False,
        min_value=1,
        max_value=MAX_PUPILS,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _NO_NUMBER},
    )
    day = forms.DateField(
        label=_("On which day?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, community: Community, **options: Any) -> None:
        first = {"day": today(community.timezone)}
        options["initial"] = first | (options.get("initial") or {})
        super().__init__(*args, **options)
        self.fields["grade"].choices = _grades(community)  # type: ignore[attr-defined]


class Copying(Form):
    """Where the copy goes."""

    community = forms.ModelChoiceField(
        label=_("In which community?"), queryset=Community.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, person: Person, communities: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["community"].queryset = communities  # type: ignore[attr-defined]


class Template(Form):
    """A programme's sections, one group of fields each; an empty title takes the section out."""

    say_optional = False
    SPARE = 2

    def __init__(self, *args: Any, sections: list[dict[str, Any]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.rows = [
            *sections,
            *({"key": "", "title": "", "hint": "", "timed": False},) * self.SPARE,
        ]
        for place, row in enumerate(self.rows):
            self.fields[f"title_{place}"] = LineField(
                label=_("Section"), max_length=80, required=False, initial=row["title"],
                widget=forms.TextInput(attrs={"dir": "auto"}),
            )  # fmt: skip
            self.fields[f"hint_{place}"] = LineField(
                label=_("What belongs in it"), max_length=200, required=False, initial=row["hint"],
                widget=forms.Textarea(attrs={"dir": "auto", "rows": 2}),
            )  # fmt: skip
            self.fields[f"timed_{place}"] = forms.BooleanField(
                label=_("It has steps with minutes"), required=False, initial=row["timed"]
            )

    def groups(self) -> list[list[Any]]:
        """The fields of each section, for the template."""
        return [
            [self[f"{name}_{place}"] for name in ("title", "hint", "timed")]
            for place in range(len(self.rows))
        ]

    def sections(self) -> list[dict[str, Any]]:
        """What was sent, without the emptied ones."""
        data = self.cleaned_data
        return [
            {"key": row["key"]}
            | {name: data[f"{name}_{place}"] for name in ("title", "hint", "timed")}
            for place, row in enumerate(self.rows)
            if data[f"title_{place}"]
        ]
