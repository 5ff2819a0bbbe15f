import json

import pytest

from staffroom.cli import main


def _sheet(path, *rows):
    path.write_text("tier,session,person,item,before,after\n" + "\n".join(rows) + "\n")
    return str(path)


def test_it_tells_what_arrives(tmp_path, capsys):
    rows = [
        f"{tier},{tier}{s},{p},{item},0,{int((p + s) % 10 < right)}"
        for tier, sessions, rights in (("masters", 3, (9, 9)), ("teachers", 12, (9, 3)))
        for s in range(sessions)
        for p in range(10)
        for item, right in zip(("halves", "thirds"), rights, strict=True)
    ]
    file = _sheet(tmp_path / "scores.csv", *rows)
    assert main(["dilution", file, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["falling"] == []  # every session is alike: nothing is known of how they differ
    assert told["items"][1]["steps"][1]["kept"] == pytest.approx(1 / 3)
    assert main(["dilution", file]) == 0
    assert "all together" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (["masters,s,p,i,0,7"], "from 0 to 1"),
        (["bosses,s,p,i,0,1"], "--tiers bosses"),
        (["masters,s,p,i,0,1", "masters,s,p,i,0,1"], "already"),
        (["masters,,p,i,0,1"], "must not be empty"),
    ],
)
def test_bad_rows_are_named(tmp_path, capsys, rows, words):
    assert main(["dilution", _sheet(tmp_path / "scores.csv", *rows)]) == 2
    assert words in capsys.readouterr().err
