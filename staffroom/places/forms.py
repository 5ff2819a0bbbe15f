"""What administrators and teachers fill in about places."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from staffroom.core.clock import today
from staffroom.core.forms import Form, LineField
from staffroom.core.words import listed, semicolon, typed_list
from staffroom.places import queries
from staffroom.places.actions.programmes import MOST_MEGABYTES
from staffroom.places.imports.names import fold
from staffroom.places.models import Appointment, Area, Posting, Programme, School


class DayField(forms.DateField):
    """A day, picked or typed."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        options.setdefault("input_formats", ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"])
        options.setdefault(
            "error_messages", {"invalid": _("Please write the day like 2026-11-22.")}
        )
        super().__init__(**options)


class AreaField(LineField):
    """An area by its name, as narrow as needed: "Mwingi" or "Mwingi, Kitui"."""

    programme: Programme

    def clean(self, value: Any) -> Area | None:
        text = super().clean(value)
        if not text:
            return None
        wanted = [fold(part) for part in typed_list(text)]
        day = today(self.programme.timezone)
        found = [
            area
            for path, area in queries.area_tree(self.programme, day).items()
            if wanted and path and path[-1] == wanted[0] and set(wanted[1:]) <= set(path[:-1])
        ]
        if not found:
            raise ValidationError(_("There is no area of this name now."))
        if len(found) > 1:
            raise ValidationError(
                _("There are several. Which one: %(lines)s?")
                % {"lines": listed(sorted(queries.area_names(found[:6], day)), semicolon())}
            )
        return Area.objects.get(pk=found[0])


class SchoolField(LineField):
    """A school by its code."""

    programme: Programme

    def clean(self, value: Any) -> School | None:
        code = super().clean(value)
        if not code:
            return None
        found = School.objects.filter(programme=self.programme, code=code).first()
        if found is None:
            raise ValidationError(_("No school has the code %(code)s.") % {"code": code})
        return found


class PlaceForm(Form):
    """A form whose areas and schools are those of one programme."""

    def __init__(self, *args: Any, programme: Programme, **options: Any) -> None:
        super().__init__(*args, **options)
        self.programme = programme
        for field in self.fields.values():
            if isinstance(field, AreaField | SchoolField):
                field.programme = programme


class FileLimitForm(Form):
    megabytes = forms.IntegerField(
        label=_("How many MB may one file weigh?"),
        min_value=1,
        max_value=MOST_MEGABYTES,
        help_text=_("Whoever opens one pays for it, and on a slow network 5 MB take many minutes."),
    )


class ProgrammeForm(Form):
    name = LineField(label=_("Name"), help_text=_("As everyone will read it."))
    country = LineField(label=_("Country"), help_text=_("Two letters: KE, PK, TZ, SN …"))
    levels = forms.CharField(
        label=_("Steps of the administration"),
        help_text=_(
            "The widest first, one a line, without the school: County, Sub-county, Zone. In your own words."
        ),
        widget=forms.Textarea(attrs={"rows": 4, "class": "ruled"}),
    )
    timezone = LineField(label=_("Time zone"), help_text=_("Like Africa/Nairobi or Asia/Karachi."))
    language = forms.ChoiceField(
        label=_("Language of new accounts"), choices=settings.LANGUAGES, initial="en"
    )


