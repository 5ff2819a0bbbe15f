import pytest
from django.urls import reverse

from staffroom.communities.models import Advisership, Term
from staffroom.conversations.actions.decide import decide
from staffroom.conversations.actions.report import appeal, report
from staffroom.conversations.deciders import deciders
from staffroom.conversations.models import Report
from staffroom.core.clock import now
from staffroom.core.errors import NotYours, Refused
from staffroom.core.models import AuditEntry, OutboxEntry
from tests.conversations.makers import a_post


@pytest.fixture
def unkind(world):
    return a_post(world.maths, world.otieno, "Your method is for children")


def ids(*people):
    return {person.pk for person in people}


@pytest.mark.parametrize(
    ("who", "answer"),
    [
        ("amina", None),
        ("baraka", None),
        ("chausiku", None),
        ("otieno", Refused),
        ("daudi", NotYours),
        ("esther", NotYours),
        ("farid", NotYours),
        ("gathoni", NotYours),
        ("hamisi", NotYours),
    ],
)
def test_who_may_report(world, unkind, who, answer):
    if answer is None:
        assert report(by=getattr(world, who), post=unkind, reason="unkind")
        return
    with pytest.raises(answer):
        report(by=getattr(world, who), post=unkind, reason="unkind")
    assert not Report.objects.exists()


def test_reporting_twice_is_one_report(world, unkind):
    one = report(by=world.amina, post=unkind, reason="unkind")
    assert report(by=world.amina, post=unkind, reason="other", note="again") == one
    assert Report.objects.count() == 1


def test_who_reported_stands_in_the_report_alone(world, unkind):
    report(by=world.amina, post=unkind, reason="pupil", note="Look")
    kept = f"{list(AuditEntry.objects.values())}{list(OutboxEntry.objects.values())}"
    assert "post.reported" in kept
    assert str(world.amina.pk) not in kept
    assert world.amina.pk.hex not in kept
    assert "Look" not in kept


@pytest.mark.parametrize("reason", ["", "appeal", "nonsense"])
def test_it_refuses_a_reason_that_is_none(world, unkind, reason):
    with pytest.raises(Refused, match="Choose"):
        report(by=world.amina, post=unkind, reason=reason)


def test_what_is_gone_cannot_be_reported(world):
    for fields in ({"removed_at": now()}, {"hidden_at": now()}):
        with pytest.raises(NotYours):
            report(by=world.amina, post=a_post(world.maths, world.otieno, **fields), reason="other")


def test_the_moderator_decides(world, unkind):
    assert deciders(unkind) == ids(world.baraka)


def test_about_the_moderators_own_post_the_adviser_decides(world):
    assert deciders(a_post(world.maths, world.baraka)) == ids(world.chausiku)


def test_without_adviser_those_who_moderated_before(world):
    Advisership.objects.update(ended_at=now())
    Term.objects.create(
        community=world.maths, person=world.nafula, how="turn", starts=now(), ended_at=now()
    )
    Term.objects.create(  # moderated, but is not a member any more
        community=world.maths, person=world.daudi, how="turn", starts=now(), ended_at=now()
    )
    assert deciders(a_post(world.maths, world.baraka)) == ids(world.nafula)


def test_then_the_members_who_did_not_report(world):
    Advisership.objects.update(ended_at=now())
    post = a_post(world.maths, world.baraka)
    report(by=world.amina, post=post, reason="unkind")
    assert deciders(post) == ids(world.nafula, world.otieno)
    report(by=world.nafula, post=post, reason="unkind")
    report(by=world.otieno, post=post, reason="unkind")
    assert deciders(post) == ids(world.amina, world.nafula, world.otieno)


def test_in_a_vacancy_the_adviser(world, unkind):
    Term.objects.update(ended_at=now())
    assert deciders(unkind) == ids(world.chausiku)


def test_nobody_from_outside_and_never_the_author(world):
    everyone = [world.amina, world.baraka, world.nafula, world.otieno, world.chausiku]
    for author in everyone:
        found = deciders(a_post(world.maths, author))
        assert found
        assert author.pk not in found
        assert found <= ids(*everyone)


