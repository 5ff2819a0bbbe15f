import pytest

from staffroom.methods.health.journey import Acts, Level, journey, level


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        (Acts(weeks=2, since=2), Level.NEWCOMER),
        (Acts(weeks=4, since=4, wrote=4), Level.NEWCOMER),
        (Acts(weeks=4, since=4, served=True), Level.CORE),
        (Acts(weeks=12, since=30), Level.AWAY),
        (Acts(weeks=12, since=30, read=1), Level.PERIPHERY),
        (Acts(weeks=12, since=30, marked=3), Level.PERIPHERY),
        (Acts(weeks=12, since=30, wrote=1), Level.PERIPHERY),
        (Acts(weeks=12, since=30, wrote=2), Level.ACTIVE),
        (Acts(weeks=12, since=30, wrote=5), Level.ACTIVE),
        (Acts(weeks=12, since=30, wrote=6), Level.CORE),
        (Acts(weeks=12, since=30, read=12, served=True), Level.CORE),
        (Acts(weeks=0, since=40), Level.AWAY),
    ],
)
def test_the_degrees(acts, expected):
    assert level(acts) == expected


def test_a_journey_from_the_edge_to_the_centre():
    terms = [
        Acts(weeks=3, since=3, read=2),
        Acts(weeks=13, since=16, read=9),
        Acts(weeks=13, since=29, wrote=4),
        Acts(weeks=13, since=42, wrote=7),
    ]
    assert journey(terms) == (Level.NEWCOMER, Level.PERIPHERY, Level.ACTIVE, Level.CORE)
