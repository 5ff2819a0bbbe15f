"""What each word of command does."""

import datetime as dt
import uuid
from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import override
from rapidfuzz import fuzz

from staffroom.channels.switchboard import telling
from staffroom.channels.switchboard.actions import (
    confirming,
    helping,
    kept,
    linking,
    meaning,
    nameless,
    posting,
    quizzing,
    sending,
)
from staffroom.channels.switchboard.actions.posting import Letter
from staffroom.channels.switchboard.actions.turn import Turn, post_id
from staffroom.channels.switchboard.messages import Button
from staffroom.channels.switchboard.queries import people, posts
from staffroom.channels.switchboard.talk.read import Said, language_of
from staffroom.channels.switchboard.talk.saying import Say
from staffroom.channels.switchboard.talk.words import word
from staffroom.communities.actions.rules import agree_to_rules
from staffroom.communities.models import Community
from staffroom.communities.queries import current_rules, members
from staffroom.conversations import actions
from staffroom.conversations.models import Post
from staffroom.core.clock import now
from staffroom.core.errors import Refused
from staffroom.core.ids import short
from staffroom.people.actions.profile import choose_language
from staffroom.people.models import Person

Says = list[Say]
#: How old today's question may be.
FRESH = dt.timedelta(days=7)
MOST_TOLD = 3


def letter(turn: Turn, text: str) -> Letter:
    return Letter(
        by=turn.person,
        id=post_id(turn.channel.key, turn.event.id),
        text=text,
        at=turn.event.at,
        brought=turn.brought,
    )


def done(turn: Turn, posted: posting.Posted) -> Says:
    posting.mark(turn.channel.key, turn.event.id, posted.post, turn.event.at, link=turn.link)
    return confirming.posted(turn, posted)


def ask(turn: Turn, said: Said) -> Says:
    return _to_place(turn, said, "ask")


def say(turn: Turn, said: Said) -> Says:
    return _to_place(turn, said, "say")


def _to_place(turn: Turn, said: Said, what: str) -> Says:
    if not said.rest and not turn.brought:
        language = turn.person.language
        raise Refused(
            _("Write it behind the word: %(word)s and your words.") % {"word": word(what, language)}
        )
    place = people.place_of(turn.link)
    if place is None:
        meaning.ask(turn, said.rest)
        pending = kept.pending_of(turn.link)
        assert pending is not None
        return [meaning.which_place(turn, kept.words_of(pending) | {"as": what})]
    act = posting.ask if what == "ask" else posting.say
    return done(turn, act(letter(turn, said.rest), place))


def answer(turn: Turn, said: Said) -> Says:
    if said.number is None:
        raise Refused(_("Which number? Write it first: 3 and your words."))
    return by_number(turn, said.number, said.rest)


def by_number(turn: Turn, number: int, text: str) -> Says:
    """`3 text` answers number 3; `3` alone tells all of it."""
    post = _numbered(turn, number)
    if not text and not turn.brought:
        return _told(turn, post)
    if post.instrument_id is not None:
        return [quizzing.begin(turn, post)]
    return done(turn, posting.reply(letter(turn, text), post))


def _numbered(turn: Turn, number: int) -> Post:
    post = posts.by_number(turn.link, number)
    if post is None:
        raise Refused(
            _("We know no number %(n)s of yours. %(today)s tells you what is on.")
            % {"n": number, "today": word("today", turn.person.language)}
        )
    turn.touches(post)
    return post


def _told(turn: Turn, post: Post) -> Says:
    if post.instrument_id is not None:
        return [quizzing.begin(turn, post)]
    return [telling.whole(turn.link, post, turn.channel)]


def more(turn: Turn, said: Said) -> Says:
    return _told(turn, _last(turn) if said.number is None else _numbered(turn, said.number))


def _last(turn: Turn) -> Post:
    """What was told last."""
    last = turn.link.numbers.order_by("-at", "-pk").first()
    return _numbered(turn, last.number if last else 1)


