"""Files of the library: known by their content, cleaned, with what they say and how they look.

    from staffroom.library.reading.take import take  # its libraries are large: where it is needed
    taken = take(file, "Fractions.pdf", most=5_000_000)

What has a kind here is kept; everything else is refused with a sentence that says what to do.
"""

from dataclasses import dataclass

VIDEOS = {"mp4", "webm"}
#: What the field of a form offers; pictures are kept as WebP.
ENDINGS = ".pdf,.docx,.xlsx,.pptx,.odt,.ods,.odp,.epub,.mp4,.webm,.jpg,.jpeg,.png,.webp,.md,.txt"


@dataclass(frozen=True)
class Taken:
    """A file as it is kept. `words` are there where they cost little; else the worker reads them."""

    data: bytes
    kind: str
    name: str
    pages: int | None = None
    seconds: int | None = None
    words: str = ""
