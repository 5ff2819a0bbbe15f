"""How fields look: label, help and error in their places, tied together for screen readers."""

from django import forms
from django.utils import translation

from staffroom.core.errors import Refused
from staffroom.core.forms import Form


class Sample(Form):
    name = forms.CharField(help_text="As colleagues call you.")
    town = forms.CharField(required=False)
    grade = forms.ChoiceField(choices=[("7", "Grade 7")], widget=forms.RadioSelect)
    agree = forms.BooleanField()


def test_an_optional_field_says_so_and_a_required_one_does_not():
    html = str(Sample())
    assert html.count("(if you like)") == 1
    assert html.index("(if you like)") > html.index("Town")


def test_what_is_out_of_bounds_is_said_in_the_language_of_the_page():
    class Bounds(Form):
        town = forms.CharField(max_length=3)
        few = forms.IntegerField(min_value=1)
        many = forms.IntegerField(max_value=15)

    typed = {"town": "Mwingi", "few": "0", "many": "16"}
    said = {
        "en": ["at most 3 fit", "1 or more", "15 or less"],
        "sw": ["zisizozidi 3", "1 au zaidi", "15 au chini"],
        "ur": ["زیادہ سے زیادہ 3", "1 یا زیادہ", "15 یا کم"],
    }
    for language, words in said.items():
        with translation.override(language):
            errors = Bounds(typed).errors
            for field, expected in zip(typed, words, strict=True):
                assert expected in errors[field][0]


def test_a_filter_form_says_nothing_of_optional():
    class Filter(Sample):
        say_optional = False

    assert "(if you like)" not in str(Filter())


def test_an_error_stands_at_its_field_and_is_tied_to_it():
    form = Sample({"name": "", "grade": "7", "agree": "on"})
    html = str(form)
    assert 'id="id_name_error"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert html.count('class="say" id="id_name') == 2


def test_a_refusal_without_a_field_stands_above_the_form():
    form = Sample({"name": "A", "grade": "7", "agree": "on"})
    assert form.is_valid()
    form.refuse(Refused("The place is taken."))
    html = str(form)
    assert html.index("The place is taken.") < html.index("Name")


def test_choices_are_a_named_group():
    html = str(Sample())
    assert "<fieldset" in html
    assert "<legend>Grade" in html


def test_a_missing_answer_is_asked_for_as_a_person_would():
    html = str(Sample({}))
    for sentence in ("Please write something here.", "Please choose one.", "Please tick this"):
        assert sentence in html
    assert "This field is required" not in html
