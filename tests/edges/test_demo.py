"""What a visitor of the demo finds at the edges."""

from staffroom.communities.models import Community
from staffroom.conversations.models import Post
from staffroom.edges.models import Broker
from staffroom.edges.queries.waiting import rows
from staffroom.people.models import Person
from staffroom.web.demo import load
from staffroom.web.demo.known import BY_KEY
from tests.web.test_demo_load import programme

__all__ = ["programme"]


def test_a_question_went_over_and_an_answer_came_back(programme):
    load.load(programme)
    assert Broker.objects.get().accepted_at is not None
    there = Post.objects.get(travel="in", kind="question")
    assert there.community.name == "Science, Kitui East"
    back = Post.objects.get(travel="in", kind="answer")
    assert back.credit == "Daudi Barasa (Science, Kitui East)"
    assert back.helped_count == 1
    amina = Person.objects.get(phone=BY_KEY["amina"].phone)
    here = list(Community.objects.filter(name="Mathematics, Mwingi"))
    assert "Shall your question go further?" in [row["title"] for row in rows(amina, here)]
