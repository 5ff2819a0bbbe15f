"""The phones of the demo at the local servers: what our house says stands there, what is tapped goes out."""

import json

import httpx
import pytest

from staffroom.channels.sms.pretend import AfricasTalking
from staffroom.channels.telegram import pretend as telegram
from staffroom.channels.whatsapp import pretend as whatsapp
from staffroom.channels.whatsapp import templates
from staffroom.web.simulator import addresses
from staffroom.web.simulator.bubbles import Done
from staffroom.web.simulator.phones import SmsPhones, TelegramPhones, WhatsAppPhones

WHO = "+254700100001"


@pytest.fixture
def calls():
    """What reached our house."""
    return []


def taking(server, calls):
    server.call = lambda address, headers, body: calls.append(body.decode()) or 200
    return server


def test_a_text_message(calls):
    with taking(AfricasTalking("http://house", "secret"), calls) as server:
        phones = SmsPhones(server)
        phones.does(WHO, Done(text="HELP"))
        form = {"username": "staffroom", "to": WHO, "message": "x" * 200}
        httpx.post(server.sending, data=form, headers={"apiKey": "the-key"})
        shown = phones.shows(WHO)
        assert [(bubble.mine, bubble.text) for bubble in shown] == [
            (True, "HELP"),
            (False, "x" * 200),
        ]
        assert shown[1].note == "2 × SMS"
        assert "HELP" in calls[0]
        assert phones.shows("+254700100002") == []


def test_telegram_with_its_buttons(calls):
    with taking(telegram.Telegram(), calls) as server:
        server.webhook = {"url": "http://house", "secret_token": "x"}
        phones = TelegramPhones(server)
        phones.does(WHO, Done(text="Why?"))
        keyboard = {"inline_keyboard": [[{"text": "A question", "callback_data": "mean:ask"}]]}
        message = {
            "chat_id": addresses.telegram(WHO),
            "text": "What is this?",
            "reply_markup": keyboard,
        }
        httpx.post(f"{server.url}/bot{telegram.TOKEN}/sendMessage", json=message)
        _mine, theirs = phones.shows(WHO)
        assert theirs.keys == (("mean:ask", "A question"),)
        phones.does(WHO, Done(press="mean:ask", reply_to=theirs.id))
        assert json.loads(calls[-1])["callback_query"]["data"] == "mean:ask"
        assert phones.shows(WHO)[-1].text == "A question"
        phones.does(WHO, Done(react="👍", reply_to=theirs.id))
        assert "message_reaction" in json.loads(calls[-1])


def test_whatsapp_and_words_that_were_approved(calls):
    with taking(whatsapp.PretendWhatsApp(hook="http://house"), calls) as server:
        words = templates.ours()[0]
        server.templates = [words.request() | {"status": "APPROVED"}]
        phones = WhatsAppPhones(server)
        assert phones.shows(WHO) == []
        body = {
            "messaging_product": "whatsapp",
            "recipient": addresses.whatsapp(WHO),
            "type": "template",
            "template": {"name": words.name, "language": {"code": words.language}},
        }
        where = f"{server.url}/v25.0/{whatsapp.PHONE_ID}/messages"
        given = httpx.post(
            where,
            json=body | {"template": body["template"] | {"components": []}},
            headers={"Authorization": f"Bearer {whatsapp.TOKEN}"},
        )
        assert given.status_code == 200, given.text
        (bubble,) = phones.shows(WHO)
        assert (bubble.text, bubble.keys[0][1]) == (words.body, words.button)
        phones.does(WHO, Done(press=words.button, reply_to=bubble.id))
        assert words.button in calls[-1]
