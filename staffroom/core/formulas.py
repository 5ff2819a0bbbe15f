r"""Formulas in running text: `$\frac{1}{2}$` is shown as MathML, `$5 and $10` stays money.

What a formula may hold is a list of known commands; the MathML that comes out is walked, and only
known elements and attributes go on. What cannot be read stays as it was typed.
"""

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from xml.etree.ElementTree import Element

from django.utils.html import escape
from django.utils.translation import gettext as _
from latex2mathml.converter import convert_to_element

from staffroom.core.mathml import lean, written

MOST_CHARACTERS = 300
MOST_FORMULAS = 20
DEEPEST = 12
#: So many signs are wider than a phone; so many may be where letters are large.
WIDE, LONG = 22, 10

#: Everything that may follow a backslash; docs/reference/formulas.md shows it by subject.
COMMANDS: dict[str, str] = {
    "fractions and roots": r"\frac \dfrac \tfrac \cfrac \binom \sqrt",
    "arithmetic": r"\times \div \cdot \pm \mp \ast \star \circ \bullet \oplus \otimes \%",
    "relations": (
        r"\le \leq \ge \geq \ne \neq \lt \gt \ll \gg \approx \equiv \sim \simeq \cong \propto "
        r"\parallel \perp \mid \nmid \leqslant \geqslant"
    ),
    "greek": (
        r"\alpha \beta \gamma \delta \epsilon \varepsilon \zeta \eta \theta \vartheta \iota \kappa "
        r"\lambda \mu \nu \xi \pi \varpi \rho \varrho \sigma \varsigma \tau \upsilon \phi \varphi "
        r"\chi \psi \omega \Gamma \Delta \Theta \Lambda \Xi \Pi \Sigma \Upsilon \Phi \Psi \Omega"
    ),
    "sums and limits": r"\sum \prod \int \iint \oint \lim \max \min \limits \infty \partial \nabla \to",
    "functions": (
        r"\sin \cos \tan \cot \sec \csc \arcsin \arccos \arctan \sinh \cosh \tanh \log \ln \lg "
        r"\exp \deg \det \gcd \bmod \pmod"
    ),
    "arrows": (
        r"\leftarrow \rightarrow \leftrightarrow \Leftarrow \Rightarrow \Leftrightarrow \uparrow "
        r"\downarrow \mapsto \longrightarrow \longleftarrow \iff \implies \rightleftharpoons"
    ),
    "sets and logic": (
        r"\in \notin \ni \subset \subseteq \supset \supseteq \cup \cap \setminus \emptyset "
        r"\varnothing \forall \exists \neg \land \lor \wedge \vee \therefore \because"
    ),
    "geometry": r"\angle \measuredangle \triangle \square \degree \prime \ell",
    "above and below": (
        r"\overline \underline \vec \hat \bar \dot \ddot \tilde \widehat \overrightarrow "
        r"\overleftarrow \overbrace \underbrace \overset \underset"
    ),
    "brackets": r"\left \right \{ \} \lbrace \rbrace \langle \rangle \lfloor \rfloor \lceil \rceil \vert \Vert \|",
    "letters and text": r"\text \mathrm \mathbf \mathbb \mathit \mathcal \operatorname",
    "spaces and dots": r"\, \; \: \! \quad \qquad \dots \ldots \cdots \vdots \ddots \displaystyle",
    "tables": r"\begin \end \\",
}  # fmt: skip
TABLES = frozenset({"matrix", "pmatrix", "bmatrix", "vmatrix", "cases"})
KNOWN = frozenset(word for words in COMMANDS.values() for word in words.split()) | {"\\ "}

_COMMAND = re.compile(r"\\(?:[A-Za-z]+|.)", re.S)
_TABLE = re.compile(r"\\(?:begin|end)\s*\{([^}]*)\}")
_LETTERED = re.compile(r"\\(?:text|mathrm|operatorname)\s*\{[^}]*\}|\\[A-Za-z]+")
_WORD = re.compile(r"(?<!\w)(?:[^\W\d_]{3,}|(?:or|to|of|is|at|in|na|ya|wa|au)(?!\w))")
_TAG = re.compile(r"<[^>]*>")
_BARE_PERCENT = re.compile(r"(?<!\\)%")


@dataclass(frozen=True)
class Piece:
    """Running text, or one formula: its `mathml`, or why it could not be read (`trouble`)."""

    typed: str
    mathml: str = ""
    trouble: str = ""
    block: bool = False


class Unreadable(Exception):
    """Why, as a sentence's end."""


def pieces(text: str) -> Iterator[Piece]:
    """The text in order, its formulas apart; joined, what was typed is the text again."""
    done = 0
    for count, (start, end, dollars) in enumerate(_found(text), start=1):
        if start > done:
            yield Piece(text[done:start])
        yield _piece(text[start:end], dollars, count)
        done = end
    if done < len(text):
        yield Piece(text[done:])


def troubles(text: str) -> list[Piece]:
    """The formulas of the text that would be shown as typed."""
    return [piece for piece in pieces(text) if piece.trouble]


