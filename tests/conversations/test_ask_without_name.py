"""A question without a name: each leak known from other products has its test here."""

import datetime as dt
import html
import io
import json
import logging
import re
import uuid

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from staffroom.communities.models import Community, LeverChoice, Membership
from staffroom.conversations import doctor, sealed
from staffroom.conversations.actions import (
    answer,
    ask,
    ask_without_name,
    edit,
    help,
    remove,
    reopen,
    restore,
    say,
    solve,
    thank,
)
from staffroom.conversations.actions.answer import answer_as_asker
from staffroom.conversations.actions.drafts import save as save_draft
from staffroom.conversations.actions.remove import forget_minutes
from staffroom.conversations.models import (
    Draft,
    Photo,
    Post,
    ReadMark,
    Revision,
    SealedAuthor,
)
from staffroom.conversations.queries import answered, unanswered, unread_by_community
from staffroom.core.clock import pretend
from staffroom.core.errors import NotYours, Refused, TooMany
from staffroom.core.ids import short, uuid7
from staffroom.core.models import AuditEntry, OutboxEntry
from staffroom.people.actions.erase import erase
from staffroom.people.export import write as write_export
from tests.conftest import make_community, make_person
from tests.conversations.nameless import changed, files, rows, times_in

#: 10:37:21 in Nairobi.
MOMENT = dt.datetime(2026, 11, 25, 7, 37, 21, 123456, tzinfo=dt.UTC)
WORDS = "Why is a minus times a minus a plus?"


@pytest.fixture(autouse=True)
def _old_acquaintances(world):
    """Nobody has just come: so the time told is the part of the day."""
    Membership.objects.update(joined_at=MOMENT - dt.timedelta(days=9))
    Community.objects.update(created_at=MOMENT - dt.timedelta(days=9))


@pytest.fixture
def nameless(world):
    return ask_without_name(by=world.amina, community=world.maths, text=WORDS, topic="Signs")


def page(client, name, *args):
    from django.urls import reverse

    return client.get(reverse(name, args=args))


def send(client, community, **fields):
    address = f"/c/{short(community.pk)}/ask/without-name"
    return client.post(
        address, {"text": WORDS, "language": "en", "id": uuid7(), "shows": "nobody"} | fields
    )


def a_photo_that_knows_much() -> SimpleUploadedFile:
    picture = Image.new("RGB", (900, 600), "teal")
    exif = picture.getexif()
    exif[0x010F], exif[0x0132] = "Amina Phone", "2026:11:25 10:37:21"
    exif.get_ifd(0x8825)[1] = "S"
    file = io.BytesIO()
    picture.save(file, "JPEG", exif=exif, comment=b"Amina Hassan")
    return SimpleUploadedFile("Amina Hassan.jpg", file.getvalue(), "image/jpeg")


def test_no_row_and_no_file_tells_who_asked_or_when(world, sign_in, caplog):
    """Through the page, with a photo: what a copy of the database and of the files would show."""
    client = sign_in(world.amina)
    with pretend(MOMENT - dt.timedelta(minutes=50)):
        client.get("/me")  # the session of an ordinary day
    sent = uuid7()
    photo = a_photo_that_knows_much()
    before, files_before = rows(), files()
    with pretend(MOMENT), caplog.at_level(logging.INFO):
        response = send(client, world.maths, id=sent, photo=photo)
    assert response.status_code == 302
    new = changed(before, rows())
    assert {table for table, _ in new} >= {
        "conversations_post",
        "conversations_sealedauthor",
        "conversations_photo",
        "core_auditentry",
        "core_outboxentry",
    }
    told = "\n".join(f"{key} {text}" for key, text in new.items())
    amina = world.amina
    names = [amina.pk.hex, str(amina.pk), short(amina.pk), "Amina", "700000001"]
    names += [client.session.session_key, sent.hex, str(sent)]
    assert not [name for name in names if name in told]
    assert not [name for name in names if name in caplog.text]
    assert "07:37" not in told
    assert not times_in(told, "\n".join(map(str, before.items()))), "an id tells the millisecond"
    stored = {name: data for name, data in files().items() if name not in files_before}
    assert len(stored) >= 4  # two sizes, each as WebP and as JPEG; AVIF where it is smaller
    for name, data in stored.items():
        assert b"Amina" not in data
        assert b"2026:11:25" not in data
        assert not Image.open(io.BytesIO(data)).getexif()
        assert "Amina" not in name


