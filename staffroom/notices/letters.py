"""What a text fits into: the parts of a text message (3GPP TS 23.038, section 6)."""

_BASIC = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_TWICE = set("^{}\\[~]|€\f")
#: The letters of a message of one part, and of each part of a longer one.
SEVEN_BITS, SIXTEEN_BITS = (160, 153), (70, 67)
#: What people and our pages type and a plain phone does not know, as it does.
_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "..."})


def plain(text: str) -> str:
    """With the marks of a simple phone, so that one of them does not double what the text costs."""
    return text.translate(_PLAIN).replace("\u00a0", " ")


def parts(text: str) -> int:
    """How many parts of a text message this is; each costs."""
    if all(char in _BASIC or char in _TWICE for char in text):
        length, (one, each) = sum(1 + (char in _TWICE) for char in text), SEVEN_BITS
    else:
        length, (one, each) = len(text.encode("utf-16-be")) // 2, SIXTEEN_BITS
    return 1 if length <= one else -(-length // each)
