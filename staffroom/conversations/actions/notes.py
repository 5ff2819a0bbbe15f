"""From a solved question to a practice note, and from a note to a debate about what it assumes."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from staffroom.conversations import sealed
from staffroom.conversations.actions.ask import ask
from staffroom.conversations.actions.solve import solve
from staffroom.conversations.actions.writing import MAX_TOPIC
from staffroom.conversations.models import Post
from staffroom.conversations.permissions import check_member, check_solve, gone
from staffroom.core.errors import NotYours, Refused
from staffroom.library.actions import note_debates, note_making
from staffroom.library.hooks.notes import worked_on
from staffroom.library.models import Debate, Note, NoteCredit
from staffroom.people.models import Person


def check_keep(by: Person, question: Post) -> None:
    """A member keeps what was learned from a question, once it is solved."""
    check_member(by, question.community)
    if question.kind != Post.Kind.QUESTION or gone(question):
        raise NotYours
    if question.solved_at is None:
        raise Refused(_("A practice note is made once the question is solved."))


@transaction.atomic
def keep_as_note(
    *,
    by: Person,
    question: Post,
    words: dict[str, str],
    answer: Post | None = None,
    name_me: bool = False,
) -> Note:
    """Write a practice note from a question and the answer that helped."""
    check_keep(by, question)
    if answer is not None and (answer.question_id != question.pk or gone(answer)):
        raise Refused(_("This answer is no longer there. Choose another one."))
    return note_making.make(
        by=by,
        community=question.community,
        words=words,
        question_id=question.pk,
        answer_id=answer.pk if answer else None,
        authors=_authors(question, answer),
        name_me=name_me,
        topic=question.topic,
        grade=question.grade,
        language=question.language,
    )


def _authors(question: Post, answer: Post | None) -> list[note_making.Author]:
    """Who is asked whether the note may name them; never whoever wrote without a name."""
    roles = [(question, NoteCredit.Role.ASKED), (answer, NoteCredit.Role.ANSWERED)]
    return [
        (post.author, role.value)
        for post, role in roles
        if post is not None and not post.anonymous and post.author is not None
    ]


@transaction.atomic
def question_note(*, by: Person, note: Note, assumption: str) -> Debate:
    """Ask the community whether what a note takes for granted is so: a question linked to it."""
    if note.community is None:
        raise NotYours
    for earlier in note.debates.filter(outcome=Debate.Outcome.OPEN):
        held_under = Post.objects.filter(pk__in=[earlier.post_id]).first()
        if held_under is None or gone(held_under):
            note_debates.drop_debate(earlier)
    post = ask(
        by=by,
        community=note.community,
        text=assumption,
        topic=note.title[:MAX_TOPIC],
        grade=note.grade,
    )
    return note_debates.open_debate(by=by, note=note, assumption=post.text, post_id=post.pk)


@transaction.atomic
def write_outcome(
    *,
    by: Person,
    debate: Debate,
    question: Post,
    outcome: str,
    why: str,
    words: dict[str, str] | None = None,
    other_case: dict[str, str] | None = None,
) -> Debate:
    """Whoever opened the debate, or the moderator, writes what came out; the question is solved."""
    check_solve(by, question)
    closed = note_debates.close_debate(
        by=by, debate=debate, outcome=outcome, why=why, words=words, other_case=other_case
    )
    solve(by=by, question=question)
    return closed


def forget_nameless(person: Person, keep_contributions: bool) -> None:
    """Before a person's seals are broken: notes made from what was asked without a name go with
    the words, unless others have worked on them."""
    if keep_contributions:
        return
    own = sealed.all_of(person)
    for note in Note.objects.filter(Q(question_id__in=own) | Q(answer_id__in=own)):
        if not worked_on(note, person):
            note.delete()
