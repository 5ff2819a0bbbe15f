"""Reading the environment: every variable begins with STAFFROOM_ (and DATABASE_URL)."""

import datetime as dt
import os
import secrets
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

YES = {"1", "true", "yes", "on"}


def text(name: str, default: str = "") -> str:
    return os.environ.get(f"STAFFROOM_{name}", default).strip()


def flag(name: str, default: bool = False) -> bool:
    value = text(name)
    return value.lower() in YES if value else default


def switch(name: str, default: str) -> bool:
    """`on` or `off`; another word is no silent no."""
    value = text(name, default).lower()
    if value not in {"on", "off"}:
        raise ImproperlyConfigured(f"STAFFROOM_{name} is {value!r}; write on or off.")
    return value == "on"


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def time_of_day(name: str, default: str) -> dt.time:
    try:
        return dt.time.fromisoformat(text(name, default))
    except ValueError:
        raise ImproperlyConfigured(
            f"STAFFROOM_{name} is {text(name)!r}; write an hour and minutes, as {default}."
        ) from None


def numbers(name: str, default: str) -> list[int]:
    """As many whole numbers as the default has, none below zero."""
    given, usual = words(name, default), default.split(",")
    if len(given) != len(usual) or not all(word.isdecimal() for word in given):
        raise ImproperlyConfigured(
            f"STAFFROOM_{name} is {text(name)!r}; write {len(usual)} numbers, as {default}."
        )
    return [int(word) for word in given]


def pairs(name: str) -> dict[str, str]:
    """NAME=VALUE, with commas between."""
    found = {}
    for word in words(name):
        key, sign, value = word.partition("=")
        if not sign or not key.strip() or not value.strip():
            raise ImproperlyConfigured(f"STAFFROOM_{name} holds {word!r}; write NAME=VALUE, …")
        found[key.strip().lower()] = value.strip()
    return found


def amounts(name: str) -> dict[str, Decimal]:
    """NAME=AMOUNT, with commas between; no amount below zero."""
    found = {}
    for key, value in pairs(name).items():
        try:
            found[key] = Decimal(value)
        except InvalidOperation:
            found[key] = Decimal("NaN")
        if not found[key].is_finite() or found[key] < 0:
            raise ImproperlyConfigured(
                f"STAFFROOM_{name} holds {value!r}; write an amount, as {key}=0.0040."
            )
    return found


def uri(contact: str) -> str:
    """An address as a URI; a bare e-mail address gets its `mailto:`."""
    return contact if contact.startswith(("https://", "mailto:", "tel:")) else f"mailto:{contact}"


def secret_key(data: Path) -> str:
    """STAFFROOM_SECRET_KEY, or one made at first start and kept beside the data."""
    return kept("SECRET_KEY", data / "secret-key")


def seal_key(data: Path) -> str:
    """STAFFROOM_SEAL_KEY, or one made at first start: it seals who asked without a name."""
    return kept("SEAL_KEY", data / "seal-key")


def safeguarding_key(data: Path) -> str:
    """STAFFROOM_SAFEGUARDING_KEY, or one made at first start: it closes what was told about danger."""
    return kept("SAFEGUARDING_KEY", data / "safeguarding-key")


def account_key(data: Path) -> str:
    """STAFFROOM_ACCOUNT_KEY, or one made at first start: pepper of PINs, lock of second factors."""
    return kept("ACCOUNT_KEY", data / "account-key")


def old_keys(name: str, path: Path) -> list[str]:
    """Earlier keys that still open: STAFFROOM_OLD_…_KEYS, and the one that `rotate-key` put aside."""
    found = words(name)
    try:
        return [*found, *path.read_text().split()]
    except OSError:
        return found


def package_key(data: Path) -> str:
    """STAFFROOM_PACKAGE_KEY, or one made at first start: it signs what goes to other installations."""
    return kept("PACKAGE_KEY", data / "package-key")


def webpush_key(data: Path) -> str:
    """STAFFROOM_WEBPUSH_KEY, or one made at first start: browsers' makers know us by it."""
    return kept("WEBPUSH_KEY", data / "webpush-key")


def kept(name: str, path: Path) -> str:
    """A secret from the environment, or from its own file, readable by us alone; made once."""
    if given := text(name):
        return given
    try:
        return _kept_key(path)
    except OSError as error:
        raise ImproperlyConfigured(
            f"{path} cannot be read or made ({error.strerror}). Run as the account "
            "that owns this folder, or set STAFFROOM_DATA to a folder that may be written."
        ) from error


def _kept_key(path: Path) -> str:
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text().strip()
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
        return path.read_text().strip()


def post(url: str) -> tuple[str, int, str, str, str]:
    """Host, port, name, password and how the line is closed, of `smtp://` or `smtps://`.

    `smtp://` must become TLS by STARTTLS, or nothing is sent; but for a relay on this machine, or
    where `?tls=off` says that the way to it is our own.
    """
    parts = urlsplit(url)
    if not url:
        return "", 25, "", "", ""
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured(
            "STAFFROOM_EMAIL_URL must be smtp://USER:PASSWORD@HOST:587 or smtps://USER:PASSWORD@HOST:465."
        )
    near = parts.hostname in {"localhost", "127.0.0.1", "::1"}
    open_line = near or dict(parse_qsl(parts.query)).get("tls") == "off"
    tls = "ssl" if parts.scheme == "smtps" else "" if open_line else "starttls"
    usual = 465 if tls == "ssl" else 587 if tls else 25
    name, password = unquote(parts.username or ""), unquote(parts.password or "")
    return parts.hostname, parts.port or usual, name, password, tls


def database(data: Path) -> dict[str, Any]:
    """DATABASE_URL (postgres://user:password@host:port/name), or SQLite in the data folder."""
    url = os.environ.get("DATABASE_URL", "").strip()
    if not url:
        return _sqlite(data / "staffroom.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path)))
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            f"DATABASE_URL begins with {parts.scheme!r}; use postgres://USER:PASSWORD@HOST:PORT/NAME "
            "or leave it out for SQLite."
        )
    options: dict[str, Any] = dict(
        parse_qsl(parts.query)
    )  # sslmode=require, host=/run/postgresql …
    # Django switches off what `core.prepared` asks for; with it, PostgreSQL plans once a connection.
    options["prepare_threshold"] = int(options.get("prepare_threshold", 5))
    socket = options.pop("host", "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or socket,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL, not NORMAL: an acknowledged post must survive a loss of power.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000;",
        },
    }
