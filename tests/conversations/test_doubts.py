"""The shipped word lists, in the words in which such messages go round."""

import pytest

from staffroom.conversations.doubts import FOLDER, lines, word_lists
from staffroom.methods.text.spam import KINDS, look

DOUBTFUL = [
    "Forwarded as received: WhatsApp will start charging from Monday. Send this to 10 people.",
    "Safaricom is giving free data bundles for the anniversary https://bit.ly/3xyz share this to all",
    "Congratulations you have won a laptop! Claim your prize, call 0722 000 111",
    "Tuma ujumbe huu kwa watu kumi na utabarikiwa",
    "Umeshinda shilingi 50,000! Piga simu namba 0755123456",
    "Ile pesa tuma kwa namba hii 0712345678 jina litakuja Mary",
    "یہ پیغام دس لوگوں کو بھیجیں، اچھی خبر ملے گی",
    "مبارک ہو! آپ کا انعام نکلا ہے، اس نمبر پر رابطہ کریں 03001234567",
    "Is msg ko aage bhejo, 10 logon ko send karo warna bura hoga",
    "Ghar baithe kamaiye rozana 5000 rupay, is number pe rabta karen",
    "You are an idiot and your school knows it",
    "Wewe ni mjinga kabisa",
]
FINE = [
    "How do you explain that 3/4 is more than 2/3? My learners count the pieces.",
    "Please share with everyone in your school, it is a good plan: https://kicd.ac.ke/plan.pdf",
    "The workshop is on Friday at Hill Primary. Call Mr. Otieno on 0712 345 678 for directions.",
    "We paid 1,200 shillings for the manila paper. Free paper is behind the office.",
    "Discuss, and share with other groups what you found.",
    "I will win the lottery: certain, likely or impossible?",
    "Naomba mnitumie mpango wa somo la sehemu, darasa la sita.",
    "Hongera sana mwalimu Amina kwa wanafunzi wako!",
    "Bei ya kitabu ni shilingi 350 kwa nakala.",
    "مبارک ہو، آپ کی جماعت نے بہت اچھا کام کیا",
    "کسر سمجھانے کا آسان طریقہ کیا ہے؟ بچے ٹکڑے گنتے ہیں۔",
    "Bachon ko kasar kaise samjhain? Sab ko batayein jo kaam kare.",
    "Kutta aur billi: janwaron ke naam ka sabaq",
]


@pytest.mark.parametrize("text", DOUBTFUL)
def test_these_are_doubtful(text):
    assert look(text, word_lists()).doubtful


@pytest.mark.parametrize("text", FINE)
def test_these_are_a_teachers_day(text):
    assert not look(text, word_lists()).doubtful, look(text, word_lists()).reasons


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.tsv")), ids=lambda file: file.stem)
def test_every_line_is_a_phrase_of_a_known_kind_once(file):
    found = lines(file)
    assert len(found) > 20
    assert {kind for kind, _ in found} <= set(KINDS)
    assert len(set(found)) == len(found)


def test_a_broken_line_is_named(tmp_path):
    broken = tmp_path / "xx.tsv"
    broken.write_text("chain\tforward this\nforgotten\n")
    with pytest.raises(ValueError, match="line 2"):
        lines(broken)
