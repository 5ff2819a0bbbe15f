"""A little of a moderator's work, so that a visitor sees it: by our own actions, as of those days."""

import datetime as dt
from contextlib import AbstractContextManager

from staffroom.communities.models import Community
from staffroom.conversations.actions import move, say
from staffroom.conversations.actions.decide import decide
from staffroom.conversations.actions.report import report
from staffroom.conversations.models import Post
from staffroom.core.clock import now, pretend
from staffroom.people.models import Person

WHERE = "Mathematics, Mwingi"
CHAIN = (
    "Forwarded as received: from Monday all teachers must register again on this link or lose the "
    "house allowance https://bit.ly/tsc-registration. Send this to all your contacts."
)
BUNDLES = "Safaricom is giving free data bundles for its birthday: https://bit.ly/saf-free"
TEA = "Who comes to the football in Mwingi on Saturday? My nephew plays."
UNKIND = "Only lazy teachers still use bottle tops in Grade 6."


def moderate(community: Community, people: dict[str, Person]) -> None:
    """One chain message hidden, a thread gone to tea, a report and a doubtful message that wait."""
    if community.name != WHERE:
        return
    moderator = people["baraka"]
    chain = _said(community, people["kyalo"], CHAIN, days=6)
    with _ago(days=6, minutes=-40):
        report(by=people["syombua"], post=chain, reason="forwarded")
    with _ago(days=6, minutes=-90):
        why = "This goes round in many groups and is not true: the commission asks for no new registration."
        rules = community.rule_versions.get().rules
        rule = next(each for each in rules if "forward" in each)
        decide(by=moderator, post=chain, choice="hidden", why=why, rule=rule)
    match = _said(community, people["mwende"], TEA, days=4)
    with _ago(days=4, minutes=-30):
        move(by=moderator, post=match, room=Post.Room.TEA)
    unkind = _said(community, people["musyimi"], UNKIND, days=3)
    with _ago(days=3, minutes=-20):
        report(by=people["ngii"], post=unkind, reason="unkind", note="I use them every week.")
    _said(community, people["ndanu"], BUNDLES, days=2)


def _said(community: Community, by: Person, text: str, *, days: int) -> Post:
    with _ago(days=days):
        return say(by=by, community=community, text=text)


def _ago(**ago: float) -> AbstractContextManager[None]:
    return pretend(now() - dt.timedelta(**ago))