def hint(text: str) -> str:
    """What an author hears before sending; empty when every formula can be read."""
    return " ".join(
        _("The formula %(formula)s could not be read: %(why)s.")
        % {"formula": piece.typed[:60], "why": piece.trouble}
        for piece in troubles(text)[:3]
    )


def _piece(typed: str, dollars: int, count: int) -> Piece:
    tex, block = typed[dollars:-dollars], dollars == 2
    try:
        if count > MOST_FORMULAS:
            raise Unreadable(_("one text can have %(n)s formulas") % {"n": MOST_FORMULAS})
        _check(tex)
        mathml = _mathml(tex, block)
    except Unreadable as why:
        return Piece(typed, trouble=str(why), block=block)
    if not mathml:
        return Piece(typed, trouble=_("something is missing in it"), block=block)
    return Piece(typed, mathml=mathml, block=block)


# ---- where formulas stand


def _found(text: str) -> Iterator[tuple[int, int, int]]:
    """Where each formula begins and ends, and how many dollar signs enclose it."""
    at = text.find("$")
    while at >= 0:
        dollars = 2 if text.startswith("$$", at) else 1
        end = _end(text, at, dollars)
        if end:
            yield at, end, dollars
        at = text.find("$", end or at + dollars)


def _end(text: str, at: int, dollars: int) -> int:
    """Behind the formula that opens at `at`; 0 when it is money or anything else."""
    first = at + dollars
    before, after = text[at - 1 : at] if at else "", text[first : first + 1]
    if not after or after.isspace() or before == "\\" or (dollars == 1 and before.isalnum()):
        return 0
    limit = first + 4 * MOST_CHARACTERS  # further away none is looked for
    stop = text.find("\n\n" if dollars == 2 else "\n", first, limit)
    limit = stop if stop >= 0 else limit
    close = _close(text, first, limit, dollars)
    if close <= first or _is_money(text[first:close]):
        return 0
    return close + dollars


def _close(text: str, first: int, limit: int, dollars: int) -> int:
    mark = "$" * dollars
    close = text.find(mark, first, limit)
    while close >= 0:
        last, next = text[close - 1], text[close + dollars : close + dollars + 1]
        if last != "\\":
            good = not last.isspace() and not (next.isascii() and next.isdigit()) and close > first
            # One that cannot close could only open another: then the first was not opened.
            return close if good or dollars == 2 else -1
        close = text.find(mark, close + 1, limit)
    return -1


def _is_money(tex: str) -> bool:
    """`$5 (not 6$`: an amount with words after it, not the words of a formula."""
    return tex[:1].isdigit() and bool(_WORD.search(_LETTERED.sub("", tex)))


# ---- what they hold


def _check(tex: str) -> None:
    if len(tex) > MOST_CHARACTERS:
        raise Unreadable(_("at most %(n)s characters fit") % {"n": MOST_CHARACTERS})
    for command in _COMMAND.findall(tex):
        if command not in KNOWN:
            raise Unreadable(_("%(command)s is not a command we know") % {"command": command})
    for name in _TABLE.findall(tex):
        if name not in TABLES:
            raise Unreadable(_("%(command)s is not a command we know") % {"command": name})
    _check_braces(_COMMAND.sub("", tex))


def _check_braces(tex: str) -> None:
    depth = 0
    for char in tex:
        depth += (char == "{") - (char == "}")
        if depth < 0:
            raise Unreadable(_("a bracket } closes what was not opened"))
        if depth > DEEPEST:
            raise Unreadable(_("it is nested too deeply"))
    if depth:
        raise Unreadable(_("a bracket { is not closed"))


@lru_cache(maxsize=4096)
def _mathml(tex: str, block: bool) -> str:
    """The formula as MathML; empty when it makes no sense."""
    try:
        # A percent sign would begin a comment, which nobody here means.
        tree = convert_to_element(
            _BARE_PERCENT.sub(r"\\%", tex), display="block" if block else "inline"
        )
        _decode(tree)
        return written(lean(tree, DEEPEST * 4), block=block)
    except Exception:
        # Its reader answers nonsense with many kinds of errors; whatever it is, the words stay.
        return ""


def _decode(tree: Element) -> None:
    """The characters themselves in place of the numbers by which the converter names them."""
    for element in tree.iter():
        text = html.unescape(element.text or "").strip("\n")
        element.text = "".join(
            char for char in text if char == "\xa0" or unicodedata.category(char)[0] != "C"
        )


# ---- how they are shown


def shown(piece: Piece, *, inside_link: bool = False) -> str:
    """One formula as HTML. Browsers without MathML show what was typed (style.css tells them)."""
    if not piece.mathml:
        return escape(piece.typed)
    html = f'{piece.mathml}<span class="tex" dir="ltr">{escape(piece.typed)}</span>'
    signs = len(_TAG.sub("", piece.mathml))
    if piece.block or signs > WIDE:
        focus = "" if inside_link else ' tabindex="0"'  # it moves within its own box
        return f'<span class="across"{focus}>{html}</span>'
    return f'<span class="long">{html}</span>' if signs > LONG else html
