"""Formulas: what is one, what it becomes, and that nothing else ever comes out."""

from xml.etree import ElementTree

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from staffroom.core import formulas
from staffroom.core.mathml import ATTRIBUTES, ELEMENTS
from staffroom.core.templatetags.ui import formulas as within_a_link
from staffroom.core.templatetags.ui import prose


def read(text):
    return list(formulas.pieces(text))


def mathml(tex):
    (piece,) = read(f"${tex}$")
    assert piece.mathml, piece.trouble
    return piece.mathml


MONEY = [
    "$5 and $10",
    "Sh 20",
    "US$20 and US$30",
    "US$ 20",
    "costs US$5, not KSh$",
    "$20-$30",
    "$5/$6",
    "2$ and 3$",
    "$5 per kg$",
    "$5 (not 6$",
    "I have $5.\nYou have 6$.",
    "$x$5",
    "$ x$",
    "$x $",
    r"\$5$ x$",
    "$",
    "$$",
    "$$$$",
]


@pytest.mark.parametrize("text", MONEY)
def test_money_and_lonely_signs_stay_as_typed(text):
    assert not [piece for piece in read(text) if piece.mathml or piece.trouble]
    assert "<math" not in prose(text)


@pytest.mark.parametrize(
    ("tex", "becomes"),
    [
        (r"\frac{1}{2}", "<mfrac><mn>1</mn><mn>2</mn></mfrac>"),
        (r"\frac12", "<mfrac><mn>1</mn><mn>2</mn></mfrac>"),
        (r"\sqrt[3]{8}", "<mroot><mn>8</mn><mn>3</mn></mroot>"),
        ("x^2", "<msup><mi>x</mi><mn>2</mn></msup>"),
        ("3 × 4 ÷ 2", "<mn>3</mn><mo>×</mo><mn>4</mn><mo>÷</mo><mn>2</mn>"),
        ("a<b", "<mi>a</mi><mo>&lt;</mo><mi>b</mi>"),
        ("45%", "<mn>45</mn><mi>%</mi>"),
        ("1,000 + 20,500.25", "<mn>1,000</mn><mo>+</mo><mn>20,500.25</mn>"),
        (r"\sin x", '<mi>sin</mi><mspace width=".17em"></mspace><mi>x</mi>'),
        (r"90^\circ", "<msup><mn>90</mn><mo>∘</mo></msup>"),
        (
            r"\lim_{x\to 0} f",
            "<munder><mo>lim</mo><mrow><mi>x</mi><mo>→</mo><mn>0</mn></mrow></munder><mi>f</mi>",
        ),
        (r"\overline{AB}", '<mrow class="over"><mrow><mi>A</mi><mi>B</mi></mrow></mrow>'),
        (r"\text{km/h}", "<mtext>km/h</mtext>"),
        (r"\mathbf{v}", "<mi>𝐯</mi>"),
    ],
)
def test_what_a_formula_becomes(tex, becomes):
    assert mathml(tex) == f'<math dir="ltr">{becomes}</math>'


def test_on_a_line_of_its_own():
    (piece,) = read(r"$$\sum_{i=1}^{n} i$$")
    assert 'display="block"' in piece.mathml
    assert "<munderover>" in piece.mathml


def test_words_around_formulas_keep_their_links_and_are_escaped():
    said = prose(r"<b> $x$ https://example.org $\frac{1}{2}$ & $5")
    assert said.startswith("&lt;b&gt; <math")
    assert '<a href="https://example.org"' in said
    assert said.endswith("&amp; $5")
    assert "<a " not in within_a_link(r"$x$ https://example.org")


