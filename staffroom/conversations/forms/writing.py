from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from staffroom.communities.models import Community
from staffroom.communities.queries import members
from staffroom.conversations.actions.attached import has_more_than_words
from staffroom.conversations.actions.celebrate import MAX_FACT, MAX_SAYING
from staffroom.conversations.actions.writing import MAX_TEXT, MAX_TOPIC
from staffroom.conversations.models import Post
from staffroom.core.forms import Form, LineField, TextField
from staffroom.people.models import Person
from staffroom.people.vocabulary import GRADES, LANGUAGES


class WordsForm(Form):
    """One text: a prompt, or any post when it is edited."""

    text = TextField(
        label=_("Your text"),
        max_characters=MAX_TEXT,
        error_messages={"required": _("Write a few words first.")},
    )

    def __init__(self, *args: Any, label: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text"].widget.attrs["dir"] = "auto"
        if label:
            self.fields["text"].label = label


class AskForm(WordsForm):
    topic = LineField(
        label=_("Topic"),
        required=False,
        max_length=MAX_TOPIC,
        help_text=_("Two or three words, so that others find it again."),
    )
    grade = forms.TypedChoiceField(label=_("Grade"), required=False, coerce=int, empty_value=None)
    language = forms.ChoiceField(label=_("Language of the question"))

    def __init__(self, *args: Any, community: Community, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text"].label = _("What is your question?")
        usual = [grade for grade in GRADES if grade in community.grades]
        others = [grade for grade in GRADES if grade not in community.grades]
        self.fields["grade"].choices = [  # type: ignore[attr-defined]
            ("", _("No grade in particular")),
            *[(grade, GRADES[grade]) for grade in usual + others],
        ]
        first = [community.language] if community.language in LANGUAGES else []
        rest = [code for code in LANGUAGES if code not in first]
        self.fields["language"].choices = [  # type: ignore[attr-defined]
            (code, LANGUAGES[code]) for code in first + rest
        ]
        self.fields["language"].initial = self.initial.get("language") or (first + rest)[0]


class CelebrateForm(Form):
    about = forms.ModelChoiceField(
        label=_("Whom do we celebrate?"),
        queryset=Person.objects.none(),
        empty_label=_("Choose a colleague"),
    )
    text = TextField(
        label=_("What did they do?"),
        max_characters=MAX_FACT,
        error_messages={"required": _("Write a few words first.")},
        help_text=_("One sentence of fact is the best praise."),
    )
    saying = LineField(
        label=_("A saying that fits"),
        required=False,
        max_length=MAX_SAYING,
        help_text=_("A proverb, in your own language."),
    )

    def __init__(self, *args: Any, community: Community, by: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["about"].queryset = members(community).exclude(pk=by.pk)  # type: ignore[attr-defined]
        for name in ("text", "saying"):
            self.fields[name].widget.attrs["dir"] = "auto"


def form_for(post: Post, data: Any = None) -> Form:
    """The form in which the author changes a post."""
    start = {"text": post.text, "topic": post.topic, "grade": post.grade}
    if post.kind == Post.Kind.QUESTION:
        form: Form = AskForm(data, community=post.community, initial=start)
        del form.fields["language"]
    else:
        form = WordsForm(data, initial=start)
    form.fields["text"].required = not has_more_than_words(post)
    form.say_optional = bool(form.fields["text"].required)
    return form
