"""Static files as they are served: our comments and indentation stay at home."""

import re
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

#: Only comments that begin a line: "image/*" within a script is none.
COMMENT = re.compile(r"^[ \t]*/\*.*?\*/[ \t]*\n?", re.S | re.M)
INDENT = re.compile(r"^[ \t]+|\n(?=\n)", re.M)


def lean(text: str) -> str:
    return INDENT.sub("", COMMENT.sub("", text)).lstrip("\n")


class Storage(CompressedManifestStaticFilesStorage):
    """Compressed, named by content, and lean."""

    def _save(self, name: str, content: Any) -> str:
        if name.endswith((".css", ".js")):
            content.seek(0)
            raw = content.read()
            text = raw.decode() if isinstance(raw, bytes) else raw
            content = ContentFile(lean(text).encode())
        return str(super()._save(name, content))
