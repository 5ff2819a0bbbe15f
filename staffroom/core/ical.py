"""Lines of an iCalendar file (RFC 5545), whoever writes one."""


def escape(text: str) -> str:
    """TEXT (3.3.11): backslash, semicolon, comma and new line are written with a backslash."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\r\n", "\\n").replace("\r", "\\n").replace("\n", "\\n")


def fold(line: str) -> bytes:
    """At most 75 octets a line without its end, the next beginning with a space (3.1); no letter cut."""
    out, size = [], 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > 75:
            out.append("\r\n ")
            size = 1
        out.append(letter)
        size += octets
    return ("".join(out) + "\r\n").encode()
