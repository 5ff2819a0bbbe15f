"""MathML as it may stand on a page: known elements, known attributes, nothing that is not needed."""

import re
import unicodedata
from xml.etree.ElementTree import Element

from django.utils.html import escape

#: Element -> how many children it must have; None: any number.
ELEMENTS: dict[str, int | None] = {
    "math": None, "mrow": None, "mi": 0, "mn": 0, "mo": 0, "mtext": 0, "mspace": 0,
    "mfrac": 2, "msqrt": None, "mroot": 2, "msub": 2, "msup": 2, "msubsup": 3, "munder": 2,
    "mover": 2, "munderover": 3, "mtable": None, "mtr": None, "mtd": None, "mstyle": None,
}  # fmt: skip
ATTRIBUTES: dict[str, frozenset[str]] = {
    "mrow": frozenset({"class"}),  # ours alone: the converter has none
    "mi": frozenset({"mathvariant"}),
    "mo": frozenset({"stretchy", "fence", "form", "minsize", "maxsize"}),
    "mfrac": frozenset({"linethickness"}),
    "mspace": frozenset({"width"}),
    "mover": frozenset({"accent"}),
    "mstyle": frozenset({"displaystyle", "scriptlevel"}),
}
_VALUE = re.compile(r"[a-z0-9.+-]{1,12}")
_UNDER = {"lim", "max", "min"}
_OPERAND = {"mi", "mn", "msup", "mfrac", "msqrt", "mrow", "msub"}
#: Bars and brackets of the converter that do not stretch -> those that do.
_STRETCHING = {"\xaf": "\u203e", "~": "\u223c"}
#: A line over or under several letters: drawn by style, since few phones have a sign that stretches.
_LINES = {"mover": "over", "munder": "under"}


class NotMathML(Exception):
    """An element that is not known, too few children, too deep."""


def lean(element: Element, deepest: int) -> Element:
    """A clean copy: what the tree may not hold raises `NotMathML`."""
    if deepest < 0 or element.tag not in ELEMENTS:
        raise NotMathML
    children = _joined([lean(child, deepest - 1) for child in element])
    text = _STRETCHING.get(element.text or "", element.text or "")
    tag = _tag(element.tag, text, children)
    wanted = ELEMENTS[tag]
    if (wanted is not None and len(children) != wanted) or text.startswith("\\"):
        raise NotMathML
    if tag == "mrow" and len(children) == 1:
        return children[0]
    if tag in _LINES and children[1].text == "\u2015":
        return _lined(children[0], _LINES[tag])
    made = Element(tag, _attributes(element, tag, children))
    made.text = text
    made.extend(children)
    return made


def _lined(child: Element, name: str) -> Element:
    made = Element("mrow", {"class": name})
    made.append(child)
    return made


def written(math: Element, *, block: bool) -> str:
    """The tree as text. Always left to right, in every language."""
    if math.tag != "math" or not len(math):
        raise NotMathML
    inner = "".join(_written(child) for child in _inside(math))
    marks = ' dir="ltr" display="block"' if block else ' dir="ltr"'
    return f"<math{marks}>{inner}</math>"


def _inside(math: Element) -> list[Element]:
    children = list(math)
    if len(children) == 1 and children[0].tag == "mrow" and not children[0].attrib:
        return list(children[0])
    return children


def _written(element: Element) -> str:
    marks = "".join(f' {name}="{escape(value)}"' for name, value in element.attrib.items())
    inner = escape(element.text or "") + "".join(_written(child) for child in element)
    return f"<{element.tag}{marks}>{inner}</{element.tag}>"


def _tag(tag: str, text: str, children: list[Element]) -> str:
    # Signs typed as such (×, ≤, √) are operators, with an operator's room around them.
    if tag == "mi" and len(text) == 1 and unicodedata.category(text) == "Sm" and text != "∞":
        return "mo"
    # What x goes to stands under the limit, also within a line.
    if tag == "msub" and children and children[0].text in _UNDER:
        return "munder"
    return tag


def _attributes(element: Element, tag: str, children: list[Element]) -> dict[str, str]:
    allowed = ATTRIBUTES.get(tag, frozenset())
    kept = {
        name: value
        for name, value in element.attrib.items()
        if name in allowed and _VALUE.fullmatch(value)
    }
    if tag == "mover" and children[1].text == "\u203e":
        children[1].set("stretchy", "true")
        kept["accent"] = "true"
    return kept


def _joined(children: list[Element]) -> list[Element]:
    """`1,000` is one number; after `sin` comes a little room."""
    made: list[Element] = []
    for child in children:
        if _is_thousands(made, child):
            made.pop()
            made[-1].text = f"{made[-1].text},{child.text}"
            continue
        if made and made[-1].tag == "mi" and len(made[-1].text or "") > 1 and child.tag in _OPERAND:
            made.append(Element("mspace", {"width": ".17em"}))
        made.append(child)
    return made


def _is_thousands(before: list[Element], child: Element) -> bool:
    return (
        child.tag == "mn"
        and bool(re.fullmatch(r"\d{3}(?:\.\d+)?", child.text or ""))
        and len(before) > 1
        and (before[-1].tag, before[-1].text) == ("mo", ",")
        and before[-2].tag == "mn"
        and bool(re.fullmatch(r"\d{1,3}(?:,\d{3})*", before[-2].text or ""))
    )
