"""A Graph API on this machine: people who write, read, react and press buttons.

For tests, and for the simulator of the demo. It holds our house to the documented limits and answers
with the documented codes, so that what passes here is what Meta would take.
https://developers.facebook.com/documentation/business-messaging/whatsapp/reference
"""

import hashlib
import itertools
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from staffroom.channels.switchboard.pretend import Answer, Asked, Pretend
from staffroom.channels.whatsapp.pretend_limits import CHECKS, MEDIA
from staffroom.channels.whatsapp.pretend_people import NUMBER, Someone
from staffroom.channels.whatsapp.signing import signature

Thing = dict[str, Any]
PHONE_ID, ACCOUNT_ID = "106540352242922", "102290129340398"
TOKEN, SECRET, WORD = "the-token", "the-secret", "the-word"
DAY = 24 * 3600
WORDS = {
    0: "AuthException",
    100: "Invalid parameter",
    190: "Access token has expired",
    368: "Temporarily blocked for policies violations",
    130429: "Rate limit hit",
    131000: "Something went wrong",
    131026: "Message undeliverable",
    131047: "Re-engagement message",
    131048: "Spam rate limit hit",
    131053: "Media upload error",
    131056: "(Business Account, Consumer Account) pair rate limit hit",
    131062: "Business-scoped User ID (BSUID) recipients are not supported for this message",
    132000: "Number of parameters does not match the expected number of params",
    132001: "Template name does not exist in the translation",
    132015: "Template is Paused",
}


def refusal(code: int, status: int = 400, **headers: str) -> Answer:
    """The documented body of an error."""
    error = {
        "message": f"(#{code}) {WORDS.get(code, 'Error')}",
        "type": "OAuthException",
        "code": code,
        "error_data": {"messaging_product": "whatsapp", "details": WORDS.get(code, "")},
        "fbtrace_id": "Az8or2yhqkZfEZ-_4Qn_Bam",
    }
    return Answer(status, json.dumps({"error": error}).encode(), headers)


def said(body: Thing, status: int = 200) -> Answer:
    return Answer(status, json.dumps(body).encode())


class Wrong(Exception):
    """What our house asked for is not what Meta takes: the error that it would give."""

    def __init__(self, code: int, status: int = 400) -> None:
        super().__init__(code)
        self.code, self.status = code, status


@dataclass
class Kept:
    """A file at Meta's. `lies` is told instead of what is true."""

    data: bytes
    type: str
    lies: Thing = field(default_factory=dict)

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


