"""The doors of those who hold an office, on Today."""

import pytest


@pytest.mark.parametrize(
    ("who", "door"), [("gathoni", "/garden"), ("hamisi", "/programme/levers"), ("amina", None)]
)
def test_who_has_an_office_finds_its_door(world, sign_in, who, door):
    html = sign_in(getattr(world, who)).get("/").content.decode()
    assert ("My work" in html) == bool(door)
    assert door is None or f'href="{door}"' in html


@pytest.mark.parametrize(
    ("who", "path", "word"),
    [("gathoni", "/garden", "Garden"), ("hamisi", "/places/", "Schools"), ("amina", "/", None)],
)
def test_the_main_door_of_an_office_is_a_tab(world, sign_in, who, path, word):
    html = sign_in(getattr(world, who)).get(path).content.decode()
    tabs = html[html.index('<div class="tabs">') :]
    assert word is None or f'href="{path}" aria-current="page"' in tabs
    assert tabs.count("<a ") == (4 if word else 3)
