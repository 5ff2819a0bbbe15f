"""Questions asked before that are like the one being written."""

from staffroom.conversations import finding
from staffroom.conversations.models import Post
from staffroom.core.retrieval.asked import asked
from staffroom.core.retrieval.kinds import Found
from staffroom.methods.text.passage import Marks
from staffroom.people.models import Person

#: Of what is being written, its beginning tells.
MOST = 1_000


def asked_before(person: Person, text: str, topic: str = "") -> list[Found]:
    """At most three, in any community that the person may read; the likest first."""
    alike = asked(
        person=person,
        text=f"{topic} {text}"[:MOST],
        kinds=[Post.Kind.QUESTION],
        scopes=finding.scopes(person),
    )
    ids = [key for key, _kind in alike]
    seen = finding.show(person, ids, Marks())
    return [seen[key] for key in ids if key in seen]
