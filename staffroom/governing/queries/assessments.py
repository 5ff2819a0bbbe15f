"""What an assessment says, section by section."""

from staffroom.governing.assessment import SECTIONS
from staffroom.governing.models import Assessment


def words_of(assessment: Assessment) -> dict[str, str]:
    """Each section's words: as signed; before that the programme's own, else the product's."""
    if assessment.signed_on is not None:
        return dict(assessment.signed_text)
    return {
        section.key: assessment.own.get(section.key) or section.words(assessment.programme)
        for section in SECTIONS
    }


def parts_of(assessment: Assessment) -> list[dict[str, object]]:
    """The sections for a page: title, words, and whose words they are."""
    words = words_of(assessment)
    return [
        {
            "section": section,
            "words": words.get(section.key, ""),
            "own": section.key in assessment.own,
            "missing": section.theirs and not words.get(section.key),
        }
        for section in SECTIONS
    ]
