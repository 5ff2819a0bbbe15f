"""Sentences that more than one kind of paper needs."""

from django.utils.translation import gettext as _


def not_known() -> str:
    return _(
        "This file is none that we know. PDF and papers of Word, Excel, PowerPoint and LibreOffice "
        "can be taken (docx, xlsx, pptx, odt, ods, odp)."
    )


def locked() -> str:
    return _(
        "This file is locked with a password. Please take the password off, and send it again."
    )


def damaged() -> str:
    return _("This file is damaged: it could not be read to its end. Please save it anew.")