def test_two_questions_of_one_person_look_like_those_of_two(world):
    """No column of the sealed table, and no other, is the same for the same asker."""
    for person in (world.amina, world.amina, world.nafula):
        ask_without_name(by=person, community=world.maths, text=WORDS)
    boxes = [bytes(box) for box in SealedAuthor.objects.values_list("box", flat=True)]
    assert len({len(box) for box in boxes}) == 1
    pieces = [{box[i : i + 8] for i in range(len(box) - 7)} for box in boxes]
    assert not pieces[0] & pieces[1]
    assert not pieces[0] & pieces[2]


def test_the_table_is_one_modules_own():
    import ast
    from pathlib import Path

    import staffroom

    root = Path(staffroom.__file__).parent
    naming = {
        str(path.relative_to(root))
        for path in root.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if (isinstance(node, ast.Name) and node.id == "SealedAuthor")
        or (isinstance(node, ast.alias) and node.name == "SealedAuthor")
    }
    assert naming == {"conversations/sealed.py"}
    assert not SealedAuthor._meta.related_objects
    assert not [field for field in SealedAuthor._meta.get_fields() if field.is_relation]
    assert not hasattr(Post, "sealedauthor")


def test_without_the_key_nobody_is_the_asker_and_nothing_breaks(world, sign_in, nameless, settings):
    assert sealed.wrote(world.amina, nameless)
    assert doctor.seal()[0].level == "ok"
    settings.SEAL_KEY = "another key"
    assert not sealed.wrote(world.amina, nameless)
    assert sealed.open_for_abuse(nameless) is None
    assert page(sign_in(world.amina), "question", world.maths.pk, nameless.pk).status_code == 200
    assert page(sign_in(world.amina), "today").status_code == 200
    assert doctor.seal()[0].level == "fail"


def test_a_box_fits_its_own_post_alone(world, nameless):
    """Whoever can write to the database cannot move one person's seal under another question."""
    other = ask_without_name(by=world.nafula, community=world.maths, text="Another?")
    box = SealedAuthor.objects.get(post_id=nameless.pk).box
    SealedAuthor.objects.filter(post_id=other.pk).update(box=box)
    assert not sealed.wrote(world.amina, other)


def test_sending_twice_makes_one_question(world):
    sent = uuid7()
    first = ask_without_name(by=world.amina, community=world.maths, text=WORDS, id=sent)
    again = ask_without_name(by=world.amina, community=world.maths, text=WORDS, id=sent)
    assert first.pk == again.pk != sent
    assert first.pk.version == 4
    assert Post.objects.count() == SealedAuthor.objects.count() == 1
    other = ask_without_name(by=world.nafula, community=world.maths, text=WORDS, id=sent)
    assert other.pk != first.pk


def test_the_order_is_kept_and_the_minute_is_not(world):
    with pretend(MOMENT - dt.timedelta(minutes=9)):
        earlier = say(by=world.baraka, community=world.maths, text="Good morning")
    with pretend(MOMENT):
        asked = ask_without_name(by=world.amina, community=world.maths, text=WORDS)
    with pretend(MOMENT + dt.timedelta(microseconds=1)):
        later = say(by=world.nafula, community=world.maths, text="Good morning to you")
    assert asked.created_at == earlier.created_at + dt.timedelta(microseconds=1)
    assert asked.written_at is None
    stood = Post.objects.order_by("created_at", "id").values_list("pk", flat=True)
    assert list(stood) == [earlier.pk, asked.pk, later.pk]
    with pretend(MOMENT + dt.timedelta(hours=9)):  # in the evening, nothing since the morning
        evening = ask_without_name(by=world.amina, community=world.sister, text=WORDS)
    assert evening.created_at == dt.datetime(2026, 11, 25, 14, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "zone", ["Africa/Nairobi", "Asia/Karachi", "America/Lima", "Asia/Kathmandu"]
)
@pytest.mark.parametrize("hour", range(0, 24, 3))
def test_a_moment_tells_the_part_of_the_day(zone, hour):
    from zoneinfo import ZoneInfo

    now = dt.datetime(2026, 3, 1, hour, 59, 59, tzinfo=ZoneInfo(zone))
    told = sealed.moment(now, zone, None).astimezone(ZoneInfo(zone))
    assert told.date() == now.date()
    assert told.hour in sealed.PARTS
    assert (told.minute, told.second, told.microsecond) == (0, 0, 0)
    assert dt.timedelta() <= now - told < dt.timedelta(hours=7)