class PretendWhatsApp(Pretend):
    """`hook` is the address of our webhook; without it nothing that happens is told to us."""

    def __init__(self, port: int = 0, *, hook: str = "") -> None:
        self.hook = hook
        self.people: list[Someone] = []
        self.groups: dict[str, list[Someone]] = {}
        self.subjects: dict[str, str] = {}
        self.sent: list[Thing] = []
        self.files: dict[str, Kept] = {}
        self.templates: list[Thing] = []
        self.token, self.page = TOKEN, 100
        self._numbers = itertools.count(1)
        super().__init__(port)

    # People and what they do

    def somebody(
        self, number: str, name: str, *, id: str = "", shows_number: bool = True
    ) -> Someone:
        person = Someone(self, number, name, id, shows_number)
        self.people.append(person)
        return person

    def group(self, *people: Someone) -> str:
        name = f"Y2FwaV9ncm91cDo{self.number()}"
        self.groups[name] = list(people)
        return name

    def tell(self, message: str, fate: str, to: Someone, code: int = 0, **pricing: Any) -> None:
        """What became of a message of ours."""
        status: Thing = {"id": message, "status": fate, "timestamp": self.clock()}
        status |= {"recipient_id": to.number, "recipient_user_id": to.id}
        if code:
            status["errors"] = [{"code": code, "title": WORDS.get(code, "Error")}]
        elif pricing or fate in {"sent", "delivered"}:
            told = {"billable": False, "pricing_model": "PMP", "type": "free_customer_service"}
            status["pricing"] = told | {"category": "service"} | pricing
        self.call_us({"contacts": [to.contact()], "statuses": [status]})

    def call_us(self, value: Thing, field: str = "messages", *, secret: str = SECRET) -> int:
        """One signed call with one change."""
        value = {"messaging_product": "whatsapp", "metadata": metadata()} | value
        entry = {"id": ACCOUNT_ID, "changes": [{"field": field, "value": value}]}
        return self.post_us({"object": "whatsapp_business_account", "entry": [entry]}, secret)

    def post_us(self, call: Thing, secret: str = SECRET) -> int:
        if not self.hook:
            return 0
        body = json.dumps(call).encode()
        headers = {"Content-Type": "application/json"}
        return self.call(
            self.hook, headers | {"X-Hub-Signature-256": signature(body, secret)}, body
        )

    def keep(self, data: bytes, type: str) -> str:
        handle = str(900_000_000_000_000 + next(self._numbers))
        self.files[handle] = Kept(data, type)
        return handle

    # What our house asks

    def answer(self, asked: Asked) -> Answer:
        if asked.headers.get("authorization") != f"Bearer {self.token}":
            return refusal(190, 401)
        parts = urlsplit(asked.path).path.strip("/").split("/")
        try:
            return self._routes(asked.method, parts)(asked)
        except Wrong as wrong:
            return refusal(wrong.code, wrong.status)

    def _routes(self, method: str, parts: list[str]) -> Callable[[Asked], Answer]:
        """By method and address, without the version in front."""
        what = (method, *parts[1:])
        if what == ("POST", PHONE_ID, "messages"):
            return self._take
        if what == ("POST", PHONE_ID, "media"):
            return self._upload
        if what[1:] == (ACCOUNT_ID, "message_templates"):
            return self._register if method == "POST" else self._list_templates
        if what[1:] == (PHONE_ID, "groups"):
            return self._new_group if method == "POST" else self._list_groups
        if method == "GET" and parts[-1] == "invite_link" and parts[1] in self.groups:
            link = f"https://chat.whatsapp.com/{parts[1]}"
            return lambda asked: said({"messaging_product": "whatsapp", "invite_link": link})
        if method == "GET" and parts[0] == "files" and parts[-1] in self.files:
            return lambda asked: self._give(parts[-1])
        if method == "GET" and len(parts) == 2 and parts[1] in self.files:
            return lambda asked: self._describe(parts[1])
        raise Wrong(100)

    def _take(self, asked: Asked) -> Answer:
        message = json.loads(asked.body)
        if message.get("messaging_product") != "whatsapp":
            raise Wrong(100)
        people = self._recipients(message)
        self._check(message)
        if message["type"] == "template":
            self._check_template(message["template"], people)
        elif not message.get("group") and not any(self._may_be_answered(p) for p in people):
            raise Wrong(131047)
        id = self.wamid()
        self.sent.append(message | {"id": id})
        for person in people:
            person.got.append(message | {"id": id})
        to = message.get("recipient") or message.get("to")
        contacts = [{"input": to, "wa_id": to}]
        found = {"messaging_product": "whatsapp", "contacts": contacts, "messages": [{"id": id}]}
        return said(found)

    def _recipients(self, message: Thing) -> list[Someone]:
        if message.get("recipient_type") == "group":
            if message.get("to") not in self.groups:
                raise Wrong(131041)
            return self.groups[message["to"]]
        # `to` counts where both are given; an id in it is taken for a number.
        found = [
            person
            for person in self.people
            if (person.number == message["to"] if message.get("to") else False)
            or (not message.get("to") and person.id and person.id == message.get("recipient"))
        ]
        if not found:
            raise Wrong(131026)
        return found

    def _may_be_answered(self, person: Someone) -> bool:
        return time.time() - person.heard < DAY

    def _check(self, message: Thing) -> None:
        kind = message.get("type", "")
        content = message.get(kind)
        if kind not in CHECKS or not isinstance(content, dict):
            raise Wrong(100)
        if not CHECKS[kind](content) or (kind in MEDIA and content.get("id") not in self.files):
            raise Wrong(100)
        if kind == "interactive" and message.get("recipient_type") == "group":
            raise Wrong(100)

    def _check_template(self, template: Thing, people: list[Someone]) -> None:
        code = template["language"]["code"]
        same = [t for t in self.templates if t["name"] == template["name"]]
        found = [one for one in same if one["language"] == code]
        if not found:
            raise Wrong(132001)
        if found[0]["status"] == "PAUSED":
            raise Wrong(132015)
        if found[0]["status"] != "APPROVED":
            raise Wrong(132001)
        if found[0]["category"] == "AUTHENTICATION" and not all(p.number for p in people):
            raise Wrong(131062)
        body: Thing = next((c for c in found[0]["components"] if c["type"] == "BODY"), {})
        wanted = body.get("text", "").count("{{") if "text" in body else 1
        given: Thing = next((c for c in template["components"] if c["type"] == "body"), {})
        if len(given.get("parameters", [])) != wanted:
            raise Wrong(132000)

    def _upload(self, asked: Asked) -> Answer:
        data, type = _file_of(asked)
        if type in {"image/webp", "audio/webm", ""}:
            raise Wrong(131053)
        return said({"id": self.keep(data, type)})

    def _describe(self, handle: str) -> Answer:
        file = self.files[handle]
        about = {
            "messaging_product": "whatsapp",
            "id": handle,
            "url": f"{self.url}/files/{handle}",
            "mime_type": file.type,
            "sha256": file.digest,
            "file_size": len(file.data),
        }
        return said(about | file.lies)

    def _give(self, handle: str) -> Answer:
        return Answer(200, self.files[handle].data, {"Content-Type": self.files[handle].type})

    def _register(self, asked: Asked) -> Answer:
        template = json.loads(asked.body)
        known = [t for t in self.templates if _same_template(t, template)]
        if known:
            raise Wrong(100)
        made = template | {"id": self.number(), "status": "PENDING"}
        self.templates.append(made)
        return said({key: made[key] for key in ("id", "status", "category")})

    def _list_templates(self, asked: Asked) -> Answer:
        """So many a page as `page` says; the next one is found by the cursor."""
        fields = ("name", "language", "status", "category", "id")
        after = parse_qs(urlsplit(asked.path).query).get("after", ["0"])[0]
        start = int(after) if after.isdecimal() else 0
        data = [{key: one[key] for key in fields} for one in self.templates]
        end = start + self.page
        paging: Thing = {"cursors": {"before": str(start), "after": str(end)}}
        if end < len(data):
            paging["next"] = f"{self.url}{asked.path}&after={end}"
        return said({"data": data[start:end], "paging": paging})

    def approve(self, name: str = "", status: str = "APPROVED") -> None:
        for template in self.templates:
            if name in {"", template["name"]}:
                template["status"] = status

    def _new_group(self, asked: Asked) -> Answer:
        """Its id comes by a call of the field `group_lifecycle_update`, or from the list."""
        subject = json.loads(asked.body).get("subject", "").strip()
        if not 0 < len(subject) <= 128:
            raise Wrong(100)
        self.subjects[self.group()] = subject
        return said({"messaging_product": "whatsapp", "request_id": self.number()})

    def _list_groups(self, asked: Asked) -> Answer:
        groups = [{"id": id, "subject": name} for id, name in self.subjects.items()]
        return said({"data": {"groups": groups}, "paging": {"cursors": {}}})

    # Numbers and times

    def number(self) -> str:
        return f"{next(self._numbers):017d}"

    def wamid(self) -> str:
        return f"wamid.HBgL{self.number()}"

    def clock(self) -> str:
        return str(int(time.time()))


def metadata() -> Thing:
    return {"display_phone_number": NUMBER, "phone_number_id": PHONE_ID}


def _same_template(one: Thing, other: Thing) -> bool:
    return (one["name"], one["language"]) == (other["name"], other["language"])


def _file_of(asked: Asked) -> tuple[bytes, str]:
    """The file of a form, and its type by the form's word."""
    boundary = asked.headers.get("content-type", "").partition("boundary=")[2].strip('"')
    for part in asked.body.split(b"--" + boundary.encode()) if boundary else []:
        head, _sign, data = part.partition(b"\r\n\r\n")
        if b'name="file"' in head:
            type = head.lower().partition(b"content-type:")[2].split(b"\r\n")[0]
            return data.removesuffix(b"\r\n"), type.strip().decode()
    return b"", ""
