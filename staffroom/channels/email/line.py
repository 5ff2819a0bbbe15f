"""SMTP, exactly: whatever breaks, we know whether the letter can have been taken (RFC 5321, 4.5.3.2.6).

Django's own backend, with one difference: the moment from which a letter may have been taken is told
apart, so that no letter comes twice.
"""

import re
import smtplib
from typing import Any

from django.core.mail.backends.smtp import EmailBackend

_LINE_END = re.compile(rb"\r\n|\r|\n")
_DOT = re.compile(rb"(?m)^\.")


class MayHaveArrived(Exception):
    """The line broke after the letter was read out and before the answer."""


class _Exact(smtplib.SMTP):
    def data(self, msg: Any) -> tuple[int, bytes]:
        code, said = self.docmd("DATA")
        if code != 354:
            raise smtplib.SMTPDataError(code, said)
        letter = msg if isinstance(msg, bytes) else msg.encode("ascii")
        letter = _DOT.sub(b"..", _LINE_END.sub(b"\r\n", letter))
        if not letter.endswith(b"\r\n"):
            letter += b"\r\n"
        try:
            self.send(letter + b".\r\n")
            return self.getreply()
        except (OSError, smtplib.SMTPException):
            self.close()
            raise MayHaveArrived from None


class _ExactClosed(_Exact, smtplib.SMTP_SSL):
    """The same on a line that is closed from its first byte."""


class Exactly(EmailBackend):
    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _ExactClosed if self.use_ssl else _Exact
