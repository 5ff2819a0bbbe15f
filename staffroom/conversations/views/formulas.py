"""How to type formulas, by examples."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from staffroom.communities.access import inside
from staffroom.conversations.views.inside import InsideRequest

EXAMPLES = [
    (_("A fraction"), r"$\frac{3}{4}$"),
    (_("A power"), r"$x^2 + 10^{-3}$"),
    (_("An index"), r"$a_1 + a_{12}$"),
    (_("A root"), r"$\sqrt{16} + \sqrt[3]{8}$"),
    (_("Times, divided by"), r"$3 \times 4 \div 2$"),
    (_("Less, more, not equal"), r"$x \le 5 < y \ne 7$"),
    (_("An angle"), r"$\angle ABC = 60^\circ$"),
    (_("Greek letters"), r"$C = 2 \pi r$"),
    (_("Words and units"), r"$v = 20 \text{ km/h}$"),
    (_("High brackets"), r"$\left( \frac{a}{b} \right)^2$"),
    (_("A line or an arrow above"), r"$\overline{AB} \perp \vec{v}$"),
    (_("A reaction"), r"$2H_2 + O_2 \rightarrow 2H_2O$"),
    (_("On a line of its own"), r"$$\sum_{i=1}^{n} i = \frac{n(n+1)}{2}$$"),
    (_("A table of numbers"), r"$\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}$"),
]


@require_safe
@inside
def help(request: InsideRequest, **rest: Any) -> HttpResponse:
    """What to type, and what it looks like."""
    context = {
        "community": request.community,
        "tab": "communities",
        "examples": EXAMPLES,
        "back": reverse("stream", args=[request.community.pk]),
    }
    return render(request, "conversations/formulas.html", context)
