"""The office writes a test, or puts out the ready-made form of fidelity or feedback."""

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from staffroom.cascade.models import TrainingForm
from staffroom.cascade.testing import FORMS
from staffroom.core import audit
from staffroom.instruments import actions as instruments
from staffroom.instruments.models import Instrument, Item
from staffroom.instruments.shape import Option, Shape
from staffroom.people.models import Person
from staffroom.places.models import Programme

Use = TrainingForm.Use
KINDS = {
    Use.TEST: Instrument.Kind.TEST,
    Use.FIDELITY: Instrument.Kind.OBSERVATION,
    Use.FEEDBACK: Instrument.Kind.SURVEY,
}
AS_DESIGNED = (_("Yes, as designed"), _("Partly"), _("No"))
AGREES = (_("Yes"), _("Partly"), _("No"))
#: What is asked at first; the office changes it before it puts it out.
READY = {
    Use.FIDELITY: (
        _("What was done as designed"),
        AS_DESIGNED,
        (
            _("Every planned part was held"),
            _("The parts had the time planned for them"),
            _("Participants tried the activities themselves"),
            _("The materials were there for everyone"),
            _("Participants planned a lesson of their own with it"),
            _("Questions were collected and answered"),
        ),
    ),
    Use.FEEDBACK: (
        _("How was the training?"),
        AGREES,
        (
            _("I can use this in my next lessons"),
            _("I had time to try it and to ask"),
            _("The trainers explained it clearly"),
            _("I could follow in the language that was spoken"),
        ),
    ),
}


@transaction.atomic
def begin_form(
    *, by: Person, programme: Programme, use: str, subject: str = "", language: str = "en"
) -> TrainingForm:
    """A draft: of a test empty, else with what is ready-made, in every language of the house."""
    title, choices, asked = READY.get(Use(use), ("", (), ()))
    draft = instruments.make(
        by=by, kind=KINDS[Use(use)], host=FORMS, host_id=programme.pk, title=_in(language, title),
        language=language, zone=programme.timezone,
    )  # fmt: skip
    # It is the programme's: it must not go when whoever wrote it leaves. And each sits it twice.
    Instrument.objects.filter(pk=draft.instrument_id).update(author=None, once=False)
    draft.instrument.refresh_from_db()
    for text in asked:
        options = tuple(
            Option(_in(language, words), place=place) for place, words in enumerate(choices)
        )
        shape = Shape(Item.Kind.ONE, _in(language, text), options=options)
        item = instruments.put_item(by=by, version=draft, item=shape)
        _translate(item, text, choices, language)
    return TrainingForm.objects.create(
        programme=programme,
        use=use,
        subject=subject if use == Use.TEST else "",
        instrument=draft.instrument,
    )


def _in(language: str, words: str | Promise) -> str:
    with translation.override(language):
        return str(words)


def _translate(
    item: Item, text: str | Promise, choices: tuple[str | Promise, ...], language: str
) -> None:
    keys = [each["key"] for each in item.choices]
    item.translations = {
        code: {
            "text": _in(code, text),
            "choices": {k: _in(code, words) for k, words in zip(keys, choices, strict=True)},
        }
        for code, _name in settings.LANGUAGES
        if code != language
    }
    item.save(update_fields=["translations"])


@transaction.atomic
def publish_form(*, by: Person, form: TrainingForm) -> None:
    """From now on it is the one in use, and stays as it is: a change is a new form."""
    draft = form.instrument.versions.filter(published_at=None).first()
    if draft is None:
        return
    instruments.publish(by=by, version=draft)
    audit.write("training.form_published", actor=by, on=form, use=form.use)


@transaction.atomic
def discard_form(*, by: Person, form: TrainingForm) -> None:
    """Throw a draft away."""
    draft = form.instrument.versions.filter(published_at=None).first()
    if draft is not None:
        instruments.discard(by=by, version=draft)
