import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _

from staffroom.core.clock import now
from staffroom.core.forms import Form

SPANS = {"day": 1, "week": 7, "month": 30}


class MuteForm(Form):
    span = forms.ChoiceField(
        label=_("For how long?"),
        choices=[
            ("day", _("For a day")),
            ("week", _("For a week")),
            ("month", _("For a month")),
            ("open", _("Until I undo it")),
        ],
        initial="week",
        widget=forms.RadioSelect,
    )

    def until(self) -> dt.datetime | None:
        days = SPANS.get(self.cleaned_data["span"])
        return now() + dt.timedelta(days=days) if days else None
