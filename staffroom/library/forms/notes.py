"""Forms of practice notes. What an action refuses is shown at its field, everything typed kept."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from staffroom.communities.models import Community
from staffroom.core.forms import Form, LineField, TextField
from staffroom.library.actions.note_trials import MOST_PUPILS, MOST_WORDS
from staffroom.library.actions.note_words import MOST
from staffroom.people.vocabulary import GRADES

RESULTS = {
    "worked": _("It worked"),
    "partly": _("It worked in part"),
    "not": _("It did not work"),
}


def part(name: str, label: Any, *, rows: int, required: bool = True, help_text: Any = "") -> Any:
    return TextField(
        label=label,
        max_characters=MOST[name],
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"class": "ruled", "rows": rows, "dir": "auto"}),
    )


class Words(Form):
    """The parts of a note."""

    title = LineField(
        label=_("In a few words"),
        max_length=MOST["title"],
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    problem = part("problem", _("The problem"), rows=3)
    worked = part("worked", _("What worked"), rows=5)
    tried_where = part(
        "tried_where",
        _("Where it was tried"),
        rows=2,
        required=False,
        help_text=_("Grade, how many pupils, what kind of school. No names."),
    )
    failed = part("failed", _("What did not work"), rows=2, required=False)


class Changing(Words):
    """The words as somebody read them: the version tells whether they still stand so."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class Trying(Form):
    """I tried it."""

    id = forms.UUIDField(widget=forms.HiddenInput(attrs={"data-new-id": True}), required=False)
    result = forms.ChoiceField(
        label=_("What happened"), choices=list(RESULTS.items()), widget=forms.RadioSelect
    )
    what = TextField(
        label=_("Tell a little"),
        max_characters=MOST_WORDS,
        required=False,
        help_text=_("No names of pupils."),
        widget=forms.Textarea(attrs={"class": "ruled", "rows": 4, "dir": "auto"}),
    )
    grade = forms.TypedChoiceField(
        label=_("Grade"),
        choices=[("", _("Not said")), *GRADES.items()],
        coerce=int,
        empty_value=None,
        required=False,
    )
    pupils = forms.IntegerField(
        label=_("Pupils in the class"), min_value=1, max_value=MOST_PUPILS, required=False
    )


class Proposing(Trying):
    """I tried it, and the note should say so."""

    new_worked = part("worked", _("What worked, as the note should say"), rows=5)
    new_failed = part(
        "failed", _("What did not work, as the note should say"), rows=3, required=False
    )


class Bringing(Form):
    """Onto which community's shelf."""

    community = forms.ChoiceField(label=_("Community"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, communities: list[Community], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["community"].choices = [  # type: ignore[attr-defined]
            (str(each.pk), each.name) for each in communities
        ]
        if len(communities) == 1:
            self.fields["community"].initial = str(communities[0].pk)


class Sending(Form):
    """A package that came."""

    file = forms.FileField(label=_("The package (.zip)"))
