"""Under which address the owner of a number is known in each channel."""


def digits(number: str) -> str:
    return number.lstrip("+")


def whatsapp(number: str) -> str:
    """An id within our business, as everybody there has one."""
    return f"KE.{digits(number)}"


def telegram(number: str) -> int:
    return int(digits(number)[-9:])


OF = {
    "whatsapp": whatsapp,
    "telegram": lambda number: str(telegram(number)),
    "sms": lambda number: number,
}