def test_an_appeal_is_looked_at_by_somebody_else(world, unkind):
    report(by=world.amina, post=unkind, reason="unkind")
    decide(by=world.baraka, post=unkind, choice="hidden", why="We are kind.")
    unkind.refresh_from_db()
    with pytest.raises(NotYours):
        appeal(by=world.amina, post=unkind)
    appeal(by=world.otieno, post=unkind, note="It was a joke between us")
    assert deciders(unkind) == ids(world.chausiku)
    decide(by=world.chausiku, post=unkind, choice="hidden", why="It did not read as one.")
    unkind.refresh_from_db()
    assert unkind.hidden_why == "It did not read as one."
    with pytest.raises(Refused, match="second look was taken"):
        appeal(by=world.otieno, post=unkind)


def test_the_page_keeps_what_was_typed(world, sign_in, unkind):
    client = sign_in(world.amina)
    url = reverse("report", args=[world.maths.pk, unkind.pk])
    assert "Your method is for children" in client.get(url).content.decode()
    answer = client.post(url, {"note": "Third time this week"})
    assert answer.status_code == 422
    assert "Third time this week" in answer.content.decode()
    answer = client.post(url, {"reason": "unkind", "note": "x" * 400})
    assert answer.status_code == 422
    answer = client.post(url, {"reason": "unkind", "note": "Third time"}, follow=True)
    assert "your name is not shown" in answer.content.decode()
    assert "It waits for a look" in client.get(url).content.decode()


def test_the_desk_shows_the_report_and_not_the_reporter(world, sign_in, unkind):
    report(by=world.amina, post=unkind, reason="unkind", note="Third time")
    report(by=world.nafula, post=unkind, reason="forwarded")
    moderator = sign_in(world.baraka)
    stream = moderator.get(reverse("stream", args=[world.maths.pk])).content.decode()
    assert "One report waits for you" in stream
    desk = moderator.get(reverse("reports", args=[world.maths.pk])).content.decode()
    assert "Reported by 2 of us" in desk
    page = moderator.get(reverse("decide", args=[world.maths.pk, unkind.pk])).content.decode()
    for words in ("It is unkind", "It is forwarded", "Third time", "Reported by 2 of us"):
        assert words in page
    for said in (desk, page):
        assert "Amina" not in said
        assert "Nafula" not in said
    assert (
        "waits for you"
        not in sign_in(world.amina).get(reverse("stream", args=[world.maths.pk])).content.decode()
    )


def test_the_desk_is_open_to_whoever_must_decide(world, sign_in):
    url = reverse("reports", args=[world.maths.pk])
    assert sign_in(world.chausiku).get(url).status_code == 404
    report(by=world.amina, post=a_post(world.maths, world.baraka), reason="unkind")
    assert sign_in(world.chausiku).get(url).status_code == 200
    assert "Nothing waits for you" in sign_in(world.baraka).get(url).content.decode()
    for name in ("amina", "nafula", "daudi", "esther", "farid", "gathoni", "hamisi"):
        assert sign_in(getattr(world, name)).get(url).status_code == 404, name


def test_the_queries_do_not_grow_with_what_waits(world, django_assert_max_num_queries):
    from staffroom.conversations.queries.reports import cases_for

    for number in range(40):
        post = a_post(world.maths, world.otieno, f"Unkind {number}")
        report(by=world.amina, post=post, reason="unkind")
    with django_assert_max_num_queries(6):
        assert len(cases_for(world.baraka, world.maths)) == 40


def test_many_reports_are_paged(world, sign_in):
    for number in range(21):
        post = a_post(world.maths, world.otieno, f"Unkind {number}.")
        report(by=world.amina, post=post, reason="unkind")
    url = reverse("reports", args=[world.maths.pk])
    page = sign_in(world.baraka).get(url).content.decode()
    assert "Unkind 19." in page
    assert "Unkind 20." not in page
    assert "Unkind 20." in sign_in(world.baraka).get(url + "?page=2").content.decode()
