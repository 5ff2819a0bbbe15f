"""The rows of this room: one file a part."""

from staffroom.facilitation.models.desk import Act, InviteText, Load, LoadFigure, Word

__all__ = ["Act", "InviteText", "Load", "LoadFigure", "Word"]
