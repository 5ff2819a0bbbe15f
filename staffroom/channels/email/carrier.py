"""A member's digest as an e-mail, for those who have an address here: colleagues with an office."""

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staffroom.channels.email import boxes, links, sending
from staffroom.channels.email.actions import boxing
from staffroom.channels.switchboard import messages
from staffroom.core.ids import uuid7
from staffroom.notices import carriers
from staffroom.people.models import Person


def send(to: str, text: str) -> None:
    person = Person.objects.get(email=to)
    with translation.override(person.language):
        subject = _("Your digest")
    letter = sending.Letter(
        to=to,
        subject=f"Staffroom: {subject}",
        text=text + "\n",
        id=str(uuid7()),
        stop=links.stop_link(person, "digests"),
        language=person.language,
    )
    try:
        sending.send(letter)
    except sending.Bounced as error:
        boxing.bounced(person=person, code=error.code)
        raise carriers.Undeliverable("address") from None
    except messages.Undeliverable:
        raise carriers.Undeliverable("address") from None
    except messages.Unknown:
        raise carriers.Undeliverable("unknown") from None
    except messages.TryLater:
        raise carriers.TryLater from None


CARRIER = carriers.Carrier(
    key="email",
    label=gettext_lazy("An e-mail"),
    works=sending.works,
    address=boxes.address,
    send=send,
    fits=lambda text: True,
    parts=lambda text: 0,
    free=True,
)
