from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from staffroom.conversations.models import Decision, Post, Report
from staffroom.conversations.reasons import REASONS
from staffroom.core.forms import Form, LineField

Choice = Decision.Choice
To = Report.To


class ReportForm(Form):
    reason = forms.ChoiceField(
        label=_("What is the matter?"), choices=REASONS, widget=forms.RadioSelect
    )
    note = LineField(
        label=_("Would you like to add something?"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )


class AppealForm(Form):
    note = LineField(
        label=_("What should they know?"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    to = forms.ChoiceField(
        label=_("Who shall look?"),
        required=False,
        choices=[
            (To.INSIDE, _("Somebody else of this community, an adviser first")),
            (To.OFFICE, _("The programme’s office")),
        ],
        initial=To.INSIDE,
        widget=forms.RadioSelect,
    )
    agreed = forms.BooleanField(
        label=_("I agree that the office reads this one post, without my name"),
        required=False,
        help_text=_("Needed for the office alone. It sees nothing else of the community."),
    )

    def __init__(self, *arguments: Any, office: bool, **options: Any) -> None:
        self.say_optional = False
        super().__init__(*arguments, **options)
        if not office:  # nobody is there to ask
            del self.fields["to"], self.fields["agreed"]


class DecideForm(Form):
    say_optional = False  # needed for some of the choices

    choice = forms.ChoiceField(label=_("What shall happen?"), widget=forms.RadioSelect)
    rule = forms.ChoiceField(label=_("Which of our rules?"), required=False)
    why = LineField(
        label=_("Why?"),
        required=False,
        max_length=300,
        help_text=_(
            "One kind sentence. The author reads it; when you hide the post, everyone here reads it where the post stood."
        ),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )

    def __init__(
        self, *arguments: Any, post: Post, rules: Sequence[str] = (), **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        appealed = post.reports.filter(decision=None, reason=Report.Reason.APPEAL).exists()
        choices = _appealed(post) if appealed else _reported(post)
        self.fields["choice"].choices = choices  # type: ignore[attr-defined]
        if appealed or not rules:
            del self.fields["rule"]
        else:
            known = [(rule[:300], rule[:300]) for rule in rules]
            self.fields["rule"].choices = [("", _("No rule in particular")), *known]  # type: ignore[attr-defined]


Choices = list[tuple[str, Any]]


def _reported(post: Post) -> Choices:
    found: Choices = [
        (Choice.KEPT, _("Keep it. It is fine")),
        (Choice.REMINDED, _("Keep it, and remind the author of our rules")),
    ]
    if post.question_id is None:
        tea = post.room == Post.Room.TEA
        words = _("Move it to the lessons") if tea else _("Move it to the tea corner")
        found.append((Choice.MOVED, words))
    if post.photos.exists():
        found.append((Choice.COVERED, _("Cover the photo, keep the words")))
    return [
        *found,
        (Choice.RETURNED, _("Return it to its author, who may change it and put it back")),
        (Choice.HIDDEN, _("Hide it")),
        (Choice.PASSED, _("Hide it, and pass it on: a child or a colleague may be in danger")),
    ]


def _appealed(post: Post) -> Choices:
    if post.hidden_at is None:
        return [
            (Choice.KEPT, _("Show the photo again")),
            (Choice.COVERED, _("It stays covered")),
        ]
    return [(Choice.KEPT, _("Put it back")), (Choice.HIDDEN, _("It stays hidden"))]


class OfficeForm(DecideForm):
    """The programme's office about one post, on its author's appeal."""

    def __init__(self, *arguments: Any, post: Post, **options: Any) -> None:
        super().__init__(*arguments, post=post, **options)
        if post.hidden_at is None:
            self.fields["choice"].choices = [  # type: ignore[attr-defined]
                (Choice.KEPT, _("Show the photo again")),
                (Choice.HIDDEN, _("It stays covered")),
            ]
