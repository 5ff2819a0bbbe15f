"""Practice notes of the demo, through the product's own actions: kept, tried, debated, let travel."""

import datetime as dt
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from staffroom.conversations.actions import answer
from staffroom.conversations.actions.notes import keep_as_note, question_note, write_outcome
from staffroom.conversations.models import Post
from staffroom.core.clock import now, pretend
from staffroom.library.actions.note_credits import answer as say
from staffroom.library.actions.note_making import take_proposal
from staffroom.library.actions.note_sharing import let_travel
from staffroom.library.actions.note_trials import report
from staffroom.library.models import Note
from staffroom.people.models import Person
from staffroom.web.demo.content import CONTENT

PARTS = ("title", "problem", "worked", "tried_where", "failed")
People = dict[str, Person]


def keep_notes(slug: str, people: People, posts: dict[str, Post]) -> None:
    """The notes of one community of the demo."""
    for entry in tomllib.loads((CONTENT / "notes.toml").read_text("utf-8"))["notes"]:
        if entry["community"] == slug:
            _keep(entry, people, posts)


@contextmanager
def _ago(days: int, hours: int = 0) -> Iterator[None]:
    with pretend(now() - dt.timedelta(days=days, hours=hours)):
        yield


def _fresh(post: Post) -> Post:
    return Post.objects.select_related("community", "question", "author").get(pk=post.pk)


def _keep(entry: dict[str, Any], people: People, posts: dict[str, Post]) -> None:
    with _ago(entry["days_ago"]):
        note = keep_as_note(
            by=people[entry["by"]],
            question=_fresh(posts[entry["question"]]),
            answer=_fresh(posts[entry["answer"]]),
            words={part: entry[part] for part in PARTS},
        )
        for key in entry["named"]:
            say(by=people[key], note=note, yes=True)
        for key in entry["unnamed"]:
            say(by=people[key], note=note, yes=False)
    for trial in entry["trials"]:
        _try(note, trial, people)
    if debate := entry.get("debate"):
        _debate(note, debate, people)
    if entry["travels"]:
        let_travel(by=people[entry["by"]], note=note)


def _try(note: Note, said: dict[str, Any], people: People) -> None:
    with _ago(said["days_ago"]):
        note.refresh_from_db()
        facts = {key: said[key] for key in ("result", "grade", "pupils", "what")}
        trial = report(by=people[said["by"]], note=note, new_worked=said.get("worked"), **facts)
        if taker := said.get("taken_by"):
            words = note.words() | {"worked": trial.new_worked}
            take_proposal(by=people[taker], trial=trial, words=words, version=note.version)


def _debate(note: Note, said: dict[str, Any], people: People) -> None:
    with _ago(said["days_ago"], hours=2):
        note.refresh_from_db()
        debate = question_note(by=people[said["by"]], note=note, assumption=said["text"])
    question = Post.objects.select_related("community").get(pk__in=[debate.post_id])
    for each in said["answers"]:
        with _ago(each["days_ago"]):
            answer(by=people[each["by"]], question=question, text=each["text"])
    with _ago(said["closed_days_ago"]):
        write_outcome(
            by=people[said["by"]],
            debate=debate,
            question=_fresh(question),
            outcome=said["outcome"],
            why=said["why"],
            other_case={"title": said["other_title"], "worked": said["other_worked"]},
        )
