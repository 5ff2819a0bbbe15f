"""A local server that speaks the provider's airtime and mobile data protocol, for tests and trying."""

import itertools
import json
from urllib.parse import parse_qs, urlsplit

from staffroom.channels.switchboard.pretend import Answer, Asked, Pretend


class PretendAirtime(Pretend):
    """Gives under one key once, as the provider does; keeps what was given in `given`."""

    def __init__(self, port: int = 0) -> None:
        super().__init__(port)
        #: Key -> (number, how much); what really left the account.
        self.given: dict[str, tuple[str, str]] = {}
        #: Request id -> "Success", "Failed" or "Queued", for look-ups.
        self.fates: dict[str, str] = {}
        #: Numbers that are refused -> in which words.
        self.refuses: dict[str, str] = {}
        self._answers: dict[str, bytes] = {}
        self._count = itertools.count(1)

    def answer(self, asked: Asked) -> Answer:
        where = urlsplit(asked.path)
        if where.path == "/query/transaction/find":
            request_id = parse_qs(where.query)["transactionId"][0]
            status = self.fates.get(request_id, "Queued")
            return Answer(body=json.dumps({"status": status}).encode())
        key = asked.headers.get("idempotency-key", "")
        if key not in self._answers:
            airtime = where.path == "/version1/airtime/send"
            told = self._airtime(asked, key) if airtime else self._bundle(asked, key)
            self._answers[key] = json.dumps(told).encode()
        return Answer(status=201, body=self._answers[key])

    def _airtime(self, asked: Asked, key: str) -> dict[str, object]:
        form = parse_qs(asked.body.decode())
        one = json.loads(form["recipients"][0])[0]
        name, why = self._take(key, one["phoneNumber"], one["amount"])
        told = {
            "phoneNumber": one["phoneNumber"],
            "amount": one["amount"],
            "discount": "KES 0.00",
            "status": "Failed" if why else "Sent",
            "requestId": name,
            "errorMessage": why or "None",
        }
        return {
            "errorMessage": "None",
            "numSent": 0 if why else 1,
            "totalAmount": one["amount"],
            "totalDiscount": "KES 0.00",
            "responses": [told],
        }

    def _bundle(self, asked: Asked, key: str) -> dict[str, object]:
        one = json.loads(asked.body)["recipients"][0]
        how_much = f"{one['quantity']} {one['unit']}"
        name, why = self._take(key, one["phoneNumber"], how_much)
        told = {
            "phoneNumber": one["phoneNumber"],
            "provider": "Pretend",
            "status": "Failed" if why else "Queued",
            "transactionId": name,
            "value": "KES 50.00",
            "errorMessage": why or "None",
        }
        return {"entries": [told]}

    def _take(self, key: str, number: str, how_much: str) -> tuple[str, str]:
        if why := self.refuses.get(number, ""):
            return "", why
        self.given[key] = (number, how_much)
        return f"ATQid_{next(self._count):032}", ""
