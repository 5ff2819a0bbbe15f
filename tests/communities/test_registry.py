"""A lever's page says where it acts: held against the code itself, so that it cannot lie."""

import ast
from collections import defaultdict
from pathlib import Path

import pytest
from django.urls import get_resolver, reverse

import staffroom
from staffroom.communities.levers import LEVERS, where

HOME = Path(staffroom.__file__).parent
READERS = {"lever", "programme_lever"}


def calls() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """For every module, the levers it reads and those it says it reads."""
    read: dict[str, set[str]] = defaultdict(set)
    said: dict[str, set[str]] = defaultdict(set)
    for path in HOME.rglob("*.py"):
        module = str(path.relative_to(HOME))
        if module.startswith("communities/levers/"):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            words = [word.value for word in node.args if isinstance(word, ast.Constant)]
            if node.func.id == "acts":
                said[module] |= set(words)
            elif node.func.id in READERS:
                read[module] |= set(words) & LEVERS.keys()
    return read, said


def test_whoever_says_that_a_lever_acts_reads_it_in_the_same_module():
    read, said = calls()
    assert said, "nothing was found: the search is broken"
    for module, keys in said.items():
        assert keys <= read[module], f"{module} says more than it reads: {keys - read[module]}"


def test_every_lever_that_is_read_says_somewhere_where_it_acts():
    read, said = calls()
    silent = set().union(*read.values()) - set().union(*said.values())
    assert not silent, f"read, but their pages say that nothing reads them: {silent}"


@pytest.mark.django_db
def test_the_page_of_a_lever_that_nothing_reads_says_so(world, sign_in):
    get_resolver().url_patterns  # noqa: B018  # every module that acts is loaded
    _, said = calls()
    for key in LEVERS:
        page = sign_in(world.amina).get(reverse("lever", args=[key])).content.decode()
        acts = key in set().union(*said.values())
        assert bool(where(key)) is acts
        assert ("Not yet read by any part of Staffroom" in page) is not acts


def test_the_reference_page_is_as_the_levers_are():
    import importlib.util

    spec = importlib.util.spec_from_file_location("make_levers", HOME.parent / "bin/make_levers.py")
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    assert made.PAGE.read_text() == made.page(), "run bin/make_levers.py"
