"""A member names what a colleague's idea changed; the colleague hears first and decides."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from staffroom.communities.models import LeverChoice, Membership
from staffroom.conversations.actions import answer, ask, ask_without_name, celebrate, say
from staffroom.conversations.models import Post
from staffroom.core.errors import NotYours, Refused
from staffroom.core.ids import short, uuid7
from staffroom.core.models import OutboxEntry
from staffroom.rhythm.actions.recognition import decline, keep, name_change, share
from staffroom.rhythm.hooks.recognition import erase_person, export_person
from staffroom.rhythm.models import Recognition
from staffroom.rhythm.queries.recognition import offered
from tests.conftest import make_person

HAPPENED = "Thirty pupils folded, and Wanjiru explained it to her table."


def told(world, by=None, about=None, **fields):
    return name_change(
        by=by or world.amina,
        community=world.maths,
        about=about or world.nafula,
        **{"change": "pupils do", "happened": HAPPENED} | fields,
    )


def page(client, name, *args, query=""):
    response = client.get(reverse(name, args=args) + query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_colleague_hears_first_and_nobody_else(world, sign_in):
    one = told(world)
    assert f"/celebrations/{short(one.pk)}" in sign_in(world.nafula).get("/").content.decode()
    for other in (world.baraka, world.otieno, world.chausiku):
        client = sign_in(other)
        assert HAPPENED not in page(client, "celebrations", world.maths.pk)
        assert short(one.pk) not in client.get("/").content.decode()
        url = reverse("recognition", args=[world.maths.pk, one.pk])
        assert client.get(url).status_code == 404
    assert not Post.objects.exists()
    entry = OutboxEntry.objects.get(topic="recognition.made")
    assert entry.payload == {"recognition": str(one.pk)}


def test_shared_it_is_a_celebration_and_stands_on_the_page_of_its_month(world, sign_in):
    question = ask(by=world.amina, community=world.maths, text="How?", topic="", grade=None)
    source = answer(by=world.nafula, question=question, text="Fold a strip.")
    one = told(world, came="post", thing=source.pk, saying="Haba na haba")
    nafula = sign_in(world.nafula)
    url = reverse("recognition", args=[world.maths.pk, one.pk])
    assert nafula.post(url, {"choice": "share"}).status_code == 302
    post = Post.objects.get(kind="celebration")
    assert (post.author, post.about, post.text) == (world.amina, world.nafula, HAPPENED)
    said = page(sign_in(world.otieno), "celebrations", world.maths.pk)
    assert HAPPENED in said
    assert "Pupils do more themselves" in said
    assert reverse("question", args=[world.maths.pk, question.pk]) in said
    share(by=world.nafula, recognition=one)
    assert Post.objects.filter(kind="celebration").count() == 1
    assert short(one.pk) not in nafula.get("/").content.decode()


def test_kept_it_is_seen_by_nobody_and_can_be_taken_out_again(world, sign_in):
    one = told(world)
    keep(by=world.nafula, recognition=one)
    assert HAPPENED not in page(sign_in(world.otieno), "celebrations", world.maths.pk)
    share(by=world.nafula, recognition=one)
    keep(by=world.nafula, recognition=one)
    assert HAPPENED not in page(sign_in(world.otieno), "celebrations", world.maths.pk)
    assert Post.objects.get().removed_at is not None
    assert HAPPENED in page(sign_in(world.nafula), "recognition_print", world.maths.pk, one.pk)


def test_only_the_colleague_decides(world):
    one = told(world)
    for act in (share, keep):
        for other in (world.amina, world.baraka, world.daudi, world.esther, world.gathoni):
            with pytest.raises(NotYours):
                act(by=other, recognition=one)
    for other in (world.baraka, world.esther):
        with pytest.raises(NotYours):
            decline(by=other, recognition=one)
    share(by=world.nafula, recognition=one)
    decline(by=world.amina, recognition=one)  # whoever said it takes it back
    assert not Recognition.objects.exists()
    assert Post.objects.get().removed_at is not None


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"change": "posts"}, "change"),
        ({"happened": " \n"}, "happened"),
        ({"happened": "x" * 601}, "happened"),
        ({"came": "post", "thing": uuid7()}, "source"),
        ({"came": "rank", "thing": uuid7()}, "source"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(world, fields, field):
    with pytest.raises(Refused) as refused:
        told(world, **fields)
    assert refused.value.field == field


def test_it_is_about_a_colleague_who_is_here(world):
    with pytest.raises(Refused):
        told(world, about=world.amina)
    with pytest.raises(Refused):
        told(world, about=world.daudi)
    for outside in (world.chausiku, world.daudi, world.esther, world.farid, world.gathoni):
        with pytest.raises(NotYours):
            told(world, by=outside)


def test_sent_twice_it_counts_once(world, sign_in):
    url = reverse("recognise", args=[world.maths.pk]) + f"?about={short(world.nafula.pk)}"
    sent = {"id": uuid7(), "change": "explain", "happened": HAPPENED, "source": ""}
    for _ in range(2):
        assert sign_in(world.amina).post(url, sent).status_code == 302
    assert Recognition.objects.count() == 1
    wrong = sign_in(world.amina).post(url, sent | {"id": uuid7(), "change": ""})
    assert wrong.status_code == 422
    assert HAPPENED in wrong.content.decode()


def test_a_question_without_a_name_is_never_offered_as_a_source(world):
    ask_without_name(by=world.nafula, community=world.maths, text="Nameless")
    say(by=world.nafula, community=world.maths, text="With my name")
    assert [each.words for each in offered(world.maths, world.nafula)] == ["With my name"]


def test_by_its_design_a_community_goes_without(world, sign_in):
    celebrate(by=world.amina, community=world.maths, about=world.nafula, text="Of before")
    LeverChoice.objects.create(
        programme=world.programme, community=world.maths, lever="recognition", value="off"
    )
    with pytest.raises(Refused):
        told(world)
    amina = sign_in(world.amina)
    assert "goes without celebrations" in page(amina, "celebrations", world.maths.pk)
    assert "Of before" in page(amina, "celebrations", world.maths.pk)
    assert "goes without celebrations" in page(amina, "recognise", world.maths.pk)
    assert "/celebrations/" not in page(amina, "kept", world.maths.pk)


def test_whoever_has_left_shares_nothing(world):
    one = told(world)
    Membership.objects.filter(person=world.amina, community=world.maths).update(state="left")
    with pytest.raises(Refused, match="no longer here"):
        share(by=world.nafula, recognition=one)
    keep(by=world.nafula, recognition=one)


def test_the_page_counts_nobody_and_its_queries_do_not_grow(world, sign_in):
    otieno = sign_in(world.otieno)

    def count():
        with CaptureQueriesContext(connection) as asked:
            page(otieno, "celebrations", world.maths.pk)
        return len(asked)

    def some(n):
        for _ in range(n):
            person = make_person(f"Colleague {n}")
            Membership.objects.create(community=world.maths, person=person, state="active")
            share(by=person, recognition=told(world, about=person))

    some(2)
    count()
    few = count()
    some(12)
    assert count() == few
    assert not {"total", "most", "rank"} & set(page(otieno, "celebrations", world.maths.pk).split())


def test_it_is_taken_along_and_forgotten(world):
    told(world)
    told(world, by=world.otieno, about=world.amina)
    record = export_person(world.amina)
    assert [row["about"] for row in record["recognition_by_me"]] == ["Nafula Wekesa"]
    assert [row["by"] for row in record["recognition_of_me"]] == ["Otieno Ouma"]
    erase_person(world.amina, keep_contributions=True)
    assert [row.by for row in Recognition.objects.all()] == [None]


def test_today_asks_nothing_more_where_nothing_waits(world, sign_in):
    client = sign_in(world.otieno)
    client.get("/")

    def count():
        with CaptureQueriesContext(connection) as asked:
            client.get("/")
        return len(asked)

    before = count()
    told(world)
    assert count() == before


def test_a_celebration_of_the_stream_goes_on_paper_for_whom_it_is_about(world, sign_in):
    post = celebrate(by=world.amina, community=world.maths, about=world.nafula, text="Well done")
    url = reverse("celebration_print", args=[world.maths.pk, post.pk])
    nafula = sign_in(world.nafula)
    assert url in page(nafula, "celebrations", world.maths.pk)
    assert "Well done" in nafula.get(url).content.decode()
    assert url not in page(sign_in(world.otieno), "celebrations", world.maths.pk)
    for other in (world.amina, world.baraka, world.chausiku, world.esther):
        assert sign_in(other).get(url).status_code == 404
    Post.objects.filter(pk=post.pk).update(hidden_at=post.created_at)
    assert nafula.get(url).status_code == 404


def test_from_the_page_of_a_post_its_source_is_filled_in(world, sign_in):
    old = say(by=world.nafula, community=world.maths, text="Fold a strip")
    for n in range(13):
        say(by=world.nafula, community=world.maths, text=f"Later {n}")
    amina = sign_in(world.amina)
    way = reverse("recognise", args=[world.maths.pk])
    more = page(amina, "post_more", world.maths.pk, old.pk)
    assert f"{way}?about={short(world.nafula.pk)}&amp;from={short(old.pk)}" in more
    form = amina.get(f"{way}?about={short(world.nafula.pk)}&from={short(old.pk)}").content.decode()
    assert f'value="post:{old.pk}" selected' in form
    assert way not in page(sign_in(world.chausiku), "post_more", world.maths.pk, old.pk)
    assert way not in page(sign_in(world.nafula), "post_more", world.maths.pk, old.pk)
    nameless = ask_without_name(by=world.nafula, community=world.maths, text="Nameless")
    assert way not in page(amina, "post_more", world.maths.pk, nameless.pk)
