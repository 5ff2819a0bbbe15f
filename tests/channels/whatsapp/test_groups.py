import json

import pytest

from staffroom.channels.whatsapp.pretend import refusal
from staffroom.cli import main


def test_a_group_is_made_and_shown_with_its_link(meta, capsys):
    assert main(["whatsapp-groups"]) == 0
    assert "no group yet" in capsys.readouterr().out
    assert main(["whatsapp-groups", "--new", "Mathematics, Mwingi"]) == 0
    assert "Mathematics, Mwingi\n    https://chat.whatsapp.com/" in capsys.readouterr().out
    assert main(["whatsapp-groups", "--json"]) == 0
    (group,) = json.loads(capsys.readouterr().out)
    assert group["id"] in meta.groups


@pytest.mark.parametrize(
    ("code", "said"), [(131215, "official business"), (131000, "before you make it again")]
)
def test_what_meta_says_no_to_is_one_line(meta, capsys, code, said):
    meta.faults.append(refusal(code, 500 if code == 131000 else 400))
    assert main(["whatsapp-groups", "--new", "Mathematics"]) == 2
    assert said in capsys.readouterr().err


def test_not_set_up_and_too_long_a_name(capsys, ours):
    assert main(["whatsapp-groups", "--new", "a" * 200]) == 2
    ours.WHATSAPP_TOKEN = ""
    assert main(["whatsapp-groups"]) == 2
    assert "STAFFROOM_WHATSAPP_TOKEN" in capsys.readouterr().err
