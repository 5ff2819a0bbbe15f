"""The page that leads to all that a community keeps."""

import pytest
from django.urls import reverse


@pytest.mark.parametrize("name", ["amina", "chausiku"])
def test_it_leads_to_what_is_kept_and_back(world, sign_in, name):
    html = (
        sign_in(getattr(world, name)).get(reverse("kept", args=[world.maths.pk])).content.decode()
    )
    for page in ("learned", "plans", "quizzes", "stream"):
        assert reverse(page, args=[world.maths.pk]) in html
