"""A small server that speaks S3, written from its documentation, and believes no request unseen.

It checks the signature (AWS Signature Version 4) of each request, the SHA-256 of each body and the
clock of whoever asks, and lists two names a page, so that asking on is needed.
"""

import base64
import datetime as dt
import hashlib
import hmac
import re
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, quote, unquote, urlsplit
from xml.sax.saxutils import escape

ACCESS, SECRET, REGION = "AKTEST", "a very secret key", "eu-west-1"
AUTHORIZATION = re.compile(
    r"AWS4-HMAC-SHA256 Credential=(?P<key>[^/]+)/(?P<date>\d{8})/(?P<region>[^/]+)/s3/aws4_request, "
    r"SignedHeaders=(?P<headers>[^,]+), Signature=(?P<signature>[0-9a-f]{64})"
)
PAGE = 2


class Refusal(Exception):
    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status, self.code = status, code


class Buckets(ThreadingHTTPServer):
    """What is kept, what was asked, and what is to go wrong."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.objects: dict[str, bytes] = {}
        self.uploads: dict[str, dict[int, bytes]] = {}
        self.asked: list[str] = []
        self.fail: list[tuple[str, int, str]] = []  # (METHOD, status, code): once each
        self.may_write = True
        self.cut = 0  # bytes that are lost on the way out

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


@contextmanager
def running():
    server = Buckets()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _mac(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Buckets

    def log_message(self, *args) -> None:
        pass

    def do(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        try:
            self.check(body)
            parts = urlsplit(self.path)
            bucket, _, key = unquote(parts.path).lstrip("/").partition("/")
            query = dict(parse_qsl(parts.query, keep_blank_values=True))
            self.server.asked.append(f"{self.command} {key} {','.join(sorted(query))}".strip())
            for entry in self.server.fail:
                if entry[0] == self.command:
                    self.server.fail.remove(entry)
                    raise Refusal(entry[1], entry[2])
            if bucket != "copies":
                raise Refusal(404, "NoSuchBucket")
            if self.command in {"PUT", "POST", "DELETE"} and not self.server.may_write:
                raise Refusal(403, "AccessDenied")
            self.act(key, query, body)
        except Refusal as refusal:
            text = "" if self.command == "HEAD" else f"<Error><Code>{refusal.code}</Code></Error>"
            self.answer(refusal.status, text.encode())

    do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = do

    def answer(self, status: int, body: bytes = b"", length: int | None = None, **headers) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def check(self, body: bytes) -> None:
        """The signature, as the documentation computes it; nothing of it from any library."""
        match = AUTHORIZATION.fullmatch(self.headers.get("Authorization", ""))
        if not match or match["key"] != ACCESS:
            raise Refusal(403, "InvalidAccessKeyId")
        stamp = self.headers["x-amz-date"]
        sent = dt.datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=dt.UTC)
        if abs(dt.datetime.now(dt.UTC) - sent) > dt.timedelta(minutes=15):
            raise Refusal(403, "RequestTimeTooSkewed")
        payload = self.headers["x-amz-content-sha256"]
        if payload != hashlib.sha256(body).hexdigest():
            raise Refusal(400, "XAmzContentSHA256Mismatch")
        names = match["headers"].split(";")
        if not {"host", "x-amz-date", "x-amz-content-sha256"} <= set(names):
            raise Refusal(403, "AccessDenied")
        parts = urlsplit(self.path)
        pairs = sorted(
            (quote(unquote(name), safe="-_.~"), quote(unquote(value), safe="-_.~"))
            for name, _, value in (pair.partition("=") for pair in parts.query.split("&") if pair)
        )
        canonical = "\n".join(
            [
                self.command,
                quote(unquote(parts.path), safe="/-_.~"),
                "&".join(f"{name}={value}" for name, value in pairs),
                *(f"{name}:{' '.join(self.headers[name].split())}" for name in names),
                "",
                match["headers"],
                payload,
            ]
        )
        scope = f"{match['date']}/{match['region']}/s3/aws4_request"
        text = (
            f"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
        )
        key = _mac(f"AWS4{SECRET}".encode(), match["date"])
        for word in (match["region"], "s3", "aws4_request"):
            key = _mac(key, word)
        if match["region"] != REGION or not hmac.compare_digest(
            _mac(key, text).hex(), match["signature"]
        ):
            raise Refusal(403, "SignatureDoesNotMatch")

    def check_sum(self, body: bytes) -> None:
        given = self.headers.get("x-amz-checksum-sha256")
        if given != base64.b64encode(hashlib.sha256(body).digest()).decode():
            raise Refusal(400, "BadDigest")

    def act(self, key: str, query: dict, body: bytes) -> None:
        act = {
            "GET": self.list if query.get("list-type") == "2" else self.get,
            "HEAD": self.get,
            "PUT": self.put_part if "partNumber" in query else self.put,
            "POST": self.begin if "uploads" in query else self.complete,
            "DELETE": self.abort if "uploadId" in query else self.delete,
        }[self.command]
        act(key, query, body)

    def list(self, key: str, query: dict, body: bytes) -> None:
        names = sorted(n for n in self.server.objects if n.startswith(query.get("prefix", "")))
        start = int(query.get("continuation-token", "0"))
        shown, more = names[start : start + PAGE], start + PAGE < len(names)
        items = "".join(
            f"<Contents><Key>{escape(name)}</Key><Size>{len(self.server.objects[name])}</Size></Contents>"
            for name in shown
        )
        token = f"<NextContinuationToken>{start + PAGE}</NextContinuationToken>" if more else ""
        self.answer(
            200,
            f"<ListBucketResult><IsTruncated>{str(more).lower()}</IsTruncated>{items}{token}"
            "</ListBucketResult>".encode(),
        )

    def get(self, key: str, query: dict, body: bytes) -> None:
        if key not in self.server.objects:
            raise Refusal(404, "NoSuchKey")
        data = self.server.objects[key]
        if self.command == "HEAD":
            self.answer(200, length=len(data))
            return
        self.answer(200, data[: len(data) - self.server.cut], length=len(data))
        if self.server.cut:
            self.close_connection = True

    def put(self, key: str, query: dict, body: bytes) -> None:
        self.check_sum(body)
        self.server.objects[key] = body
        self.answer(200, ETag='"e"')

    def begin(self, key: str, query: dict, body: bytes) -> None:
        upload = f"upload{len(self.server.uploads)}"
        self.server.uploads[upload] = {}
        self.answer(
            200,
            f"<InitiateMultipartUploadResult><UploadId>{upload}</UploadId>"
            "</InitiateMultipartUploadResult>".encode(),
        )

    def put_part(self, key: str, query: dict, body: bytes) -> None:
        self.check_sum(body)
        self.server.uploads[query["uploadId"]][int(query["partNumber"])] = body
        self.answer(200, ETag=f'"part{query["partNumber"]}"')

    def complete(self, key: str, query: dict, body: bytes) -> None:
        parts = self.server.uploads.pop(query["uploadId"])
        listed = [int(number) for number in re.findall(rb"<PartNumber>(\d+)<", body)]
        if listed != sorted(parts):
            raise Refusal(400, "InvalidPart")
        self.server.objects[key] = b"".join(parts[number] for number in listed)
        self.answer(200, b"<CompleteMultipartUploadResult></CompleteMultipartUploadResult>")

    def abort(self, key: str, query: dict, body: bytes) -> None:
        self.server.uploads.pop(query["uploadId"], None)
        self.answer(204)

    def delete(self, key: str, query: dict, body: bytes) -> None:
        self.server.objects.pop(key, None)
        self.answer(204)
