import itertools

import pytest
from django.template import engines
from django.urls import NoReverseMatch, reverse, set_script_prefix

from staffroom.core.addresses import address
from staffroom.core.ids import uuid7
from tests.firewall.routes import all_routes


def named():
    """Names of the product's pages with how many identifiers each takes."""
    routes = [route for route in all_routes() if route.name and not route.is_third_party]
    return sorted({(route.name, len(route.converters)) for route in routes})


def test_every_address_is_as_django_makes_it():
    compared = 0
    for name, many in named():
        ids = [uuid7() for _ in range(many)]
        try:
            plain = reverse(name, args=ids)
        except NoReverseMatch:  # an argument that is no identifier
            continue
        assert address(name, *ids) == plain
        compared += 1
    assert compared > 150


def test_the_order_of_identifiers_counts():
    for one, other in itertools.permutations([uuid7(), uuid7()]):
        assert address("question", one, other) == reverse("question", args=[one, other])


def test_below_a_prefix():
    set_script_prefix("/school/")
    try:
        id = uuid7()
        assert address("stream", id) == reverse("stream", args=[id])
        assert address("stream", id).startswith("/school/")
    finally:
        set_script_prefix("/")


@pytest.mark.parametrize(
    "made", ["{% url 'nowhere' id %}", "{% url 'stream' %}", "{% url 'stream' '' %}"]
)
def test_what_leads_nowhere_is_told(made):
    with pytest.raises(NoReverseMatch):
        engines["django"].from_string(made).render({"id": uuid7()})


def test_the_tag_keeps_its_forms():
    id = uuid7()
    page = engines["django"].from_string(
        "{% url 'stream' id as here %}{{ here }}|{% url 'nowhere' id as gone %}{{ gone }}|"
        "{% url 'stream' community=id %}|{% url 'sign_in' %}"
    )
    stream = reverse("stream", args=[id])
    assert page.render({"id": id}) == f"{stream}||{stream}|{reverse('sign_in')}"
