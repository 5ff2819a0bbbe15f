"""Asked of whoever sends a photo: can a pupil be known on it?"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from staffroom.conversations.models import Photo
from staffroom.core.errors import Refused

Shows = Photo.Shows
NOT_YET = "pupil"
CHOICES = [
    (Shows.NOBODY, gettext_lazy("No")),
    (Shows.MASKED, gettext_lazy("Pupils, their faces covered")),
    (Shows.AGREED, gettext_lazy("Yes, and the parents have agreed")),
    (NOT_YET, gettext_lazy("Yes, and nobody has asked the parents")),
]


def check(answer: str) -> str:
    """The answer that is kept; `Refused` at the photo with what one can do."""
    if answer == NOT_YET:
        raise Refused(
            _(
                "Then please cover the faces, ask the parents first, or take another photo: the board or the exercise book says as much."
            ),
            "photo",
        )
    if answer not in Shows.values:
        raise Refused(_("Say whether a pupil can be known on the photo."), "photo")
    return answer
