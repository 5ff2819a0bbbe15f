"""What people fill in. What may be and what not is decided by the actions."""

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _

from staffroom.core.forms import Form, LineField
from staffroom.people import letters, vocabulary
from staffroom.people.actions.erase import delete_word


class PhoneForm(Form):
    phone = forms.CharField(
        label=_("Your phone number"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel", "dir": "ltr"}
        ),
        error_messages={"required": _("Please write your phone number.")},
    )


class NewPhoneForm(PhoneForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["phone"].label = _("The new number")


class CodeForm(Form):
    code = forms.CharField(
        label=_("The six digits"),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "class": "code",
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
                "dir": "ltr",
                "autofocus": True,
            }
        ),
        error_messages={"required": _("Please write the six digits of the message.")},
    )


class WhoseCodeForm(CodeForm):
    """The code, and whose phone it is: what stays on it depends on the answer."""

    say_optional = False
    whose = forms.ChoiceField(
        label=_("This phone or computer"),
        choices=[
            ("own", _("is mine alone")),
            ("shared", _("is shared: I come in with a PIN")),
            ("lent", _("is not mine: sign me out soon, keep nothing")),
        ],
        widget=forms.RadioSelect(attrs={"required": True}),
        required=False,  # a browser that does not ask: then as if it were not mine
    )


def pin_field(label: Any, **attributes: Any) -> forms.CharField:
    """Four to six digits that nobody sees over one's shoulder; letters come up on no keypad."""
    attributes |= {"class": "code", "inputmode": "numeric", "dir": "ltr", "autocomplete": "off"}
    return forms.CharField(
        label=label,
        max_length=20,
        widget=forms.PasswordInput(attrs=attributes),
        error_messages={"required": _("Please write the digits of the PIN.")},
    )


class PinForm(Form):
    pin = pin_field(_("Your PIN"), autofocus=True)


class NewPinForm(Form):
    pin = pin_field(_("A PIN of four to six digits"), autofocus=True)
    again = pin_field(_("The same PIN once more"))


class ProofForm(Form):
    how = forms.ChoiceField(
        label=_("What can you give?"),
        choices=[
            ("number", _("My payroll or teacher number")),
            ("pin", _("My PIN, from a phone where I have one")),
        ],
        initial="number",
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("The number or PIN"),
        max_length=40,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "class": "code"}),
        error_messages={"required": _("Please write it here.")},
    )


class GoneNumberForm(PhoneForm):
    old = forms.CharField(
        label=_("The number that is gone"),
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "dir": "ltr"}),
        error_messages={"required": _("Please write your phone number.")},
    )
    field_order = ("old", "phone")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["phone"].label = _("The new number")


class OtherNumberForm(PhoneForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["phone"].label = _("The number of the other account")


class OtherPinForm(Form):
    """The PIN of another profile on this phone."""

    profile_id = forms.TypedChoiceField(
        label=_("On this phone"), coerce=uuid.UUID, widget=forms.RadioSelect
    )
    pin = pin_field(_("The PIN of the other account"))

    def __init__(self, *args: Any, profiles: list[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["profile_id"].choices = [  # type: ignore[attr-defined]
            (str(one.pk), one.person.name) for one in profiles
        ]


class DeskNumberForm(WhoseCodeForm):
    """What the help desk began, ended by the owner."""

    phone = PhoneForm.base_fields["phone"]
    text = forms.CharField(
        label=_("My payroll or teacher number"),
        max_length=40,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
        error_messages={"required": _("Please write it here.")},
    )
    field_order = ("phone", "code", "text", "whose")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["phone"].label = _("The new number")


class VouchForm(Form):
    code = forms.CharField(
        label=_("The eight digits that your colleague reads to you"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"class": "code", "inputmode": "numeric", "dir": "ltr", "autocomplete": "off"}
        ),
        error_messages={"required": _("Please write the eight digits.")},
    )


class NameForm(Form):
    name = LineField(
        label=_("Your name, as colleagues know you"),
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
        error_messages={"required": _("Please write the name by which colleagues know you.")},
    )


class ProfileForm(NameForm):
    gender = forms.ChoiceField(
        label=_("Gender"),
        choices=list(vocabulary.GENDERS.items()),
        widget=forms.RadioSelect,
        required=False,
        help_text=_("Nobody here sees it. It may stay unsaid."),
    )
    show_phone = forms.BooleanField(
        label=_("Show my number"),
        required=False,
        help_text=_("to the members of my communities. Otherwise nobody sees it."),
    )
    print_phone = forms.BooleanField(
        label=_("Print my number"),
        required=False,
        help_text=_("as head teacher, on the sheet of my school’s cluster, for the other schools."),
    )


class PhotoForm(Form):
    photo = forms.FileField(
        label=_("A photo of you"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/avif"}),
        help_text=_("It is made small (about 30 KB), and where and when it was taken is removed."),
        error_messages={
            "required": _("Please choose a photo first."),
            "empty": _("This file is empty. Please choose the photo again."),
        },
    )


class TeachingForm(Form):
    subjects = forms.MultipleChoiceField(
        label=_("Subjects"),
        choices=list(vocabulary.SUBJECTS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    grades = forms.TypedMultipleChoiceField(
        label=_("Grades"),
        choices=list(vocabulary.GRADES.items()),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages I can read"),
        choices=list(vocabulary.LANGUAGES.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    years = forms.IntegerField(
        label=_("Years of teaching"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("A beginner writes 0."),
        error_messages={"invalid": _("A whole number, please, like 7.")},
    )


class SettingsForm(Form):
    language = forms.ChoiceField(label=_("Language of the pages"), widget=forms.RadioSelect)
    letters = forms.ChoiceField(
        label=_("Letters of Urdu"),
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Nastaliq as in print. It is fetched once and kept on this phone."),
    )
    text_only = forms.BooleanField(
        label=_("Text only"),
        required=False,
        help_text=_("No faces and patterns: the smallest pages."),
    )
    quiet_from = forms.TimeField(
        label=_("Quiet from"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("Where both stay empty: from 20:00 until 06:00."),
        error_messages={"invalid": _("A time, please, like 21:00.")},
    )
    quiet_until = forms.TimeField(
        label=_("Quiet until"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("Between these hours nothing from Staffroom rings."),
        error_messages={"invalid": _("A time, please, like 05:30.")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["language"].choices = [  # type: ignore[attr-defined]
            (code, format_html('<span lang="{}">{}</span>', code, _own_name(code)))
            for code, _name in settings.LANGUAGES
        ]
        self.fields["letters"].choices = letters.choices()  # type: ignore[attr-defined]
        if self.initial.get("language") != "ur":
            del self.fields["letters"]


def _own_name(code: str) -> str:
    return str(get_language_info(code)["name_local"]).capitalize()


class DeleteForm(Form):
    say_optional = False
    keep = forms.ChoiceField(
        label=_("What I wrote"),
        choices=[
            ("yes", _("stays, without my name: colleagues can go on learning from it")),
            ("no", _("goes with me: my words and photos are removed")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose what happens with what you wrote.")},
    )
    typed = LineField(required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["typed"].label = gettext("To be sure, write: %(word)s") % {
            "word": delete_word()
        }


class PasswordForm(Form):
    password = forms.CharField(
        label=_("A new password"),
        strip=False,
        max_length=128,  # more would only be work for us
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "dir": "ltr"}),
        help_text=_("Four words that do not belong together are easy to keep in mind."),
        error_messages={"required": _("Please write a password.")},
    )
    again = forms.CharField(
        label=_("The same once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "dir": "ltr"}),
        error_messages={"required": _("Please write the password once more.")},
    )