def thanks(turn: Turn, said: Said) -> Says:
    post = _last(turn) if said.number is None else _numbered(turn, said.number)
    actions.thank(by=turn.person, post=post)
    return [Say(_("Thanked."), about=post.pk)]


def helped(turn: Turn, said: Said) -> Says:
    post = _last(turn) if said.number is None else _numbered(turn, said.number)
    actions.help(by=turn.person, answer=post)
    return [Say(_("Noted: it helped."), about=post.pk)]


def solved(turn: Turn, said: Said) -> Says:
    """The number's question; without one, one's own that was asked last."""
    if said.number is not None:
        question = posts.thread(_numbered(turn, said.number))
    else:
        mine = Post.objects.filter(
            author=turn.person,
            kind=Post.Kind.QUESTION,
            solved_at=None,
            removed_at=None,
            hidden_at=None,
        )
        found = posts.readable(turn.person, mine.order_by("-created_at").first())
        if found is None:
            raise Refused(_("You have no question that is open."))
        question = found
    actions.solve(by=turn.person, question=question)
    return [Say(_("Solved. Well done."), about=question.pk)]


def celebrate(turn: Turn, said: Said) -> Says:
    """`CELEBRATE Nafula: what she did`, in the community one writes to."""
    place = _place(turn)
    name, _sign, fact = said.rest.partition(":")
    if not fact.strip():
        raise Refused(_("Write the name, a colon, and what they did: Nafula: all her pupils read."))
    posted = actions.celebrate(
        by=turn.person,
        community=place,
        about=_named(turn.person, place, name),
        text=fact,
        id=post_id(turn.channel.key, turn.event.id),
        written_at=turn.event.at,
    )
    return done(turn, posting.Posted(posted, []))


def _named(by: Person, place: Community, name: str) -> Person:
    people_here = [each for each in members(place) if each.pk != by.pk]
    near = [
        each
        for each in people_here
        if fuzz.ratio(each.first_name.casefold(), name.strip().casefold()) >= 80
    ]
    full = [
        each
        for each in people_here
        if fuzz.ratio(each.name.casefold(), name.strip().casefold()) >= 85
    ]
    found = full or near
    if len(found) != 1:
        raise Refused(_("Choose somebody who is here."))
    return found[0]


def today(turn: Turn, said: Said) -> Says:
    """The newest quiz, poll or prompt that one can do something about; else the newest question.

    Of the community one writes to; of all of one's own where none was chosen.
    """
    if waiting := _told_by_template(turn):
        return waiting
    place = people.place_of(turn.link)
    rows = Post.objects.filter(
        community__in=[place] if place else people.places_of(turn.person),
        question=None,
        removed_at=None,
        hidden_at=None,
        created_at__gt=now() - FRESH,
    ).select_related("author", "instrument", "question")
    first = rows.filter(kind__in=[Post.Kind.QUIZ, Post.Kind.POLL]).order_by("-created_at").first()
    if first is not None and first.instrument is not None and quizzing.is_open(turn, first):
        return [quizzing.begin(turn, first)]
    for kinds in ([Post.Kind.PROMPT], [Post.Kind.QUESTION]):
        found = rows.filter(kind__in=kinds).order_by("-created_at").first()
        post = posts.readable(turn.person, found)
        if post is not None:
            return [telling.whole(turn.link, post, turn.channel)]
    if place is None:
        return [Say(_("Nothing is on just now."))]
    return [Say(_("Nothing is on in %(name)s just now.") % {"name": place.name})]


def _told_by_template(turn: Turn) -> Says:
    """Where the provider let us say no more than that there is news: the posts themselves."""
    heard = turn.link.heard_at
    if turn.channel.can.window is None or not sending.is_outside(turn.link, turn.channel):
        return []
    rows = turn.link.numbers.select_related("post__author", "post__question")
    told = rows.filter(at__gt=heard) if heard else rows
    found = [posts.readable(turn.person, each.post) for each in told.order_by("-at")[:MOST_TOLD]]
    return [telling.whole(turn.link, post, turn.channel) for post in reversed(found) if post]