def test_old_browsers_find_what_was_typed():
    assert '<span class="tex" dir="ltr">$a&lt;b$</span>' in prose("$a<b$")


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        (r"$\href{javascript:alert(1)}{x}$", r"\href is not a command we know"),
        (r"$\def\a{\a\a}\a$", r"\def is not a command we know"),
        (r"$\style{color:red}{x}$", r"\style is not"),
        (r"$\unicode{x3c}$", r"\unicode is not"),
        (r"$\begin{array}{c}1\end{array}$", "array is not"),
        (r"$\frac{1}{2$", "{ is not closed"),
        (r"$x}$", "} closes what was not opened"),
        (r"$\frac{1}$", "something is missing"),
        ("$x^$", "something is missing"),
        (r"$\left( x$", "something is missing"),
        ("$" + "{" * 13 + "x" + "}" * 13 + "$", "nested too deeply"),
        ("$" + "x+" * 200 + "x$", "at most 300"),
        ("$" + r"\sqrt " * 49 + "x$", "something is missing"),
    ],
)
def test_what_cannot_be_read_stays_and_is_told(typed, why):
    (piece,) = read(typed)
    assert why in piece.trouble
    assert "<math" not in prose(typed)
    assert formulas.hint(typed).startswith("The formula $")


def test_twenty_a_text():
    said = read("$x$ " * 25)
    assert sum(bool(piece.mathml) for piece in said) == formulas.MOST_FORMULAS
    assert "20 formulas" in formulas.hint("$x$ " * 25)


HOSTILE = [
    "$" + "{" * 10_000 + "$",
    "$" * 5000,
    "$x" * 2500,
    ("$" + "^" * 290 + "$") * 16,
    ("$" + r"\sqrt" * 59 + "$") * 16,
    ("$" + r"\left(" * 49 + "$") * 16,
    ("$" + "'" * 299 + "$") * 16,
    ("$" + "x_" * 149 + "x$") * 16,
    ("$" + r"\begin{matrix}" * 20 + "$") * 16,
    "$" + "\\" * 300 + "$",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_come_back_whole(text):
    assert "".join(piece.typed for piece in read(text)) == text
    assert "<script" not in prose(text)


def test_script_in_words_of_a_formula_is_words():
    said = mathml(r"\text{<script>alert(1)</script> &#x3c;b&#x3e;}")
    assert "<script" not in said
    assert "<b>" not in said
    ElementTree.fromstring(said)


SCRAPS = st.sampled_from(
    [*sorted(formulas.KNOWN), r"\href", r"\def", r"\style", r"\color", "{", "}", "^", "_", "&", "'",
     "[", "]", "(", ")", "|", "<", ">", '"', "&#60;", "x", "7", "1,000", " ", "=", "ک", "٣", "√",
     "{matrix}", "{cases}", "{x}", "#", "~", "\x00", "\u202e"]
)  # fmt: skip


@given(st.lists(SCRAPS, max_size=40).map("".join) | st.text(max_size=80))
def test_only_known_elements_ever_come_out(tex):
    for typed in (f"${tex}$", f"$${tex}$$"):
        said = read(typed)
        assert "".join(piece.typed for piece in said) == typed
        for piece in said:
            if piece.mathml:
                tree = ElementTree.fromstring(piece.mathml)
                for element in tree.iter():
                    assert element.tag in ELEMENTS
                    allowed = ATTRIBUTES.get(element.tag, {"dir", "display"})
                    assert set(element.attrib) <= allowed


@given(st.text(max_size=200))
def test_running_text_is_never_lost(text):
    assert "".join(piece.typed for piece in read(text)) == text


@pytest.mark.parametrize("command", sorted(formulas.KNOWN - {r"\begin", r"\end", r"\right"}))
def test_every_known_command_can_be_read(command):
    around = ["{0}", "{0} x", "{0}{{x}}", "{0}{{x}}{{y}}", "a{0}b", r"\sum{0}_1^2", "{0}(x\\right)"]
    said = [read("$" + form.format(command) + "$")[0] for form in around]
    assert any(piece.mathml for piece in said)


def test_the_filters_are_there_for_templates():
    said = Template("{{ text|prose }} {{ text|formulas }}").render(Context({"text": "$x$"}))
    assert said.count("<math") == 2
