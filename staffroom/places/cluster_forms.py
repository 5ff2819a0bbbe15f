"""What a planner fills in to have clusters formed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from staffroom.core.forms import Form, LineField
from staffroom.places.cluster_lot import Settings
from staffroom.places.forms import AreaField, PlaceForm
from staffroom.places.models import Programme


class SettingsForm(PlaceForm):
    """The numbers of a search."""

    least = forms.IntegerField(
        label=_("Fewest schools in a cluster"), min_value=1, max_value=500, initial=25
    )
    most = forms.IntegerField(
        label=_("Most schools in a cluster"), min_value=1, max_value=500, initial=35
    )
    clusters = forms.IntegerField(
        label=_("How many clusters"),
        min_value=1,
        max_value=20_000,
        required=False,
        help_text=_("Left empty: as many as give sizes between the two."),
    )
    within = forms.TypedChoiceField(
        label=_("No cluster crosses"), coerce=int, empty_value=None, required=False
    )
    apart = forms.ChoiceField(
        label=_("Each by itself"),
        required=False,
        choices=[("", _("No, all schools together")), ("level", _("Level")), ("sector", _("Public or private"))],
    )  # fmt: skip
    circle_least = forms.IntegerField(
        label=_("Fewest clusters in a circle"),
        min_value=1,
        max_value=100,
        required=False,
        initial=3,
        help_text=_("Both left empty: no circles."),
    )
    circle_most = forms.IntegerField(
        label=_("Most clusters in a circle"), min_value=1, max_value=100, required=False, initial=4
    )
    blocks = forms.IntegerField(
        label=_("How many blocks"),
        min_value=1,
        max_value=100,
        required=False,
        initial=4,
        help_text=_("Circles are shared evenly among them. Left empty: no blocks."),
    )
    seconds = forms.IntegerField(
        label=_("How many seconds to search"),
        min_value=0,
        max_value=120,
        initial=10,
        help_text=_("Longer finds shorter ways. For a whole country 60 are well spent."),
    )

    def __init__(self, *args: Any, programme: Programme, **options: Any) -> None:
        super().__init__(*args, programme=programme, **options)
        levels = [(level.depth, level.name) for level in programme.levels.order_by("depth")]
        self.fields["within"].choices = [("", _("It may cross any")), *levels]  # type: ignore[attr-defined]

    def asked(self) -> Settings:
        """Only of a valid form."""
        names = Settings.__dataclass_fields__.keys() & self.cleaned_data.keys()
        return Settings(**{name: self.cleaned_data[name] for name in names})


class PlanForm(SettingsForm):
    name = LineField(label=_("Name"), max_length=80, help_text=_("Like: Kitui 2027."))
    area = AreaField(
        label=_("Area"),
        required=False,
        help_text=_("A county, a district … by its name. Left empty: the whole programme."),
    )
    field_order = ("name", "area")


class AgainForm(Form):
    name = LineField(label=_("Name"), max_length=80)
