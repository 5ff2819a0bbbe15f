"""What is asked of whoever plans a cascade."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from staffroom.cascade.planning import LINES, Choices
from staffroom.core.forms import Form, LineField
from staffroom.people.vocabulary import SUBJECTS
from staffroom.places.forms import DayField
from staffroom.places.models import ClusterPlan, Programme

PRICES = {
    "travel": _("A km of travel"),
    "meals": _("A day’s meals"),
    "materials": _("Materials for a person"),
    "trainers": _("A trainer’s day"),
    "venue": _("A room for a day"),
}
#: field: label, least, most, usual.
NUMBERS: dict[str, tuple[Any, int, int, int]] = {
    "teachers": (_("Teachers in all (0: those who are posted)"), 0, 500_000, 0),
    "managers": (_("Head teachers a school, trained before"), 0, 5, 1),
    "places": (_("Teachers a school sends at once, a subject"), 1, 10, 1),
    "group": (_("Teachers in a group, at most"), 2, 100, 30),
    "ratio": (_("Teachers for each trainer, at most"), 1, 100, 15),
    "days": (_("Days of a teacher’s training"), 1, 20, 3),
    "rooms": (_("Groups at once at a central school"), 1, 20, 3),
    "load": (_("Days that a trainer trains, at most"), 1, 300, 30),
    "circle_trainers": (_("Trainers a circle and subject (0: as many as it takes)"), 0, 60, 0),
    "upper_group": (_("Trainers trained in a group, at most"), 2, 100, 24),
    "upper_ratio": (_("Trainers-to-be for each trainer, at most"), 1, 100, 12),
    "upper_days": (_("Days of a trainer’s training"), 1, 30, 5),
    "manager_days": (_("Days of a head teacher’s training"), 1, 20, 2),
    "upper_rooms": (_("Groups at once in the tiers above"), 1, 30, 5),
}


class ChoicesForm(Form):
    first = DayField(label=_("First day"))
    until = DayField(label=_("Last day"))
    when = forms.ChoiceField(
        label=_("Training is held"),
        choices=[
            ("terms", _("in term")),
            ("between", _("between terms")),
            ("any", _("on any day that is no holiday")),
        ],
        widget=forms.RadioSelect,
        initial="terms",
    )
    subjects = forms.MultipleChoiceField(
        label=_("Subjects; a teacher takes one"),
        choices=list(SUBJECTS.items()),
        widget=forms.CheckboxSelectMultiple,
        initial=["mathematics"],
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, (label, least, most, usual) in NUMBERS.items():
            self.fields[name] = forms.IntegerField(
                label=label, min_value=least, max_value=most, initial=usual
            )
        for line, label in PRICES.items():
            self.fields[f"price_{line}"] = forms.DecimalField(
                label=label, required=False, min_value=0, max_digits=10, decimal_places=2
            )

    def asked(self) -> Choices:
        data = self.cleaned_data
        prices = {
            line: float(data[f"price_{line}"])
            for line in LINES
            if data.get(f"price_{line}") is not None
        }
        return Choices(
            first=data["first"].isoformat(), until=data["until"].isoformat(), when=data["when"],
            subjects=tuple(data["subjects"]), prices=prices, **{name: data[name] for name in NUMBERS},
        )  # fmt: skip

    @staticmethod
    def initial_of(choices: Choices) -> dict[str, Any]:
        kept = choices.kept()
        days = {name: dt.date.fromisoformat(kept[name]) for name in ("first", "until")}
        return kept | days | {f"price_{line}": price for line, price in choices.prices.items()}


class CascadeForm(ChoicesForm):
    name = LineField(label=_("Name"), max_length=80, help_text=_("Mathematics 2027"))
    clusters = forms.ModelChoiceField(
        label=_("On the clusters of"), queryset=ClusterPlan.objects.none(), empty_label=None
    )
    field_order = ("name", "clusters")

    def __init__(self, *args: Any, programme: Programme, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["clusters"]
        assert isinstance(field, forms.ModelChoiceField)
        plans = ClusterPlan.objects.filter(programme=programme, clusters__isnull=False)
        field.queryset = plans.distinct().order_by("-state", "-made_at")