def test_whoever_waits_for_news_gets_it(world, sign_in):
    with pretend(MOMENT - dt.timedelta(minutes=9)):
        earlier = say(by=world.baraka, community=world.maths, text="Good morning")
    with pretend(MOMENT):
        ask_without_name(by=world.amina, community=world.maths, text=WORDS)
        address = f"/c/{short(world.maths.pk)}/new?room=lessons&after={short(earlier.pk)}"
        assert WORDS in html.unescape(sign_in(world.nafula).get(address).content.decode())


PAGES = [
    ("stream", lambda w, q: (w.maths.pk,)),
    ("question", lambda w, q: (w.maths.pk, q.pk)),
    ("post_more", lambda w, q: (w.maths.pk, q.pk)),
    ("search", lambda w, q: ()),
    ("report", lambda w, q: (w.maths.pk, q.pk)),
    ("today", lambda w, q: ()),
    ("communities", lambda w, q: ()),
    ("members", lambda w, q: (w.maths.pk,)),
]


@pytest.mark.parametrize(("name", "args"), PAGES, ids=[name for name, _ in PAGES])
@pytest.mark.parametrize("who", ["nafula", "baraka", "chausiku"])
def test_pages_are_the_same_whoever_asked(world, sign_in, name, args, who):
    """The strongest form: with another asker, member, moderator and adviser get the same bytes."""
    if (name, who) == ("members", "chausiku"):
        pytest.skip("an adviser has no list of members")
    told = []
    for asker in (world.amina, world.otieno):
        with pretend(MOMENT):
            asked = ask_without_name(by=asker, community=world.maths, text=WORDS, topic="Signs")
            client = sign_in(getattr(world, who))
            address = {"path": name}
            from django.urls import reverse

            url = reverse(name, args=args(world, asked)) + ("?q=minus" if name == "search" else "")
            answer = client.get(url)
            assert answer.status_code == 200, address
            text = (
                answer.content.decode().replace(short(asked.pk), "ID").replace(str(asked.pk), "ID")
            )
            text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)
            told.append(re.sub(r'name="id" value="[^"]+"', "", text))
        Post.objects.filter(pk=asked.pk).delete()
        SealedAuthor.objects.all().delete()
        ReadMark.objects.all().delete()
    assert told[0] == told[1]
    if name in {"stream", "question", "search", "report", "post_more"}:
        assert WORDS in html.unescape(re.sub("</?mark>", "", told[0]))
        assert "A colleague" in told[0]
        assert "10:37" not in told[0]
        assert "morning" in told[0]


def test_nothing_that_is_made_for_the_asker_reaches_another(world, sign_in, nameless):
    """*You* markers in pages kept for all: the asker looks first, then the others."""
    cache.clear()
    for name, args in [("stream", (world.maths.pk,)), ("question", (world.maths.pk, nameless.pk))]:
        own = page(sign_in(world.amina), name, *args).content.decode()
        others = page(sign_in(world.nafula), name, *args).content.decode()
        for told in (own, others):
            assert "Amina Hassan" not in re.sub(r"<details class=.menu.*?</details>", "", told)
        if name == "question":
            assert "Only you see this line" in own
        assert "Only you see this line" not in others


def test_the_asker_hears_thanks_changes_and_closes(world, sign_in, nameless):
    first = answer(by=world.nafula, question=nameless, text="Think of debts that are forgiven.")
    assert answered(world.amina) == [nameless]
    assert "Answers to your question" in page(sign_in(world.amina), "today").content.decode()
    assert answered(world.baraka) == []
    page(sign_in(world.amina), "question", world.maths.pk, nameless.pk)
    assert answered(world.amina) == []
    thank(by=world.amina, post=first)
    help(by=world.amina, answer=first)
    edit(by=world.amina, post=nameless, text="Why is minus times minus plus?", topic="Signs")
    solve(by=world.amina, question=nameless)
    nameless.refresh_from_db()
    assert nameless.solved_at
    assert nameless.edited_at
    assert nameless.helped_count == 1
    reopen(by=world.amina, question=nameless)
    for act in (solve, reopen):
        with pytest.raises(NotYours):
            act(by=world.nafula, question=nameless)
    with pytest.raises(NotYours):
        edit(by=world.nafula, post=nameless, text="Mine now")
    with pytest.raises(Refused):
        thank(by=world.amina, post=nameless)
    with pytest.raises(NotYours):
        remove(by=world.baraka, post=nameless)
    remove(by=world.amina, post=nameless)
    restore(by=world.amina, post=nameless)


