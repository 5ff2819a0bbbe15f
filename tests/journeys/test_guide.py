"""The guide for the wall is one sheet of paper, whatever the language."""

import io

import pypdfium2
import pytest

from staffroom.communities.actions.inviting import make_link
from staffroom.core.ids import short


@pytest.mark.parametrize("language", ["en", "sw", "ur"])
def test_it_prints_on_one_page_of_a4(come_in, world, language):
    link = make_link(by=world.amina, community_id=world.maths.pk)
    page = come_in(
        world.amina,
        f"/c/{short(world.maths.pk)}/links/{short(link.pk)}/guide?lang={language}",
    )
    printed = page.pdf(prefer_css_page_size=True)
    with pypdfium2.PdfDocument(io.BytesIO(printed)) as sheet:
        assert len(sheet) == 1
        width, height = sheet.get_page_size(0)
        assert (round(width), round(height)) == (595, 842), "A4"
        said = sheet[0].get_textpage().get_text_range()
    assert "/join/" in said.replace("\n", "").replace("\r", "")


@pytest.mark.parametrize("language", ["en", "ur"])
def test_it_can_be_read_on_the_phone_too(come_in, world, sideways, axe, language):
    page = come_in(world.amina, f"/guide?lang={language}", bypass_csp=True)
    assert sideways(page) == []
    assert axe(page) == []
