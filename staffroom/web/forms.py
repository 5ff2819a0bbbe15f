from django import forms

from staffroom.core.forms import Form, LineField, TextField


class Sample(Form):
    """One field of each sort, for the style page."""

    name = LineField(label="Your name", help_text="As colleagues call you.")
    phone = forms.RegexField(
        r"^\d{10}$",
        label="Your phone number",
        error_messages={"invalid": "A number here has ten digits. These are four."},
    )
    subject = forms.ChoiceField(
        label="Subject", choices=[("", "Choose"), ("m", "Mathematics"), ("s", "Science")]
    )
    shown = forms.ChoiceField(
        label="Show my number?",
        choices=[("no", "To nobody"), ("yes", "To my communities")],
        widget=forms.RadioSelect,
        initial="no",
    )
    note = TextField(label="Anything else", max_characters=300, required=False)
    agree = forms.BooleanField(
        label="I have read this", help_text="It can be read again under Me.", required=False
    )
