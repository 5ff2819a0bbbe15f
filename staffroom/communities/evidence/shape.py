"""What a record of the shelf holds."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from staffroom.communities.levers.shape import Text

METHODS: dict[str, Text] = {
    "experiment": _("Experiment with a comparison group"),
    "case": _("Case study"),
    "qualitative": _("Qualitative study"),
    "review": _("Review of other studies"),
    "comparison": _("Comparison of existing groups"),
    "proposal": _("A proposed model"),
    "description": _("Description and argument, without comparison group"),
}


@dataclass(frozen=True)
class Study:
    """One study. Empty means: the documents do not tell.

    `citation` is as they give it; `finding` in our words; `source` is the name under which the
    levers' notes cite it.
    """

    key: str
    short: str
    title: str
    citation: str
    year: int | None = None
    setting: Text = ""
    method: str = ""
    sample: Text = ""
    finding: Text = ""
    levers: tuple[str, ...] = ()
    source: str = ""
    address: str = ""
    virtual: bool | None = None

    @property
    def method_name(self) -> Text:
        return METHODS.get(self.method, "")
