"""A server that speaks the documented protocol of Africa's Talking, for tests.

https://developers.africastalking.com/docs/sms/sending/bulk and .../docs/sms/errors
"""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs


def accepted(to: str, status_code: int = 101, status: str = "Success") -> bytes:
    """The documented body of an answer about one recipient."""
    return json.dumps(
        {
            "SMSMessageData": {
                "Message": "Sent to 1/1 Total Cost: KES 0.8000",
                "Recipients": [
                    {
                        "statusCode": status_code,
                        "number": to,
                        "status": status,
                        "cost": "KES 0.8000",
                        "messageId": "ATPid_SampleTxnId123",
                    }
                ],
            }
        }
    ).encode()


def about_the_request(word: str) -> bytes:
    """The body when no recipient was tried."""
    return json.dumps({"SMSMessageData": {"Message": word, "Recipients": []}}).encode()


class Server:
    """Keeps what it was sent; answers what `answer` says, or as the provider would."""

    def __init__(self, username: str = "staffroom", key: str = "the-key") -> None:
        self.username, self.key = username, key
        self.requests: list[dict] = []
        self.answer: tuple[int, bytes] | None = None
        self.delay = 0.0
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                form = {key: values[0] for key, values in parse_qs(body).items()}
                outer.requests.append(
                    {"path": self.path, "headers": dict(self.headers), "form": form}
                )
                time.sleep(outer.delay)
                status, answer = outer.answer or outer.usual(self.headers, form)
                try:
                    self.send_response(status)
                    self.send_header("Content-Type", "application/json; charset=utf-8")
                    self.send_header("Content-Length", str(len(answer)))
                    self.end_headers()
                    self.wfile.write(answer)
                except BrokenPipeError:
                    return  # the client gave up waiting

            def log_message(self, *args: object) -> None:
                return

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.http.serve_forever, daemon=True)
        self.thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.http.server_port}/version1/messaging"

    def usual(self, headers: object, form: dict) -> tuple[int, bytes]:
        if headers.get("apiKey") != self.key or form.get("username") != self.username:
            return 401, b"The supplied authentication is invalid"
        if not form.get("to") or not form.get("message"):
            return 400, b"Must have the to and message parameters"
        return 201, accepted(form["to"])

    def close(self) -> None:
        self.http.shutdown()
        self.http.server_close()
