import json


def test_it_tells_what_to_do_and_fails_while_something_is_wrong(make_house):
    first = make_house().run("doctor", code=1)
    assert "→ Run `staffroom manage migrate`" in first.stdout
    house = make_house(ready=True)
    house.run("manage", "collectstatic", "--no-input", "-v", "0")
    findings = json.loads(house.run("doctor", "--json").stdout)
    assert {item["level"] for item in findings} == {"ok", "warn"}
    assert {"level", "name", "what", "how"} == set(findings[0])
    database = next(
        item for item in findings if item["name"] == "database" and item["level"] == "ok"
    )
    assert "SQLite, WAL" in database["what"] or "PostgreSQL" in database["what"]


def test_it_lists_insecure_settings(make_house):
    house = make_house("sqlite", STAFFROOM_HOSTS="staffroom.invalid", STAFFROOM_DEBUG="1")
    said = house.run("doctor", code=1).stdout
    assert "Take STAFFROOM_DEBUG away" in said


def test_a_database_that_does_not_answer_is_said_in_words(make_house):
    house = make_house("sqlite", DATABASE_URL="postgres://nobody:x@127.0.0.1:1/none")
    said = house.run("doctor", code=1).stdout
    assert "The database does not answer." in said