def test_what_the_asker_does_later_leaves_no_name_either(world, nameless):
    with pretend(MOMENT):
        first = answer(by=world.nafula, question=nameless, text="Debts.")
    before = rows()
    with pretend(MOMENT + dt.timedelta(hours=9)):
        edit(by=world.amina, post=nameless, text="Why, really?")
        more = answer_as_asker(by=world.amina, question=nameless, text="In grade 7.", quotes=first)
        solve(by=world.amina, question=nameless)
        remove(by=world.amina, post=more)
    new = changed(before, rows())
    told = "\n".join(f"{key} {text}" for key, text in new.items())
    assert str(world.amina.pk) not in told
    assert world.amina.pk.hex not in told
    assert not times_in(told, "\n".join(map(str, before.items())))
    Post.objects.filter(pk=more.pk).update(removed_at=None)  # its minute is needed for the undo
    told = "\n".join(changed(before, rows()).values())
    assert ":37:21" not in told
    assert set(AuditEntry.objects.filter(on_id=nameless.pk).values_list("actor_id")) == {(None,)}
    assert not Revision.objects.filter(replaced_at__minute=37).exists()


def test_the_minute_of_a_removal_is_forgotten_at_night(world, nameless):
    remove(by=world.amina, post=nameless)
    late = dt.datetime.now(dt.UTC) + dt.timedelta(days=2)
    forget_minutes(late)
    nameless.refresh_from_db()
    assert nameless.removed_at == nameless.created_at


def test_the_asker_goes_on_below_the_own_question(world, sign_in, nameless):
    address = f"/c/{short(world.maths.pk)}/q/{short(nameless.pk)}"
    client = sign_in(world.amina)
    assert client.post(address, {"text": "I teach grade 7", "id": uuid7()}).status_code == 302
    more = Post.objects.get(kind="answer")
    assert (more.author_id, more.anonymous) == (None, True)
    said = sign_in(world.nafula).get(address).content.decode()
    assert "The colleague who asked" in said
    assert answered(world.amina) == [], "one's own words are no answer"
    with pytest.raises(NotYours):
        answer_as_asker(by=world.nafula, question=nameless, text="Not me")
    sign_in(world.nafula).post(address, {"text": "Debts", "id": uuid7()})
    assert Post.objects.get(text="Debts").author == world.nafula


def test_nothing_is_made_nameless_later_or_named(world, sign_in):
    asked = ask(by=world.amina, community=world.maths, text=WORDS)
    sign_in(world.amina).post(
        f"/c/{short(world.maths.pk)}/p/{short(asked.pk)}/edit",
        {"text": "New words", "anonymous": "on", "version": 1},
    )
    asked.refresh_from_db()
    assert (asked.author, asked.anonymous, asked.text) == (world.amina, False, "New words")
    assert not SealedAuthor.objects.exists()


def test_no_draft_is_kept_of_it(world, sign_in, nameless):
    client = sign_in(world.amina)
    save_draft(by=world.amina, community=world.maths, place="ask", fields={"text": "Why is"})
    chosen = client.post(
        f"/c/{short(world.maths.pk)}/ask/without-name",
        {"switch": "1", "text": "Why is it so?", "topic": "Signs", "language": "en"},
    )
    assert "Why is it so?" in chosen.content.decode(), "the words come along"
    assert chosen.status_code == 200
    assert not Draft.objects.exists()
    assert "data-draft=" not in chosen.content.decode()
    assert 'data-undraft="ask"' in chosen.content.decode()
    with pytest.raises(Refused):
        save_draft(by=world.amina, community=world.maths,
                   place=f"answer:{short(nameless.pk)}", fields={"text": "It is me"})  # fmt: skip
    # One that was on its way while the question was sent.
    save_draft(by=world.amina, community=world.maths, place="ask", fields={"text": WORDS})
    assert not Draft.objects.exists()


def test_back_to_the_own_name_with_the_same_words(world, sign_in):
    chosen = sign_in(world.amina).post(
        f"/c/{short(world.maths.pk)}/ask", {"switch": "1", "text": "Why is it so?"}
    )
    assert chosen.status_code == 200
    assert "Why is it so?" in chosen.content.decode()
    assert not Post.objects.exists()