class NumbersForm(Form):
    number_label = LineField(
        label=_("What it is called"),
        required=False,
        help_text=_("TSC number, personal number, matricule …"),
    )
    number_mask = LineField(
        label=_("How it looks"),
        required=False,
        help_text=_("9 for each digit, A for each letter, the rest as it is: TSC999999."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    number_required = forms.BooleanField(
        label=_("Whoever enrols must write theirs"),
        required=False,
        help_text=_("Those who are here already are not asked. Lists of teachers always need it."),
    )


class OwnNumberForm(Form):
    number = LineField(
        label=_("Payroll or teacher number"),
        max_length=40,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )


class SchoolForm(PlaceForm):
    code = LineField(label=_("Code"), help_text=_("The system's own; unique."))
    name = LineField(label=_("Name"))
    level = LineField(label=_("Level"), required=False, help_text=_("Primary, Secondary …"))
    sector = LineField(label=_("Public or private"), required=False)
    latitude = forms.FloatField(
        label=_("Latitude"),
        required=False,
        help_text=_("Degrees with a point, south negative: -0.93"),
    )
    longitude = forms.FloatField(label=_("Longitude"), required=False)
    opened = DayField(label=_("Opened"), required=False)


class NewSchoolForm(SchoolForm):
    area = AreaField(label=_("Area"), required=False, help_text=_("Its name, like Mwingi, Kitui."))


class MoveSchoolForm(PlaceForm):
    area = AreaField(label=_("New area"), help_text=_("Its name, like Mwingi, Kitui."))
    on = DayField(label=_("From"))


class CloseSchoolForm(PlaceForm):
    on = DayField(label=_("From"), help_text=_("Postings there end on this day."))
    into = SchoolField(
        label=_("Merged into the school with the code"),
        required=False,
        help_text=_("Teachers and deputies then go along; the head is posted by you."),
    )


class PostingForm(Form):
    role = forms.ChoiceField(
        label=_("Works there as"),
        choices=[
            (Posting.Role.TEACHER, _("Teacher")),
            (Posting.Role.DEPUTY, _("Deputy head")),
            (Posting.Role.HEAD, _("Head teacher")),
        ],
        initial=Posting.Role.TEACHER,
    )
    starts = DayField(label=_("From"))


class MovePersonForm(PlaceForm):
    school = SchoolField(label=_("To the school with the code"))
    role = PostingForm.base_fields["role"]
    on = DayField(label=_("From"), help_text=_("The posting here ends on this day."))


class StartForm(Form):
    starts = DayField(label=_("Since when"))


class EndForm(Form):
    ends = DayField(label=_("First day no longer there"))


class AppointForm(PlaceForm):
    role = forms.ChoiceField(
        label=_("Office"),
        choices=[
            (Appointment.Role.GARDENER, _("Gardener: looks after communities")),
            (Appointment.Role.ADMINISTRATOR, _("Administrator: schools, lists, accounts")),
            (Appointment.Role.EVALUATOR, _("Evaluator: studies")),
            (Appointment.Role.TRAINER, _("Trainer: sessions and visits")),
            (Appointment.Role.ADVISER, _("Adviser: a subject")),
            (Appointment.Role.SAFEGUARDING, _("Safeguarding: reads what is told about danger")),
            (Appointment.Role.HELP_DESK, _("Help desk: those who cannot come in")),
        ],
        widget=forms.RadioSelect,
    )
    area = AreaField(
        label=_("Only in the area"),
        required=False,
        help_text=_("Leave it empty for the whole programme."),
    )
    starts = DayField(label=_("From"))


class DeskFindForm(Form):
    say_optional = False
    phone = forms.CharField(
        label=_("Phone number, whole"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "dir": "ltr", "autocomplete": "off"}),
    )
    number = LineField(label=_("Or payroll number"), required=False, max_length=40)
    name = LineField(label=_("Or name"), required=False, max_length=80)
    school = LineField(label=_("and school"), required=False, max_length=80)


class DeskPayrollForm(Form):
    number = LineField(label=_("The payroll number they tell you"), max_length=40)


class DeskNumberForm(Form):
    phone = forms.CharField(
        label=_("The new number"),
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "dir": "ltr", "autocomplete": "off"}),
    )


class DeskMergeForm(Form):
    number = LineField(
        label=_("The payroll number of this account, as they tell you"), max_length=40
    )
    phone = forms.CharField(
        label=_("The phone number of the account that stays"),
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "dir": "ltr", "autocomplete": "off"}),
    )


class DeskMergeCodeForm(Form):
    code = LineField(
        label=_("The six digits they read to you"),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "code", "inputmode": "numeric", "dir": "ltr"}),
    )


class DeskCodeForm(Form):
    code = LineField(
        label=_("The eight digits they read to you"),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "code", "inputmode": "numeric", "dir": "ltr"}),
    )


class OverseeForm(PlaceForm):
    area = AreaField(label=_("Area"), help_text=_("Its name, like Mwingi, Kitui."))
    title = LineField(label=_("Title"), required=False, help_text=_("Curriculum support officer …"))
    starts = DayField(label=_("From"))


class SuperviseForm(Form):
    number = LineField(
        label=_("Teacher number of the person supervised"),
        help_text=_("By name, beside what follows from posts: a head of department, a tutor."),
    )
    starts = DayField(label=_("From"))


class SchoolCodeForm(Form):
    system = LineField(label=_("Code system"), help_text=_("EMIS 2024, payroll, examinations …"))
    code = LineField(label=_("Code"))
    starts = DayField(label=_("From"))


class UploadForm(Form):
    kind = forms.ChoiceField(
        label=_("What is in the list"),
        choices=[
            ("schools", _("Schools and their areas")),
            ("teachers", _("Teachers")),
            ("codes", _("Codes of schools in other systems")),
        ],
        widget=forms.RadioSelect,
        initial="schools",
    )
    file = forms.FileField(
        label=_("The file"),
        help_text=_("CSV or Excel. Nothing is changed until you have seen what it would change."),
    )


class CalendarFileForm(Form):
    file = forms.FileField(
        label=_("The file"),
        help_text=_(
            "A calendar (.ics), or a list as CSV or Excel with the columns Name, First day, Last day. "
            "Nothing is written until you have looked at it."
        ),
    )


class SchoolTermForm(Form):
    name = LineField(label=_("Name"), help_text=_("Term 1, 2027"))
    first_day = DayField(label=_("First school day"))
    last_day = DayField(label=_("Last school day"))


class HolidayForm(PlaceForm):
    name = LineField(label=_("Name"), help_text=_("Half term, Eid, Jamhuri Day …"))
    first_day = DayField(label=_("First free day"))
    last_day = DayField(label=_("Last free day"))
    area = AreaField(
        label=_("Only in the area"),
        required=False,
        help_text=_("Leave it empty for the whole programme."),
    )


class WeekendForm(Form):
    days = forms.TypedMultipleChoiceField(
        label=_("No school on"),
        choices=list(WEEKDAYS.items()),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
