"""What is asked about a training session."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from staffroom.cascade.models import Tier
from staffroom.core.forms import Form, LineField
from staffroom.people.models import Person
from staffroom.people.vocabulary import SUBJECTS
from staffroom.places import queries
from staffroom.places.forms import PlaceForm, SchoolField
from staffroom.places.imports import values
from staffroom.places.models import Programme, School

TIERS = {
    Tier.TEACHERS: _("Teachers"),
    Tier.MANAGERS: _("Head teachers and deputies"),
    Tier.CIRCLE_TRAINERS: _("Circle trainers"),
    Tier.MASTERS: _("Master trainers"),
}
GAPS = re.compile(r"[;,\n]+")


class DaysField(LineField):
    """Several days: 2027-02-01, 2027-02-02."""

    def clean(self, value: Any) -> list[dt.date]:
        found: set[dt.date] = set()
        for part in filter(None, (part.strip() for part in GAPS.split(value or ""))):
            try:
                day = values.date(part)
            except ValueError:
                raise ValidationError(_("Please write the day like 2026-11-22.")) from None
            if day:
                found.add(day)
        if self.required and not found:
            raise ValidationError(_("The days are missing."))
        return sorted(found)


class SchoolsField(forms.CharField):
    """Codes of schools, one a line or with commas."""

    programme: Programme

    def clean(self, value: Any) -> list[School]:
        codes = [part.strip() for part in GAPS.split(value or "") if part.strip()]
        found = {
            school.code: school
            for school in School.objects.filter(programme=self.programme, code__in=codes)
        }
        if gone := [code for code in codes if code not in found]:
            raise ValidationError(
                _("No school has the code %(code)s.") % {"code": ", ".join(gone[:5])}
            )
        return list(found.values())


class TrainersField(LineField):
    """People by teacher number or whole name, with commas."""

    programme: Programme

    def clean(self, value: Any) -> list[Person]:
        out: dict[Any, Person] = {}
        for part in filter(None, (part.strip() for part in GAPS.split(value or ""))):
            found = list(queries.search_people(self.programme, part)[:3])
            exact = [person for person in found if person.name.casefold() == part.casefold()]
            chosen = exact if len(exact) == 1 else found
            if len(chosen) != 1:
                raise ValidationError(
                    _("Nobody of this name or number: %(word)s.") % {"word": part}
                    if not chosen
                    else _("Several people are called %(word)s. Write the teacher number.")
                    % {"word": part}
                )
            out[chosen[0].pk] = chosen[0]
        return list(out.values())


class SessionForm(PlaceForm):
    title = LineField(label=_("What it is about"), max_length=120)
    about = forms.CharField(
        label=_("Plan of the day"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4, "class": "ruled"}),
    )
    tier = forms.ChoiceField(label=_("For whom"), choices=list(TIERS.items()))
    subject = forms.ChoiceField(
        label=_("Subject"), required=False, choices=[("", "–"), *SUBJECTS.items()]
    )
    days = DaysField(label=_("Days"), help_text=_("2027-02-01, 2027-02-02"))
    begins = forms.TimeField(
        label=_("Begins"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    ends = forms.TimeField(
        label=_("Ends"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    venue = SchoolField(label=_("At the school (code)"), required=False)
    venue_words = LineField(label=_("The room, or how to find it"), required=False, max_length=120)
    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=500, initial=30)
    trainers = TrainersField(
        label=_("Trainers"), required=False, help_text=_("Names or teacher numbers, with commas")
    )
    schools = SchoolsField(
        label=_("Schools that send somebody"),
        required=False,
        help_text=_("Codes, one a line. Leave it empty to invite by name only."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "ltr"}),
    )
    places = forms.IntegerField(
        label=_("Places for each school"), min_value=1, max_value=10, initial=1
    )

    def __init__(self, *args: Any, programme: Programme, **options: Any) -> None:
        super().__init__(*args, programme=programme, **options)
        for field in self.fields.values():
            if isinstance(field, SchoolsField | TrainersField):
                field.programme = programme


class CancelForm(Form):
    reason = LineField(
        label=_("Why"), max_length=600, help_text=_("Everybody who was invited reads it.")
    )


class TellForm(Form):
    otherwise = forms.CharField(
        label=_("What was done otherwise, and why"),
        required=False,
        max_length=600,
        help_text=_("Leave it empty where all went as planned."),
        widget=forms.Textarea(attrs={"rows": 3, "class": "ruled"}),
    )


class AnswerForm(Form):
    note = LineField(label=_("A word about it, if you like"), required=False, max_length=200)


class ExchangeForm(Form):
    person = forms.ChoiceField(label=_("Who instead"), required=False)
    reason = LineField(label=_("Why"), max_length=160, help_text=_("The new one reads it."))

    def __init__(self, *args: Any, people: list[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {str(person.pk): person for person in people}
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("nobody")), *((pk, p.name) for pk, p in self.people.items())]
