"""What Meta's refusals mean: again later, never, or a person must mend something.

https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
and .../groups/error-codes. Only codes are kept: Meta's sentences may hold a number.
"""

import datetime as dt
from email.utils import parsedate_to_datetime

import httpx

from staffroom.channels.switchboard.messages import TryLater, Undeliverable, Unknown
from staffroom.channels.whatsapp.inbound import Thing, text, thing
from staffroom.core.clock import now

MINUTE, HOUR = 60.0, 3600.0
#: Certainly not taken, and another time it may be: code -> seconds until then, where there is sense in one.
FOR_NOW: dict[str, float | None] = {
    "1": None,  # unknown fault of theirs
    "2": None,  # their service is down
    "4": HOUR,  # calls of our app
    "80007": HOUR,  # calls of our account
    "130429": MINUTE,  # messages a second
    "131048": HOUR,  # too many were reported as unwanted
    "131056": 6.0,  # one person may get one every six seconds
    "131208": MINUTE,  # a group
    "131000": None,
    "131016": None,
    "131057": HOUR,  # the account is being moved
    "133004": None,
    "133016": HOUR,
    # What a person must mend first (`OFFICE`): the messages wait meanwhile.
    "0": HOUR,
    "3": HOUR,
    "10": HOUR,
    "190": HOUR,
    "368": HOUR,
    "131005": HOUR,
    "131031": HOUR,
    "131042": HOUR,
    "131045": HOUR,
    "133010": HOUR,
}
#: Trying again changes nothing.
FOR_GOOD = {
    "33",  # there is no such number of ours
    "100",  # a parameter
    "130403",
    "130472",  # Meta's own experiment
    "130497",  # not in this country
    "131008",
    "131009",
    "131020",  # a group of one
    "131021",  # to ourselves
    "131026",  # no WhatsApp there, or too old
    "131030",  # a trial number writes to five people only
    "131037",
    "131041",  # no such group
    "131047",  # more than 24 hours since they wrote: templates only
    "131049",  # Meta keeps it from them
    "131050",  # they want none such
    "131051",
    "131052",
    "131053",
    "131062",  # a code goes to numbers only
    "131207",  # the group is closed
    "131212",
    "131215",
    "135000",
}
#: What somebody at the office must mend: code -> its name in `troubles`.
OFFICE = {
    **dict.fromkeys(["0", "3", "10", "190", "131005"], "token"),
    **dict.fromkeys(["33", "368", "131031", "131045", "133010"], "account"),
    "131042": "money",
    **dict.fromkeys(["131048", "131207"], "quality"),
}
#: The line broke before anything was said.
UNSAID = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
    httpx.InvalidURL,
)


def office(code: str) -> str:
    """What of ours is wrong, by their code; "" where nothing is."""
    if code.isdecimal() and 132000 <= int(code) <= 132999:
        return "template"
    if code.isdecimal() and 200 <= int(code) <= 219:
        return "token"
    return OFFICE.get(code, "")


def refusal(answer: httpx.Response) -> Exception:
    """What to raise for an answer that is no success."""
    code = _code(answer)
    if code in FOR_GOOD or (code and office(code) == "template"):
        return Undeliverable(code)
    if code in FOR_NOW or office(code):
        return TryLater(code, _after(answer) or FOR_NOW.get(code, HOUR))
    return _by_status(answer, code)


def _by_status(answer: httpx.Response, code: str) -> Exception:
    """A code that is not in the lists, or none at all."""
    status = answer.status_code
    word = code or f"HTTP {status}"
    if status in {502, 504} and not code:
        return Unknown(word)  # a gateway speaks for a server that may have taken it
    if status < 400 or status in {401, 403, 408, 425, 429} or status >= 500:
        return TryLater(word, _after(answer))
    return Undeliverable(word)


def broken(error: Exception) -> Exception:
    """The line broke: before we spoke, or perhaps after."""
    word = type(error).__name__
    return TryLater(word) if isinstance(error, UNSAID) else Unknown(word)


def _code(answer: httpx.Response) -> str:
    try:
        body: Thing = answer.json()
    except (ValueError, RecursionError):
        return ""
    return text(thing(body, "error"), "code")[:20] if isinstance(body, dict) else ""


def _after(answer: httpx.Response) -> float | None:
    """`Retry-After` in seconds, or as the date that it also may be; at most a day."""
    said = answer.headers.get("Retry-After", "").strip()
    if said.isdecimal() and len(said) < 9:
        return min(float(said), 24 * HOUR)
    try:
        until = parsedate_to_datetime(said)
    except (ValueError, TypeError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=dt.UTC)
    return min(max((until - now()).total_seconds(), 0.0), 24 * HOUR)
