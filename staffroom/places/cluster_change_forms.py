"""What is filled in to change, copy and publish a plan of clusters."""

from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staffroom.core.forms import Form, LineField
from staffroom.core.ids import short
from staffroom.core.words import listed
from staffroom.places.cluster_costs import Centre
from staffroom.places.forms import DayField
from staffroom.places.models import Block, Circle, Cluster

#: A cluster has more schools than a person reads: the best ones come first.
MOST_CENTRES = 40


class NameForm(Form):
    name = LineField(label=gettext_lazy("Name"), required=False, max_length=80)


class PlanNameForm(Form):
    name = LineField(label=gettext_lazy("Name"), max_length=80)


class CentreForm(Form):
    centre = forms.ChoiceField(
        label=gettext_lazy("The central school"), widget=forms.RadioSelect, choices=[]
    )

    def __init__(self, *args: Any, cluster: Cluster, centres: list[Centre], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["centre"].initial = short(cluster.centre_id)
        self.fields["centre"].choices = [  # type: ignore[attr-defined]
            (short(one.row.school_id), _centre(one, place == 0, cluster))
            for place, one in enumerate(centres[:MOST_CENTRES])
        ]


def _centre(one: Centre, best: bool, cluster: Cluster) -> str:
    km = _("%(km)s km in all") % {"km": number_format(one.km, 1)}
    now = _("now") if one.row.school_id == cluster.centre_id else ""
    text = listed([km, now, _("the shortest ways") if best else ""])
    return format_html("<b>{}</b>{}", one.row.school.name, text)


class CircleForm(Form):
    circle = forms.ChoiceField(label=gettext_lazy("Circle"), widget=forms.RadioSelect, choices=[])

    def __init__(self, *args: Any, circles: dict[str, Circle], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["circle"].choices = [  # type: ignore[attr-defined]
            (key, _called(one, _("circle %(number)s"))) for key, one in circles.items()
        ]


class BlockForm(NameForm):
    block = forms.ChoiceField(
        label=gettext_lazy("Block"), widget=forms.RadioSelect, choices=[], required=False
    )

    def __init__(self, *args: Any, blocks: dict[str, Block], **options: Any) -> None:
        super().__init__(*args, **options)
        if len(blocks) < 2:
            del self.fields["block"]
            return
        self.fields["block"].choices = [  # type: ignore[attr-defined]
            (key, _called(one, _("block %(number)s"))) for key, one in blocks.items()
        ]


def _called(one: Circle | Block, words: str) -> str:
    return listed([words % {"number": one.number}, one.name])


class PublishForm(Form):
    starts = DayField(label=gettext_lazy("It holds from"))
    left_out = forms.BooleanField(
        label=gettext_lazy("Some schools have no cluster, and we know it"), required=False
    )
