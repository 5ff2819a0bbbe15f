"""What comes in by text message, made clean: words, senders, moments. Nothing here may fail."""

import datetime as dt
import re
import unicodedata
from urllib.parse import parse_qsl

import phonenumbers
from django.utils.crypto import salted_hmac
from django.utils.dateparse import parse_datetime

from staffroom.channels.switchboard.messages import Event, Inbound, Kind, Media
from staffroom.core.clock import now, today

#: Longer than anybody types on a phone; the rest is cut.
LONGEST = 10_000
MOST_FIELDS = 200
#: UTF-8 that was read as Windows-1252 on its way.
_MANGLED = re.compile(r"Ã[\x80-\xbf‚ƒ„…†‡ˆ‰Š‹©¨ª«®±´¶¼¢§¯]|â€.|[ØÙÚÛ][^\sA-Za-z]|ðŸ")
_LOST = "\ufffd"
_OLDEST = dt.timedelta(days=7)
_AHEAD = dt.timedelta(minutes=5)


def pairs_of(body: bytes) -> list[tuple[bytes, bytes]]:
    """A form's names and values as bytes; nothing where it is none."""
    try:
        found = parse_qsl(
            body.decode("latin-1"),
            keep_blank_values=True,
            encoding="latin-1",
            max_num_fields=MOST_FIELDS,
        )
        return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in found]
    except ValueError:
        return []


def form_of(body: bytes) -> dict[str, str]:
    """A form's fields; of a name that stands twice the first counts."""
    form: dict[str, str] = {}
    for name, value in pairs_of(body):
        form.setdefault(decoded(name), decoded(value))
    return form


def decoded(raw: bytes) -> str:
    """UTF-8; or with each half of a letter beyond the first plane apart, as some gateways write it;
    else Windows-1252."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        pass
    try:
        halves = raw.decode("utf-8", "surrogatepass")
        return halves.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def clean(text: str) -> str:
    """The words without what no person typed; what was mangled on its way is put right."""
    mended = unicodedata.normalize("NFC", _mended(text[: LONGEST * 2]))
    kept = (char for char in mended.replace("\r\n", "\n").replace("\r", "\n") if _typed(char))
    return "".join(kept).strip()[:LONGEST]


def _typed(char: str) -> bool:
    """No control, lone half, private letter or nothing at all; the joiners of Urdu stay."""
    if char in "\u200b\ufeff":
        return False
    return char == "\n" or unicodedata.category(char) not in {"Cc", "Cs", "Co", "Cn"}


def _mended(text: str) -> str:
    if not _MANGLED.search(text):
        return text
    try:
        return b"".join(_byte(char) for char in text).decode()
    except (UnicodeDecodeError, UnicodeEncodeError):
        return text  # it really says this


def _byte(char: str) -> bytes:
    """Windows-1252 has no letter for five bytes; those came through as they are."""
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:
        return char.encode("latin-1")


def number(sender: str) -> str:
    """The sender as "+254712345678"; empty for a short code or a name, which take no answer."""
    digits = re.sub(r"[\s().-]", "", sender)[:20]
    if not re.fullmatch(r"\+?[0-9]{8,15}", digits):
        return ""
    try:
        parsed = phonenumbers.parse("+" + digits.lstrip("+"))
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(parsed):
        return ""
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def token(text: str) -> str:
    """A provider's id or code: visible letters alone, so many as a row holds."""
    return "".join(char for char in text if "!" <= char <= "~")[:150]


def moment(text: str) -> dt.datetime:
    """When they say it was; now, where they say nothing or what cannot be."""
    try:
        said = parse_datetime(text.strip()[:40])
    except ValueError:
        said = None
    if said is None:
        return now()
    said = said if said.tzinfo else said.replace(tzinfo=dt.UTC)
    try:
        return said.astimezone(dt.UTC) if now() - _OLDEST < said < now() + _AHEAD else now()
    except OverflowError:
        return now()


def words(
    *, id: str, sender: str, text: str, date: str = "", files: list[Media] | None = None
) -> list[Event]:
    """One message; each file of it is one more. Of nobody who could be answered: nothing."""
    who, said = number(sender), clean(text)
    if not who or not (said or files):
        return []
    name, at = token(id) or _named(who, text, date), moment(date)
    if files:
        return [
            Inbound(f"{name}:{place}", who, at, _kind(each), "" if place else said, media=each)
            for place, each in enumerate(files)
        ]
    return [Inbound(name, who, at, Kind.TEXT if readable(said) else Kind.OTHER, said)]


def readable(text: str) -> bool:
    """Whether most of it arrived."""
    return text.count(_LOST) * 3 <= len(text)


def _kind(media: Media) -> Kind:
    if media.type.startswith("image/"):
        return Kind.PHOTO
    if media.type.startswith("audio/"):
        return Kind.VOICE
    return Kind.OTHER


def _named(who: str, text: str, date: str) -> str:
    """A name for what has none, so that it still counts once; it tells nobody the number."""
    return _sealed(f"{who}|{date}|{text}")


def stop(said: str) -> list[Event]:
    """A person stopped us at the provider: as if they had written it to us, once a day."""
    who = number(said)
    if not who:
        return []
    return [Inbound(f"stop:{_sealed(f'{who}|{today()}')}", who, now(), Kind.TEXT, "STOP")]


def _sealed(text: str) -> str:
    raw = text.encode("utf-8", "replace")
    return salted_hmac("sms.heard", raw, algorithm="sha256").hexdigest()[:40]