def _place(turn: Turn) -> Community:
    place = people.place_of(turn.link)
    if place is None:
        raise Refused(
            _("First say in which community, with %(word)s.")
            % {"word": word("group", turn.person.language)}
        )
    return place


def group(turn: Turn, said: Said) -> Says:
    places = people.places_of(turn.person)
    if said.number is not None and 0 < said.number <= len(places):
        return meaning.choose_place(turn, short(places[said.number - 1].pk))
    return [meaning.which_place(turn, {})]


def without_name(turn: Turn, said: Said) -> Says:
    return [nameless.begin(turn, said.rest)]


def agree(turn: Turn, said: Said) -> Says:
    """The ground rules in force, told once; the same word again agrees to them."""
    place = _place(turn)
    rules = current_rules(place)
    if rules is None:
        return [Say(_("Nothing is to be agreed to."))]
    key = f"a:{short(rules.pk)}"
    pending = kept.pending_of(turn.link)
    if pending is not None and pending.options[:1] == [key]:
        return accept_rules(turn, rules.pk)
    kept.ask(turn.link, "agree", [key], {})
    lines = [f"- {rule}" for rule in rules.rules]
    text = "\n".join([_("Our ground rules in %(name)s:") % {"name": place.name}, *lines])
    return [Say(text, (Button(key, _("I agree")),))]


def accept_rules(turn: Turn, rules: uuid.UUID) -> Says:
    agree_to_rules(person=turn.person, rules_id=rules)
    kept.forget(turn.link)
    return [Say(_("Agreed. Now write."))]


def stop(turn: Turn, said: Said) -> Says:
    kept.forget(turn.link)
    linking.stop(turn.link)
    return [
        Say(
            _("Stopped. Nothing more comes here. %(start)s begins again.")
            % {"start": word("start", turn.person.language)},
            last=True,
        )
    ]


def start(turn: Turn, said: Said) -> Says:
    linking.start(turn.link)
    return [
        Say(
            _("Welcome. %(help)s tells what you can write.")
            % {"help": word("help", turn.person.language)}
        )
    ]


def language(turn: Turn, said: Said) -> Says:
    code = language_of(said.rest)
    if not code:
        return [Say("LANGUAGE English\nLUGHA Kiswahili\nزبان اردو")]
    choose_language(person=turn.person, language=code)
    with override(code):
        return [Say(_("Saved.")), helping.help(turn)]


def help(turn: Turn, said: Said) -> Says:
    return [helping.help(turn)]


def linked(turn: Turn, said: Said) -> Says:
    return [Say(_("This phone is linked already.")), helping.help(turn)]


def yes(turn: Turn, said: Said) -> Says:
    return _yes_or_no(turn, yes=True)


def no(turn: Turn, said: Said) -> Says:
    return _yes_or_no(turn, yes=False)


def _yes_or_no(turn: Turn, *, yes: bool) -> Says:
    pending = kept.pending_of(turn.link)
    if pending is not None and pending.want == "nameless":
        return [nameless.choose(turn, yes)]
    if pending is not None and pending.want == "mean" and not yes:
        return meaning.choose(turn, "no")
    if pending is not None and pending.want == "agree" and yes:
        return agree(turn, Said("agree"))
    return [Say(_("Nothing waits for a yes or no."))]


COMMANDS: dict[str, Callable[[Turn, Said], Says]] = {
    "help": help,
    "ask": ask,
    "say": say,
    "answer": answer,
    "today": today,
    "more": more,
    "thanks": thanks,
    "helped": helped,
    "done": solved,
    "celebrate": celebrate,
    "group": group,
    "nameless": without_name,
    "agree": agree,
    "stop": stop,
    "start": start,
    "language": language,
    "link": linked,
    "yes": yes,
    "no": no,
}
