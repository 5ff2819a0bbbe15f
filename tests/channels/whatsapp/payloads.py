"""What Meta's documentation shows of its calls, with its own example values.

https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages
"""

import json

PHONE_ID, ACCOUNT_ID = "106540352242922", "102290129340398"
NUMBER, SCOPED = "16505551234", "US.13491208655302741918"
WAMID = "wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQTRBNjU5OUFFRTAzODEwMTQ0RgA="
OTHER_WAMID = "wamid.HBgLMTY0NjcwNDM1OTUVAgASGBQzQUNGMkMxQUQzRTY4RDAwMEJDQwA="
GROUP = "Y2FwaV9ncm91cDoxNzA1NTU1MDEzOToxMjAzNjM0MDQ2OTQyMzM4MjAZD"
AT = 1739321024


def call(*values, field="messages") -> dict:
    changes = [{"value": value, "field": field} for value in values]
    entry = {"id": ACCOUNT_ID, "changes": changes}
    return {"object": "whatsapp_business_account", "entry": [entry]}


def value(**parts) -> dict:
    metadata = {"display_phone_number": "15550783881", "phone_number_id": PHONE_ID}
    return {"messaging_product": "whatsapp", "metadata": metadata} | parts


def contact(number=NUMBER, scoped=SCOPED, **profile) -> dict:
    found = {"profile": {"name": "Sheena Nelson"} | profile}
    return found | ({"wa_id": number} if number else {}) | ({"user_id": scoped} if scoped else {})


def message(kind="text", content=None, **about) -> dict:
    found = {"from": NUMBER, "from_user_id": SCOPED, "id": WAMID, "timestamp": str(AT)}
    if content is None:
        content = {"body": "Does it come in another colour?"}
    return found | {"type": kind, kind: content} | about


def messages(*those, contacts=None) -> str:
    return json.dumps(call(value(contacts=contacts or [contact()], messages=list(those))))


def one(kind="text", content=None, **about) -> str:
    return messages(message(kind, content, **about))


def status(fate="delivered", **about) -> dict:
    found = {"id": WAMID, "status": fate, "timestamp": str(AT), "recipient_id": NUMBER}
    return found | {"recipient_user_id": SCOPED} | about


def statuses(*those) -> str:
    return json.dumps(call(value(statuses=list(those))))


def pricing(category="utility", billable=True, kind="regular") -> dict:
    return {"billable": billable, "pricing_model": "PMP", "type": kind, "category": category}


IMAGE = {
    "caption": "The sum of Amina's class",
    "mime_type": "image/jpeg",
    "sha256": "SfInY0gGKTsJlUWbwxC1k+FAD0FZHvzwfpvO0zX0GUI=",
    "id": "1003383421387256",
}
VOICE = {
    "mime_type": "audio/ogg; codecs=opus",
    "sha256": "SfInY0gGKTsJlUWbwxC1k+FAD0FZHvzwfpvO0zX0GUI=",
    "id": "1908647269898587",
    "voice": True,
}
PAPER = {
    "caption": "Scheme of work",
    "filename": "scheme.pdf",
    "mime_type": "application/pdf",
    "sha256": "SfInY0gGKTsJlUWbwxC1k+FAD0FZHvzwfpvO0zX0GUI=",
    "id": "1376223850470843",
}
UNSUPPORTED = message(
    "unsupported",
    {},
    errors=[
        {
            "code": 131051,
            "title": "Message type unknown",
            "message": "Message type unknown",
            "error_data": {"details": "Message type is currently not supported."},
        }
    ],
)
CHANGED_NUMBER = {
    "from": NUMBER,
    "id": WAMID,
    "timestamp": str(AT),
    "type": "system",
    "system": {
        "body": "User Sheena Nelson changed from 16505551234 to 12195555358",
        "wa_id": "12195555358",
        "user_id": "US.24817305912873645029",
        "previous_user_id": SCOPED,
        "type": "user_changed_number",
    },
}
CAME = {
    "timestamp": str(AT),
    "group_id": GROUP,
    "type": "group_participants_add",
    "reason": "invite_link",
    "added_participants": [{"wa_id": NUMBER, "user_id": SCOPED}],
}
REFUSED_TEMPLATE = {
    "event": "REJECTED",
    "message_template_id": 1689556908129832,
    "message_template_name": "staffroom_digest",
    "message_template_language": "sw",
    "reason": "INVALID_FORMAT",
}
