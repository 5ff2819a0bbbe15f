"""A small SMTP server of our own: RFC 5321, with STARTTLS where it is given a certificate."""

import socket
import ssl
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage


class Server:
    """Keeps the letters it took. `says` overrides its answer to a word of the client, once each;
    `cuts` names the words after which it breaks the line; `loses` takes a letter and says nothing."""

    def __init__(self, tls: ssl.SSLContext | None = None, login: str = "") -> None:
        self.letters: list[EmailMessage] = []
        self.told: list[str] = []  # every line of every client
        self.says: dict[str, str] = {}
        self.cuts: set[str] = set()
        self.loses = False
        self._tls, self._login = tls, login
        self._socket = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def port(self) -> int:
        return self._socket.getsockname()[1]

    def close(self) -> None:
        self._socket.close()

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *about: object) -> None:
        self.close()

    def _serve(self) -> None:
        while True:
            try:
                line, _address = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(line,), daemon=True).start()

    def _talk(self, line: socket.socket) -> None:
        with line:
            reader = line.makefile("rb")
            self._say(line, self.says.pop("", "220 post.example.org"))
            while raw := reader.readline():
                words = raw.decode("latin-1").strip()
                self.told.append(words)
                word = words.split(" ")[0].upper()
                if word in self.cuts:
                    line.shutdown(socket.SHUT_RDWR)
                    return
                if word in self.says:
                    self._say(line, self.says.pop(word))
                    continue
                if word == "STARTTLS" and self._tls:
                    self._say(line, "220 go on")
                    line = self._tls.wrap_socket(line, server_side=True)
                    reader = line.makefile("rb")
                    continue
                if word == "DATA":
                    self._say(line, "354 go on")
                    letter = self._read(reader)
                    self.letters.append(message_from_bytes(letter, policy=policy.default))
                    if self.loses:
                        line.shutdown(socket.SHUT_RDWR)
                        return
                    self._say(line, self.says.pop(".", "250 taken"))
                    continue
                self._say(line, self._usual(word))
                if word == "QUIT":
                    return

    def _usual(self, word: str) -> str:
        if word == "EHLO":
            more = ["250-STARTTLS"] if self._tls else []
            more += ["250-AUTH PLAIN"] if self._login else []
            return "\r\n".join(["250-post.example.org", *more, "250 8BITMIME"])
        return {"QUIT": "221 bye", "AUTH": "235 come in"}.get(word, "250 good")

    @staticmethod
    def _read(reader) -> bytes:
        lines = []
        while (raw := reader.readline()) not in {b".\r\n", b""}:
            lines.append(raw[1:] if raw.startswith(b"..") else raw)
        return b"".join(lines)

    @staticmethod
    def _say(line: socket.socket, words: str) -> None:
        line.sendall(words.encode() + b"\r\n")
