"""What people fill in. What may be and what not is decided by the actions."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _

from staffroom.core.forms import Form, LineField
from staffroom.people import vocabulary
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
    text_only = forms.BooleanField(
        label=_("Text only"),
        required=False,
        help_text=_("No faces and patterns: the smallest pages."),
    )
    quiet_from = forms.TimeField(
        label=_("Quiet from"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
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
            (code, get_language_info(code)["name_local"].capitalize())
            for code, _name in settings.LANGUAGES
        ]


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
