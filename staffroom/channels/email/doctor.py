"""What `staffroom doctor` looks at in e-mail. In English like the commands."""

import contextlib
import smtplib

from django.conf import settings

from staffroom.channels.email import sending
from staffroom.channels.email.line import Exactly
from staffroom.core.findings import FAIL, OK, WARN, Finding

NAME = "e-mail"


def findings() -> list[Finding]:
    if not settings.EMAIL_URL:
        return []
    if not sending.works():
        how = "As post@staffroom.example.org, an address that a person reads."
        return [Finding(FAIL, NAME, "STAFFROOM_EMAIL_FROM is missing.", how)]
    backend = Exactly()
    try:
        backend.open()
    except smtplib.SMTPAuthenticationError:
        how = "Are name and password in STAFFROOM_EMAIL_URL right, with %40 for an @ in them?"
        return [Finding(FAIL, NAME, "The server does not let us in.", how)]
    except (OSError, smtplib.SMTPException) as error:
        what = f"The server does not answer as it should ({type(error).__name__}). Letters wait."
        how = "Are host and port in STAFFROOM_EMAIL_URL right, and does it know STARTTLS?"
        return [Finding(WARN, NAME, what, how)]
    finally:
        with contextlib.suppress(OSError, smtplib.SMTPException):
            backend.close()
    return [Finding(OK, NAME, "The server takes our letters.")]
