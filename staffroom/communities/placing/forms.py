"""What the office says of a placing, and what a teacher says for it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from staffroom.communities.models import PlacingWish
from staffroom.communities.placing import wanted as asked
from staffroom.communities.placing.wanted import FEWEST, MOST_WEIGHT, WEIGHTS, Wanted
from staffroom.core.forms import Form, LineField
from staffroom.people.vocabulary import SUBJECTS
from staffroom.places.models import Circle

LABELS = {
    "grades": _("Near in the grades they teach"),
    "experience": _("Near in years of teaching"),
    "education": _("Near in education"),
    "beliefs": _("Near in views of teaching"),
    "place": _("Near each other on the map"),
}
EDUCATION = [
    ("", _("Not said")),
    (PlacingWish.Education.CERTIFICATE, _("A certificate")),
    (PlacingWish.Education.DIPLOMA, _("A diploma")),
    (PlacingWish.Education.DEGREE, _("A first degree")),
    (PlacingWish.Education.MORE, _("More than a first degree")),
]


class Slider(forms.NumberInput):
    input_type = "range"


class Numbers(Form):
    """Sizes, distances, and how much each thing counts."""

    say_optional = False

    subject = forms.ChoiceField(
        label=_("Subject"),
        choices=[("", _("All, each teacher in one")), *SUBJECTS.items()],
        required=False,
    )
    low = forms.IntegerField(label=_("Fewest in a community"), min_value=FEWEST)
    high = forms.IntegerField(label=_("Most in a community"), min_value=FEWEST)
    most = forms.IntegerField(label=_("Most from one school"), min_value=1)
    km = forms.IntegerField(
        label=_("Kilometres to the first meeting, at most"),
        min_value=1,
        max_value=500,
        help_text=_("As the crow flies, to a central school of the plan in force."),
    )
    within = forms.ChoiceField(
        label=_("A community stays within"),
        choices=[
            ("cluster", _("a cluster; where there are too few, its circle")),
            ("circle", _("a circle")),
            ("all", _("whatever is chosen above")),
        ],
    )
    join_languages = forms.BooleanField(
        label=_("Join languages where there are too few of one"), required=False
    )
    members_too = forms.BooleanField(
        label=_("Place also who has a community of the subject"),
        help_text=_("Otherwise groups that formed themselves stay as they are."),
        required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in WEIGHTS:
            self.fields[f"weight_{name}"] = forms.IntegerField(
                label=LABELS[name],
                min_value=0,
                max_value=MOST_WEIGHT,
                widget=Slider(attrs={"min": 0, "max": MOST_WEIGHT, "step": 1}),
            )
        self.say_it_our_way()

    @property
    def sliders(self) -> list[forms.BoundField]:
        return [self[f"weight_{name}"] for name in WEIGHTS]

    def wanted(self) -> Wanted:
        data = self.cleaned_data
        plain = {name: data[name] for name in Wanted.__dataclass_fields__ if name in data}
        return Wanted(**plain, weights={name: data[f"weight_{name}"] for name in WEIGHTS})


class NewPlacing(Numbers):
    field_order = ("id", "name", "circle", "cluster", "area")

    id = forms.UUIDField(widget=forms.HiddenInput(attrs={"data-new-id": True}), required=False)
    name = LineField(
        label=_("What you call it"), max_length=80, help_text=_("For the office alone.")
    )
    circle = forms.ModelChoiceField(
        Circle.objects.none(),
        label=_("Circle"),
        required=False,
        empty_label=_("All"),
    )
    cluster = forms.IntegerField(
        label=_("Number of one cluster"),
        required=False,
        min_value=1,
        help_text=_("Empty: all of them."),
    )
    area = LineField(
        label=_("Area"),
        max_length=120,
        required=False,
        help_text=_("Where there is no plan of clusters, or across it."),
    )


def beginning(wanted: Wanted) -> dict[str, Any]:
    """The form's first values."""
    kept = wanted.kept()
    weights = kept.pop("weights")
    return kept | {f"weight_{name}": weights[name] for name in asked.WEIGHTS}


class WishForm(Form):
    say_optional = False

    education = forms.ChoiceField(
        label=_("Your education for teaching"),
        choices=EDUCATION,
        required=False,
        widget=forms.RadioSelect,
    )
    women_only = forms.BooleanField(
        label=_("Only with women"),
        help_text=_("You are placed among women who asked for the same."),
        required=False,
    )