def test_reading_the_own_question_first_leaves_no_mark(world, sign_in):
    say(by=world.baraka, community=world.maths, text="Good morning")
    page(sign_in(world.amina), "stream", world.maths.pk)
    before = rows()
    asked = ask_without_name(by=world.amina, community=world.maths, text=WORDS)
    made = rows()
    client = sign_in(world.amina)
    for name, args in [("stream", (world.maths.pk,)), ("question", (world.maths.pk, asked.pk)),
                       ("today", ())]:  # fmt: skip
        page(client, name, *args)
    marks = {key for key in changed(made, rows()) if key[0] == "conversations_readmark"}
    assert not marks
    assert before
    page(sign_in(world.nafula), "question", world.maths.pk, asked.pk)
    assert ReadMark.objects.filter(question=asked).count() == 1


def test_it_is_nothing_new_to_the_asker(world, sign_in, nameless):
    assert world.maths.pk not in unread_by_community(world.amina)
    assert unread_by_community(world.nafula)[world.maths.pk] == 1
    assert nameless not in unanswered(world.amina)
    assert nameless in unanswered(world.nafula)
    page(sign_in(world.nafula), "stream", world.maths.pk)
    say(by=world.nafula, community=world.maths, text="Hello")
    assert unread_by_community(world.amina)[world.maths.pk] == 1


def test_it_does_not_say_that_a_newcomer_has_spoken(world):
    newcomer = Membership.objects.get(person=world.amina, community=world.maths)
    newcomer.introduced_at = None
    newcomer.save()
    ask_without_name(by=world.amina, community=world.maths, text=WORDS)
    newcomer.refresh_from_db()
    assert newcomer.introduced_at is None


def test_muting_somebody_does_not_tell_what_they_asked(world, sign_in, nameless):
    from staffroom.conversations.models import Mute

    Mute.objects.create(person=world.nafula, muted_person=world.amina)
    assert WORDS in html.unescape(
        page(sign_in(world.nafula), "stream", world.maths.pk).content.decode()
    )
    more = page(sign_in(world.nafula), "post_more", world.maths.pk, nameless.pk).content.decode()
    assert "Mute this person" not in more
    address = f"/c/{short(world.maths.pk)}/p/{short(nameless.pk)}/mute"
    assert sign_in(world.nafula).get(address).status_code == 404


def test_quoting_it_names_nobody(world, sign_in, nameless):
    reply = answer(by=world.nafula, question=nameless, text="Debts.", quotes=nameless)
    assert reply.quoted_text
    said = page(sign_in(world.baraka), "question", world.maths.pk, nameless.pk).content.decode()
    assert "Amina" not in said.replace("amina", "")
    stream = sign_in(world.nafula).get(f"/c/{short(world.maths.pk)}/?reply={short(nameless.pk)}")
    assert "To the colleague who asked" in stream.content.decode()


def test_it_is_in_no_export_and_on_a_page_of_its_own(world, sign_in, nameless):
    import zipfile

    with zipfile.ZipFile(write_export(world.amina)) as archive:
        told = "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    assert WORDS not in html.unescape(told)
    client = sign_in(world.amina)
    assert WORDS in html.unescape(page(client, "asked_without_name").content.decode())
    assert json.loads(client.post("/me/asked-without-name").content)[0]["text"] == WORDS
    other = sign_in(world.nafula)
    assert WORDS not in html.unescape(page(other, "asked_without_name").content.decode())
    me = [page(sign_in(person), "me").content.decode() for person in (world.amina, world.nafula)]
    assert ["Asked without my name" in told for told in me] == [True, True]


@pytest.mark.parametrize("keep", [True, False])
def test_who_is_erased_is_behind_no_question_any_more(world, nameless, keep):
    answer_as_asker(by=world.amina, question=nameless, text="More of it")
    erase(person=world.amina, keep_contributions=keep, typed="delete me")
    assert not SealedAuthor.objects.exists()
    texts = set(Post.objects.filter(anonymous=True).values_list("text", flat=True))
    assert texts == ({WORDS, "More of it"} if keep else {""})
    removed = Post.objects.filter(anonymous=True).exclude(removed_at=None)
    assert all(post.removed_at == post.created_at for post in removed)


def test_two_accounts_of_one_person(world, nameless):
    sealed.hand_over(world.amina, world.farid)
    assert not sealed.wrote(world.amina, nameless)
    assert sealed.wrote(world.farid, nameless)


