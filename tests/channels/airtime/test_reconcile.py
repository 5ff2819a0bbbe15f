"""The provider's list beside ours: mended where it can be, told row by row where not."""

import json

import pytest

from staffroom.channels.airtime.actions.reconcile import reconcile
from staffroom.cli import main
from staffroom.core.errors import NotYours, Refused
from tests.channels.airtime.conftest import sent, states


def listed(*rows, titles="requestId,phoneNumber,status,value"):
    return "\n".join([titles, *rows]).encode()


def beside(world, data, by="hamisi"):
    return reconcile(by=getattr(world, by), programme=world.programme, data=data)


def test_what_is_open_takes_their_word_and_the_rest_is_told(paid, they):
    made = sent(paid)
    ids = list(made.shares.order_by("pk").values_list("request_id", flat=True))
    found = beside(
        paid,
        listed(
            f"{ids[0]},+254,Success,KES 50.0000",
            f"{ids[1]},+254,Failed,KES 50.0000",
            f"{ids[2]},+254,Success,KES 5000.00",
            "ATQid_stranger,+254,Success,KES 50",
            f"{ids[0]},+254,Success,KES 50.0000",
        ),
    )
    assert (found.rows, found.same, found.mended) == (5, 0, 2)
    assert [(each.row, each.what) for each in found.differences] == [
        (4, "amount"),
        (5, "stranger"),
        (6, "twice"),
        (0, "missing"),
    ]
    assert states(made) == ["arrived", "failed", "taken", "taken"]


def test_the_same_list_again_changes_nothing(paid, they):
    made = sent(paid)
    rows = [
        f"{name},+254,Success,KES 50" for name in made.shares.values_list("request_id", flat=True)
    ]
    assert beside(paid, listed(*rows)).mended == 4
    again = beside(paid, listed(*rows))
    assert (again.same, again.mended, again.differences) == (4, 0, [])


def test_money_paid_back_is_free_again(paid, they):
    from staffroom.channels.airtime.actions.order import spent

    made = sent(paid)
    name = made.shares.first().request_id
    beside(paid, listed(f"{name},+254,Refunded,KES 50"))
    assert spent(paid.programme, made.month) == 150


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff\xfe\x00", b"a,b\n1,2", "نام;حال\n1;2".encode(), b"requestId\n1", b"x" * 6_000_000],
)
def test_what_is_no_such_list_is_said(paid, data):
    with pytest.raises(Refused):
        beside(paid, data)


def test_semicolons_and_another_title_are_read(paid, they):
    made = sent(paid)
    name = made.shares.first().request_id
    data = "\ufefftransactionId;status\n" + f"{name};Success\n\n;\n"
    assert beside(paid, data.encode()).mended == 1


def test_nobody_else_may(paid):
    for who in ("amina", "baraka", "gathoni", "esther", "farid"):
        with pytest.raises(NotYours):
            beside(paid, listed(), by=who)


def test_the_command(paid, they, tmp_path, capsys):
    made = sent(paid)
    path = tmp_path / "list.csv"
    rows = [f"{name},Success" for name in made.shares.values_list("request_id", flat=True)]
    path.write_bytes(listed(*rows, titles="requestId,status"))
    assert main(["airtime", "reconcile", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["mended"] == 4
    path.write_bytes(listed("stranger,Success", titles="requestId,status"))
    assert main(["airtime", "reconcile", str(path)]) == 1
    assert "row 2: stranger stranger" in capsys.readouterr().out
    assert main(["airtime", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["shares"] == [
        {"order__currency": "KES", "state": "arrived", "people": 4, "sum": "200.00"}
    ]
    assert main(["airtime", "reconcile"]) == 2
    assert main(["airtime", "reconcile", str(tmp_path / "none.csv")]) == 2
