"""One letter to one address, as plain text and, where there is one, as a simple page beside it."""

import contextlib
import smtplib
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from staffroom.channels.email.line import Exactly, MayHaveArrived
from staffroom.channels.switchboard.messages import TryLater, Undeliverable, Unknown

#: Their rules about us, not something about the address (RFC 3463, X.7).
POLICY = b"5.7."


@dataclass(frozen=True)
class Letter:
    """`id` stands in the Message-ID: should the same letter ever come twice, a reader shows it once."""

    to: str
    subject: str
    text: str
    id: str
    page: str = ""
    stop: str = ""  # the address by which it is ended, by one click too (RFC 8058)
    language: str = "en"


class Bounced(Undeliverable):
    """The address itself is refused: there is no such box, or it takes nothing."""


def works() -> bool:
    return bool(settings.EMAIL_URL and settings.EMAIL_FROM)


def send(letter: Letter) -> None:
    """Returns when the server has taken it; else one of the three errors of a channel."""
    backend = Exactly()
    try:
        backend.open()
    except smtplib.SMTPResponseException as error:
        raise TryLater(str(error.smtp_code)) from None
    except (OSError, smtplib.SMTPException) as error:
        raise TryLater(type(error).__name__) from None
    try:
        backend.send_messages([_message(letter)])
    except MayHaveArrived:
        raise Unknown("no answer") from None
    except smtplib.SMTPRecipientsRefused as error:
        raise _refused(*next(iter(error.recipients.values()))) from None
    except smtplib.SMTPDataError as error:
        code = str(error.smtp_code)
        raise (Undeliverable if error.smtp_code >= 500 else TryLater)(code) from None
    except smtplib.SMTPResponseException as error:  # our own address: somebody mends it
        raise TryLater(str(error.smtp_code)) from None
    except (OSError, smtplib.SMTPException) as error:
        raise TryLater(type(error).__name__) from None
    finally:
        with contextlib.suppress(OSError, smtplib.SMTPException):
            backend.close()


def _refused(code: int, said: bytes) -> Exception:
    if code >= 500 and POLICY not in said:
        return Bounced(str(code))
    return TryLater(str(code))


def _message(letter: Letter) -> EmailMultiAlternatives:
    headers = {
        "Message-ID": f"<{letter.id}@{settings.EMAIL_FROM.rpartition('@')[2].strip('> ')}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": letter.language,
    }
    if letter.stop:
        headers["List-Unsubscribe"] = f"<{letter.stop}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(
        letter.subject, letter.text, settings.EMAIL_FROM, [letter.to], headers=headers
    )
    if letter.page:
        message.attach_alternative(letter.page, "text/html")
    return message
