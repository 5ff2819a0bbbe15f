"""The pages of a plan, as they are asked for and sent by a browser without a script."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from staffroom.conversations.models import Post
from staffroom.core import outbox
from staffroom.core.clock import now
from staffroom.core.ids import short, uuid7
from staffroom.library.actions.plans.comments import comment
from staffroom.library.actions.plans.drafts import keep
from staffroom.library.actions.plans.sections import add, take_out
from staffroom.library.actions.plans.share import share
from staffroom.library.actions.plans.teach import tell_taught
from staffroom.library.models import LessonPlan, PlanTemplate, SectionDraft, SectionWriting
from staffroom.library.pdf import can_make_pdf
from tests.library.plan_makers import STEPS, a_plan, put, section_of


@pytest.fixture
def plan(world):
    made = a_plan(world)
    put(world.amina, made, STEPS)
    return made


def to(name, plan, *more):
    return reverse(name, args=[plan.community_id, plan.pk, *more])


def page(client, url, **options):
    answer = client.get(url, **options)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_member_begins_a_plan_and_the_community_hears_of_it_once(world, sign_in):
    amina, key = sign_in(world.amina), uuid7()
    url = reverse("plan_new", args=[world.maths.pk])
    sent = {"id": key, "title": "Fractions", "minutes": "40", "language": "en", "tell": "on"}
    for _ in range(2):
        assert amina.post(url, sent).status_code == 302
    plan = LessonPlan.objects.get()
    outbox.deliver()
    outbox.deliver()
    message = Post.objects.get()
    assert (message.author, message.community) == (world.amina, world.maths)
    seen = page(sign_in(world.baraka), reverse("stream", args=[world.maths.pk]))
    assert f'<a href="{to("plan", plan)}">Open it</a>' in seen


def test_minutes_that_are_no_number_are_said_kindly_and_everything_typed_stays(world, sign_in):
    answer = sign_in(world.amina).post(
        reverse("plan_new", args=[world.maths.pk]),
        {"title": "Fractions", "minutes": "forty", "language": "en"},
    )
    assert answer.status_code == 422
    said = answer.content.decode()
    assert "in digits" in said
    assert 'value="forty"' in said
    assert 'value="Fractions"' in said


def test_the_page_adds_the_steps_up(world, plan, sign_in):
    amina = sign_in(world.amina)
    assert "The steps take 40 minutes." in page(amina, to("plan", plan))
    put(world.amina, plan, STEPS + "\n20 min: Sing.")
    assert "The steps take 60 minutes, the lesson has 40." in page(amina, to("plan", plan))
    put(world.amina, plan, "10 min: Fold.\nten minutes of song")
    assert "1 step says no minutes yet" in page(amina, to("plan", plan))
    put(world.amina, plan, "10 min: Fold.")
    assert "10 of 40 minutes: 30 are left" in page(amina, to("plan", plan))


def test_saving_a_section_shows_it(world, plan, sign_in):
    section = section_of(plan, "materials")
    sent = {"id": uuid7(), "text": "Old newspapers", "based_on": "0"}
    baraka = sign_in(world.baraka)
    answer = baraka.post(to("plan_section", plan, section.pk), sent, follow=True)
    assert "Old newspapers" in answer.content.decode()
    assert "Written by Amina, Baraka." in answer.content.decode()


def test_too_long_a_text_is_shown_again(world, plan, sign_in):
    section = section_of(plan)
    text = "word " * 20_000
    answer = sign_in(world.baraka).post(
        to("plan_section", plan, section.pk), {"text": text, "based_on": "1"}
    )
    assert answer.status_code == 422
    assert "at most 10000 fit" in answer.content.decode()
    assert text.strip() in answer.content.decode()
    assert section_of(plan).version == 1


def test_two_texts_are_shown_side_by_side_and_one_tap_settles(world, plan, sign_in):
    put(world.baraka, plan, STEPS.replace("Fold the paper.", "Cut it."))
    nafula, section = sign_in(world.nafula), section_of(plan)
    mine = STEPS.replace("Fold the paper.", "Tear it.")
    answer = nafula.post(
        to("plan_section", plan, section.pk), {"text": mine, "based_on": "1"}, follow=True
    )
    said = answer.content.decode()
    assert "Baraka wrote" in said
    assert "You wrote" in said
    url = answer.redirect_chain[-1][0]
    assert "do not fit. Look at both" in page(sign_in(world.otieno), to("plan", plan))
    answer = nafula.post(url, {"version": "2", "all": "both"}, follow=True)
    text = section_of(plan).text
    assert "Cut it.\n10 min: Tear it." in text
    assert not SectionWriting.objects.filter(clashes=True, settled_at=None).exists()
    # Once more, as a stuck phone does: it leads to the plan.
    assert nafula.post(url, {"version": "2", "all": "ours"}).status_code == 302
    assert section_of(plan).text == text
    assert "Tear it." in page(nafula, to("plan_versions", plan, section.pk))


@pytest.mark.parametrize(
    ("all_", "there", "gone"), [("ours", "Tear", "Cut"), ("theirs", "Cut", "Tear")]
)
def test_taking_one_side(world, plan, sign_in, all_, there, gone):
    put(world.baraka, plan, STEPS.replace("Fold the paper.", "Cut it."))
    writing = put(
        world.nafula, plan, STEPS.replace("Fold the paper.", "Tear it."), based_on=1
    ).writing
    sign_in(world.otieno).post(to("plan_both", plan, writing.pk), {"version": "2", "all": all_})
    assert there in section_of(plan).text
    assert gone not in section_of(plan).text


def test_several_places_are_chosen_one_by_one_or_written_anew(world, plan, sign_in):
    put(world.baraka, plan, "10 min: A.\n20 min: Ask how many quarters.\n10 min: B.")
    writing = put(
        world.nafula, plan, "10 min: C.\n20 min: Ask how many quarters.\n10 min: D.", based_on=1
    ).writing
    url, nafula = to("plan_both", plan, writing.pk), sign_in(world.nafula)
    assert "in 2 places" in page(nafula, url)
    choices = {"version": "2", "choice_0": "ours", "choice_1": "theirs"}
    anew = nafula.post(url, choices | {"edit": "1"}).content.decode()
    chosen = "10 min: C.\n20 min: Ask how many quarters.\n10 min: B."
    assert chosen in anew
    nafula.post(url, {"version": "2", "text": chosen + "\nSing."})
    assert section_of(plan).text == chosen + "\nSing."


def test_what_moved_on_is_looked_at_once_more(world, plan, sign_in):
    put(world.baraka, plan, STEPS.replace("Fold the paper.", "Cut it."))
    writing = put(
        world.nafula, plan, STEPS.replace("Fold the paper.", "Tear it."), based_on=1
    ).writing
    put(world.otieno, plan, section_of(plan).text + "\nSing.")
    url, nafula = to("plan_both", plan, writing.pk), sign_in(world.nafula)
    answer = nafula.post(url, {"version": "2", "all": "ours"})
    assert answer.status_code == 422
    assert "Please look once more" in answer.content.decode()
    nafula.post(url, {"version": "3", "all": "ours"})
    assert "Tear it." in section_of(plan).text
    assert "Sing." in section_of(plan).text


def test_others_see_who_is_writing_and_one_finds_what_one_wrote(world, plan, sign_in):
    section = section_of(plan)
    baraka, amina = sign_in(world.baraka), sign_in(world.amina)
    answer = baraka.post(
        to("plan_draft", plan, section.pk),
        {"place": "s", "fields": '{"text": "Half a thou", "based_on": "1"}'},
    )
    assert answer.status_code == 204
    assert "Baraka is writing here" in page(amina, to("plan", plan))
    assert "Baraka is writing here" in page(amina, to("plan_section", plan, section.pk))
    assert "Go on writing" in page(baraka, to("plan", plan))
    put(world.amina, plan, STEPS + "\nSing.")
    mine = page(baraka, to("plan_section", plan, section.pk))
    assert "Half a thou" in mine
    assert 'name="based_on" value="1"' in mine
    assert "Others have saved here since" in mine
    SectionDraft.objects.update(saved_at=now() - dt.timedelta(hours=1))
    assert "is writing here" not in page(amina, to("plan", plan))
    answer = baraka.post(to("plan_draft", plan, section.pk), {"discard": "1"}, follow=True)
    assert "data-undraft" in answer.content.decode()
    assert not SectionDraft.objects.exists()


def test_versions_tell_who_wrote_what_and_can_stand_again(world, plan, sign_in):
    put(world.baraka, plan, STEPS.replace("Fold", "Cut"))
    section, nafula = section_of(plan), sign_in(world.nafula)
    said = page(nafula, to("plan_versions", plan, section.pk))
    assert '<del><span class="vh">taken out: </span>Fold' in said
    assert '<ins><span class="vh">put in: </span>Cut' in said
    assert "2: Baraka" in said
    nafula.post(to("plan_restore", plan, section.pk), {"version": "1"})
    assert section_of(plan).text == STEPS
    for nonsense in ("9", "x", ""):
        answer = nafula.post(to("plan_restore", plan, section.pk), {"version": nonsense})
        assert answer.status_code == 404


def test_notes_and_reports_stand_beside_the_plan(world, plan, sign_in):
    section = section_of(plan)
    nafula = sign_in(world.nafula)
    nafula.post(to("plan_comments", plan, section.pk), {"id": uuid7(), "text": "May they draw it?"})
    nafula.post(
        to("plan_taught", plan),
        {
            "id": uuid7(),
            "happened": "Folding took long.",
            "change": "Cut before.",
            "grade": "7",
            "pupils": "58",
        },
    )
    said = page(sign_in(world.amina), to("plan", plan))
    assert "Nafula, in pencil:" in said
    assert "Taught 1 time" in said
    assert "58 pupils" in said
    note = section.comments.get()
    sign_in(world.amina).post(to("plan_comment_done", plan, note.pk), {"done": "yes"})
    assert "in pencil:" not in page(sign_in(world.amina), to("plan", plan))


def test_a_day_to_come_and_no_pupils_are_refused(world, plan, sign_in):
    answer = sign_in(world.nafula).post(
        to("plan_taught", plan), {"happened": "x", "pupils": "0", "day": "2999-01-01"}
    )
    assert answer.status_code == 422


def test_shared_without_names_and_copied_with_credit(world, plan, sign_in):
    tell_taught(by=world.nafula, plan=plan, happened="Inside alone.")
    comment(by=world.nafula, section=section_of(plan), text="Inside note")
    daudi = sign_in(world.daudi)
    url = reverse("shared_plan", args=[plan.pk])
    assert daudi.get(url).status_code == 404
    share(by=world.amina, plan=plan)
    said = page(daudi, url)
    assert "Fold the paper." in said
    for inside in ("Amina", "Nafula", "Inside alone", "Inside note"):
        assert inside not in said
    for name in ("esther", "farid", "gathoni"):
        assert sign_in(getattr(world, name)).get(url).status_code == 404
    answer = daudi.post(
        reverse("plan_copy", args=[plan.pk]),
        {"id": uuid7(), "community": str(world.sister.pk)},
        follow=True,
    )
    copied = LessonPlan.objects.get(community=world.sister)
    assert copied.origin == plan
    assert section_of(copied).text == STEPS
    assert "Mathematics, Mwingi" in answer.content.decode()
    share(by=world.daudi, plan=copied)
    sign_in(world.amina).post(
        reverse("plan_copy", args=[copied.pk]), {"community": str(world.maths.pk)}
    )
    third = LessonPlan.objects.get(community=world.maths, origin=copied)
    assert [each["community"] for each in third.credit] == [world.maths.name, world.sister.name]


def test_nobody_copies_where_they_are_no_member(world, plan, sign_in):
    share(by=world.amina, plan=plan)
    answer = sign_in(world.daudi).post(
        reverse("plan_copy", args=[plan.pk]), {"community": str(world.maths.pk)}
    )
    assert answer.status_code == 422


def test_the_shelf(world, plan, sign_in):
    amina = sign_in(world.amina)
    amina.post(reverse("plan_keep", args=[plan.pk]), {"keep": "yes"})
    assert plan.title in page(amina, reverse("plan_shelf"))
    amina.post(reverse("plan_keep", args=[plan.pk]), {"keep": "no"})
    assert plan.title not in page(amina, reverse("plan_shelf"))


def test_one_sheet_of_paper(world, plan, sign_in):
    amina = sign_in(world.amina)
    said = page(amina, reverse("plan_print", args=[plan.pk]))
    assert 'class="sheet b size-1"' in said
    assert "Amina" not in said.split('class="sheet', 1)[1]
    put(world.amina, plan, "\n".join(f"5 min: Step {n}" for n in range(200)))
    assert "more than one sheet" in page(amina, reverse("plan_print", args=[plan.pk]))


@pytest.mark.skipif(not can_make_pdf(), reason="WeasyPrint or Pango is not here")
def test_the_pdf_is_one_page_also_in_urdu(world, plan, sign_in):
    import pypdfium2

    put(world.amina, plan, "پرانے اخبار، قینچی <b>", key="materials")
    put(
        world.amina,
        plan,
        "\n".join(f"2 min: A step with some words in it, number {n}" for n in range(30)),
    )
    answer = sign_in(world.amina).get(reverse("plan_pdf", args=[plan.pk]))
    assert answer["Content-Type"] == "application/pdf"
    made = pypdfium2.PdfDocument(answer.content)
    assert len(made) == 1
    assert "Step by step" in made[0].get_textpage().get_text_range()


def test_a_programme_changes_its_sections(world, plan, sign_in):
    gathoni, url = sign_in(world.gathoni), reverse("plan_template")
    page(gathoni, url)
    sent = {
        "title_0": "Learning outcome",
        "hint_0": "",
        "title_2": "Activities",
        "timed_2": "on",
        "title_6": "Values",
    }
    gathoni.post(url, sent)
    assert PlanTemplate.objects.get().version == 1
    made = a_plan(world)
    assert [(s.title, s.timed) for s in made.sections.all()] == [
        ("Learning outcome", False), ("Activities", True), ("Values", False),
    ]  # fmt: skip
    assert plan.sections.count() == 6
    assert gathoni.post(url, {"title_0": " "}).status_code == 422
    assert sign_in(world.amina).get(url).status_code == 404


def test_sections_of_our_own_come_and_go(world, plan, sign_in):
    amina = sign_in(world.amina)
    amina.post(to("plan_add", plan), {"id": uuid7(), "title": "Song"})
    section = plan.sections.get(title="Song")
    amina.post(to("plan_section_out", plan, section.pk))
    assert "put it back" in page(amina, to("plan", plan))
    amina.post(to("plan_section_back", plan, section.pk))
    section.refresh_from_db()
    assert section.removed_at is None


def test_a_plan_of_another_community_is_not_found_here(world, plan, sign_in):
    amina = sign_in(world.amina)  # a member of both
    assert amina.get(reverse("plan", args=[world.sister.pk, plan.pk])).status_code == 404


def test_a_resting_community_reads_and_does_not_write(world, plan, sign_in):
    world.maths.stage = "resting"
    world.maths.save()
    amina, section = sign_in(world.amina), section_of(plan)
    assert "This community rests." in page(amina, to("plan", plan))
    answer = amina.post(to("plan_section", plan, section.pk), {"text": "My words", "based_on": "1"})
    assert answer.status_code == 422
    assert "My words" in answer.content.decode()


def queries(client, url):
    with CaptureQueriesContext(
        connection,
    ) as caught:
        page(client, url)
    return len(caught)


def test_pages_ask_as_little_of_200_as_of_10(world, plan, sign_in):
    amina, section = sign_in(world.amina), section_of(plan)
    urls = [
        to("plan", plan),
        reverse("plans", args=[world.maths.pk]),
        reverse("plan_shelf"),
        to("plan_versions", plan, section.pk),
        to("plan_comments", plan, section.pk),
        to("plan_taught", plan),
    ]

    def more(number):
        for n in range(number):
            put(world.baraka, plan, f"{STEPS}\nNumber {n} {number}")
            comment(by=world.nafula, section=section, text=f"Note {n}")
            tell_taught(by=world.nafula, plan=plan, happened=f"Well {n}")
            share(by=world.amina, plan=a_plan(world, title=f"Plan {n}"))

    more(7)
    keep(by=world.baraka, section=section, text="x", based_on=1)
    page(amina, urls[0])  # the day's first page notes the day
    few = [queries(amina, url) for url in urls]
    more(40)
    for n in range(10):
        take_out(by=world.amina, section=add(by=world.amina, plan=plan, title=f"Own {n}"))
    assert [queries(amina, url) for url in urls] == few


def test_an_address_in_a_message_is_a_link_only_by_itself():
    from staffroom.core.templatetags.ui import prose

    path = f"/c/{short(uuid7())}/plans/{short(uuid7())}"
    assert f'<a href="{path}">' in prose(f"Look\n{path}")
    for text in (f"x{path}", f"{path}/pdf", f'{path}"onclick', "/c/short/plans/x"):
        assert "<a" not in prose(text)
