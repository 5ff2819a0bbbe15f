"""Local servers that speak the two providers' documented protocols: for tests and the simulator.

Both are a phone company with feature phones: `inbox(number)` is what arrived there, `write` is what its
owner types, `stop` is their word to the company that nothing of ours may come.
"""

import base64
import itertools
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode

from staffroom.channels.sms.twilio import OPTED_OUT, signature
from staffroom.channels.switchboard.pretend import Answer, Asked, Pretend
from staffroom.methods.text import gsm

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True)
class Delivered:
    """One text message on a phone."""

    to: str
    text: str
    id: str
    parts: int


class Company(Pretend):
    """What both have in common."""

    def __init__(self, house: str = "", port: int = 0) -> None:
        self.house = house  # the address of our house, without a slash at its end
        self.delivered: list[Delivered] = []
        self.stopped: set[str] = set()
        self._numbers = itertools.count(1)
        super().__init__(port)

    def inbox(self, number: str) -> list[Delivered]:
        return [each for each in self.delivered if each.to == number]

    def next_id(self, prefix: str) -> str:
        return f"{prefix}{next(self._numbers):032x}"

    def _deliver(self, to: str, text: str, id: str) -> Delivered:
        made = Delivered(to, text, id, gsm.parts(text))
        self.delivered.append(made)
        return made


class AfricasTalking(Company):
    """https://developers.africastalking.com/docs/sms/overview"""

    def __init__(
        self,
        house: str = "",
        secret: str = "",
        key: str = "the-key",
        username: str = "staffroom",
        port: int = 0,
    ) -> None:
        self.secret, self.key, self.username = secret, key, username
        super().__init__(house, port)

    @property
    def sending(self) -> str:
        return f"{self.url}/version1/messaging"

    def answer(self, asked: Asked) -> Answer:
        form = {name: values[0] for name, values in parse_qs(asked.body.decode()).items()}
        if asked.headers.get("apikey") != self.key or form.get("username") != self.username:
            return Answer(401, b"The supplied authentication is invalid")
        if not form.get("to") or not form.get("message"):
            return Answer(400, b"Must have the to and message parameters")
        if form["to"] in self.stopped:
            return Answer(201, self.about(form["to"], 406, "UserInBlacklist"))
        made = self._deliver(form["to"], form["message"], self.next_id("ATXid_"))
        return Answer(201, self.about(form["to"], 101, "Success", made))

    @staticmethod
    def about(
        to: str, code: int = 101, status: str = "Success", made: Delivered | None = None
    ) -> bytes:
        """The documented body of an answer about one recipient."""
        recipient: dict[str, Any] = {
            "statusCode": code,
            "number": to,
            "status": status,
            "cost": f"KES {0.8 * made.parts:.4f}" if made else "0",
            "messageId": made.id if made else "None",
        }
        total = recipient["cost"] if made else "0"
        data = {"Message": f"Sent to 1/1 Total Cost: {total}", "Recipients": [recipient]}
        return json.dumps({"SMSMessageData": data}).encode()

    @staticmethod
    def about_the_request(word: str) -> bytes:
        """The body when no recipient was tried."""
        return json.dumps({"SMSMessageData": {"Message": word, "Recipients": []}}).encode()

    def write(self, sender: str, text: str, id: str = "", **more: str) -> int:
        form = {
            "from": sender,
            "to": "22384",
            "text": text,
            "date": "",
            "linkId": "",
            "networkCode": "63902",
        }
        return self._call("in", form | {"id": id or self.next_id("in-")} | more)

    def report(self, id: str, status: str = "Success", number: str = "", reason: str = "") -> int:
        form = {
            "id": id,
            "status": status,
            "phoneNumber": number,
            "networkCode": "63902",
            "retryCount": "0",
        }
        return self._call("report", form | ({"failureReason": reason} if reason else {}))

    def stop(self, number: str) -> int:
        self.stopped.add(number)
        return self._call("stop", {"senderId": "22384", "phoneNumber": number})

    def _call(self, what: str, form: dict[str, str]) -> int:
        address = f"{self.house}/hooks/sms/africastalking/{self.secret}/{what}"
        return self.call(address, FORM, urlencode(form).encode())


class Twilio(Company):
    """https://www.twilio.com/docs/messaging/api/message-resource and …/docs/usage/security"""

    def __init__(self, house: str = "", *, number: str = "+15005550006", port: int = 0) -> None:
        self.account, self.token, self.number = "AC" + "0" * 32, "the-token", number
        super().__init__(house, port)

    def answer(self, asked: Asked) -> Answer:
        right = base64.b64encode(f"{self.account}:{self.token}".encode()).decode()
        if asked.headers.get("authorization") != f"Basic {right}":
            return self.error(401, 20003, "Authenticate")
        if asked.path != f"/2010-04-01/Accounts/{self.account}/Messages.json":
            return self.error(404, 20404, "The requested resource was not found")
        form = dict(parse_qsl(asked.body.decode(), keep_blank_values=True))
        if not form.get("Body"):
            return self.error(400, 21602, "Message body is required")
        if not form.get("To", "").startswith("+"):
            return self.error(400, 21211, "Invalid 'To' Phone Number")
        if form["To"] in self.stopped:
            return self.error(400, int(OPTED_OUT), "Attempt to send to unsubscribed recipient")
        return self.made(self._deliver(form["To"], form["Body"], self.next_id("SM")))

    def made(self, message: Delivered) -> Answer:
        body = {
            "sid": message.id,
            "account_sid": self.account,
            "status": "queued",
            "num_segments": str(message.parts),
            "price": None,
            "price_unit": "USD",
            "error_code": None,
            "error_message": None,
        }
        return Answer(201, json.dumps(body).encode())

    @staticmethod
    def error(
        status: int, code: int, message: str, headers: dict[str, str] | None = None
    ) -> Answer:
        body = {
            "code": code,
            "message": message,
            "more_info": f"https://www.twilio.com/docs/errors/{code}",
            "status": status,
        }
        return Answer(status, json.dumps(body).encode(), headers or {})

    def write(
        self, sender: str, text: str, id: str = "", files: list[tuple[str, str]] | None = None
    ) -> int:
        sid = id or self.next_id("SM")
        form = {
            "MessageSid": sid, "SmsSid": sid, "AccountSid": self.account, "From": sender, "To": self.number,
            "Body": text, "NumMedia": str(len(files or [])), "NumSegments": str(gsm.parts(text)), "ApiVersion": "2010-04-01",
        }  # fmt: skip
        for place, (url, kind) in enumerate(files or []):
            form |= {f"MediaUrl{place}": url, f"MediaContentType{place}": kind}
        return self._call("in", form)

    def report(self, id: str, status: str = "delivered", number: str = "", error: str = "") -> int:
        form = {"MessageSid": id, "MessageStatus": status, "To": number, "AccountSid": self.account}
        return self._call("report", form | ({"ErrorCode": error} if error else {}))

    def stop(self, number: str) -> int:
        """They tell nothing: the person's own STOP comes in as a message, and ours are refused."""
        self.stopped.add(number)
        return self.write(number, "STOP")

    def _call(self, what: str, form: dict[str, str]) -> int:
        address, body = f"{self.house}/hooks/sms/twilio/{what}", urlencode(form).encode()
        pairs = [(name.encode(), value.encode()) for name, value in form.items()]
        return self.call(
            address, FORM | {"X-Twilio-Signature": signature(address, pairs, self.token)}, body
        )
