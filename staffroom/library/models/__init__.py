"""What a programme and its communities keep: one file a part."""

from staffroom.library.models.notes import (
    Debate,
    Note,
    NoteCredit,
    NotePackage,
    NoteVersion,
    Signer,
    Trial,
)

__all__ = ["Debate", "Note", "NoteCredit", "NotePackage", "NoteVersion", "Signer", "Trial"]
