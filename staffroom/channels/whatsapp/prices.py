"""What a message costs: Meta says the kind of it, the price list of the settings says the rest.

https://developers.facebook.com/documentation/business-messaging/whatsapp/pricing
"""

from decimal import Decimal

from django.conf import settings


def price(category: str) -> Decimal | None:
    """Of one message of this category; None where the settings do not say."""
    found: Decimal | None = settings.WHATSAPP_PRICES.get(category.lower())
    return found


def cost(*, billable: bool | None, kind: str, category: str) -> Decimal | None:
    """Of a message about which `pricing` said this. It is the whole price, however often it is said."""
    if billable is False or kind.startswith("free"):
        return Decimal(0)
    return price(category)
