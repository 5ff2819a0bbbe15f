"""The states as a truth table: what was said, and what a thing then is."""

import uuid

import pytest

from staffroom.library.queries.trust_state import Proposed, Said, settle

ONE, OTHER = uuid.uuid4(), uuid.uuid4()


def two(peers, nameless):
    return len(peers) + nameless >= 2


def peer(by, version="v1"):
    return Said(by, "peer", version)


ADVISER = Said(ONE, "adviser", "v1")
BY_ADVISER = Proposed("v1", accepted=False, voices=(ADVISER,))
BY_PEER = Proposed("v1", accepted=False, voices=(peer(OTHER),))
BY_TWO = Proposed("v1", accepted=False, voices=(peer(ONE), peer(OTHER)))
ACCEPTED = Proposed("v1", accepted=True, voices=(peer(OTHER),))
LEFT = Proposed("v1", accepted=False, voices=())


@pytest.mark.parametrize(
    ("version", "voices", "correction", "disputed", "state"),
    [
        ("v1", [], None, False, "unverified"),
        ("v1", [peer(ONE)], None, False, "unverified"),
        ("v1", [peer(ONE), peer(ONE)], None, False, "unverified"),
        ("v1", [peer(ONE), peer(OTHER)], None, False, "verified"),
        ("v1", [peer(ONE), peer(None)], None, False, "verified"),  # one has left for good
        ("v1", [Said(ONE, "leader", "v1"), peer(OTHER)], None, False, "verified"),
        ("v1", [ADVISER], None, False, "verified"),
        ("v2", [ADVISER], None, False, "unverified"),
        ("v2", [peer(ONE), peer(OTHER, "v2")], None, False, "unverified"),
        ("v1", [], BY_PEER, False, "unverified"),
        ("v1", [], LEFT, False, "unverified"),
        ("v1", [], BY_TWO, False, "corrected"),
        ("v1", [], BY_ADVISER, False, "corrected"),
        ("v1", [], ACCEPTED, False, "corrected"),
        ("v1", [ADVISER], BY_PEER, False, "verified"),
        ("v1", [peer(ONE), peer(OTHER)], BY_ADVISER, False, "corrected"),
        ("v2", [], BY_ADVISER, False, "corrected"),  # changed, and nobody looked yet
        ("v2", [peer(ONE, "v2")], BY_ADVISER, False, "corrected"),
        ("v2", [peer(ONE, "v2"), peer(OTHER, "v2")], BY_ADVISER, False, "verified"),
        ("v1", [ADVISER], None, True, "disputed"),
        ("v1", [], BY_ADVISER, True, "disputed"),
        ("v2", [], None, True, "disputed"),
    ],
)
def test_the_state_follows_from_what_was_said(version, voices, correction, disputed, state):
    settled = settle(
        version=version, voices=voices, correction=correction, disputed=disputed, enough=two
    )
    assert settled == state