def test_the_photo_is_the_askers_to_take_out_and_nobodys_else(world, sign_in):
    send(sign_in(world.amina), world.maths, photo=a_photo_that_knows_much())
    photo = Photo.objects.get()
    assert (photo.owner, photo.digest) == (None, "")
    out = f"/c/{short(world.maths.pk)}/photo/{short(photo.pk)}/discard"
    assert sign_in(world.nafula).get(out.removesuffix("/discard")).status_code == 200
    assert sign_in(world.nafula).post(out).status_code == 404
    assert sign_in(world.amina).post(out).status_code == 302
    assert not Photo.objects.exists()


def test_a_photo_that_cannot_be_taken_keeps_the_words(world, sign_in):
    bad = SimpleUploadedFile("x.jpg", b"<svg onload=1>", "image/jpeg")
    response = send(sign_in(world.amina), world.maths, photo=bad)
    assert response.status_code == 422
    assert WORDS in html.unescape(response.content.decode())
    assert not Post.objects.exists()
    assert not Photo.objects.exists()


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Amina here: why is it so?", "Your name"),
        ("At Hill Primary we wonder why.", "your school"),
        ("Call me on 0700 000 001.", "phone number"),
        ("Why is a minus times a minus a plus?", None),
        ("A primary school question: why?", None),
    ],
)
def test_what_may_tell_is_said_before_it_is_sent(world, sign_in, text, hint):
    client = sign_in(world.amina)
    response = send(client, world.maths, text=text)
    if hint is None:
        assert response.status_code == 302
        return
    assert response.status_code == 422
    assert hint in response.content.decode()
    assert not Post.objects.exists()
    assert send(client, world.maths, text=text, sure="1").status_code == 302


def test_a_grade_that_few_teach_is_named(world, sign_in):
    world.amina.grades = [6]
    world.amina.save()
    response = send(sign_in(world.amina), world.maths, grade=6)
    assert "Few here teach Grade 6" in response.content.decode()


def test_a_small_group_is_warned(world, sign_in):
    client = sign_in(world.amina)
    address = f"/c/{short(world.maths.pk)}/ask/without-name"
    assert "In so small a group" in client.get(address).content.decode()
    for number in range(8):
        Membership.objects.create(community=world.maths, person=make_person(f"Teacher {number}"),
                                  state="active", joined_at=MOMENT)  # fmt: skip
    assert "In so small a group" not in client.get(address).content.decode()


def test_where_the_lever_is_off_it_is_not_offered(world, sign_in):
    shut = make_community(world.programme, "Named only", world.amina)
    LeverChoice.objects.create(
        programme=world.programme, community=shut, lever="anonymous_asking", value="off"
    )
    assert "Without my name" not in page(sign_in(world.amina), "ask", shut.pk).content.decode()
    with pytest.raises(Refused):
        ask_without_name(by=world.amina, community=shut, text=WORDS)
    assert "Without my name" in page(sign_in(world.amina), "ask", world.maths.pk).content.decode()


def test_outsiders_cannot_ask(world):
    for person in (world.esther, world.farid, world.daudi, world.chausiku, world.gathoni):
        with pytest.raises(NotYours):
            ask_without_name(by=person, community=world.maths, text=WORDS)
    assert not SealedAuthor.objects.exists()


def test_a_machine_is_slowed_down_and_the_count_names_nobody(world, sign_in):
    from staffroom.conversations.actions.anonymous import pace
    from staffroom.core.models import RateCount

    for _ in range(20):
        pace(world.amina)
    with pytest.raises(TooMany):
        pace(world.amina)
    pace(world.nafula)
    import hashlib

    guesses = [
        hashlib.sha256(f"quiet|{who}|{window}".encode()).hexdigest()[:40]
        for who in (world.amina.pk, world.amina.pk.hex)
        for window in range(int(dt.datetime.now().timestamp()) // 3600 - 1,
                            int(dt.datetime.now().timestamp()) // 3600 + 2)
    ]  # fmt: skip
    keys = " ".join(RateCount.objects.values_list("key", flat=True))
    assert not [guess for guess in guesses if guess in keys]


def test_the_outbox_tells_the_workers_no_person(world, nameless):
    entry = OutboxEntry.objects.get(topic="post.written")
    assert entry.payload == {"post": str(nameless.pk)}
    assert entry.due_at == entry.created_at == nameless.created_at
    assert entry.pk.version == 4
    assert uuid.UUID(str(entry.pk))


def test_communities_count_it_for_nobody(world, nameless):
    assert not Community.objects.filter(posts__author=world.amina).exists()
