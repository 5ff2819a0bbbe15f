"""A phone or computer in two or three words, from what its browser calls itself."""

import re

SYSTEMS = [
    ("KAIOS", "KaiOS"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "Chromebook"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
]
BROWSERS = [
    ("Opera Mini", "Opera Mini"),
    ("OPR/", "Opera"),
    ("UCBrowser", "UC Browser"),
    ("SamsungBrowser", "Samsung"),
    ("EdgA?/", "Edge"),
    ("Firefox|FxiOS", "Firefox"),
    ("Chrome|CriOS", "Chrome"),
    ("Safari", "Safari"),
]


def words(agent: str) -> str:
    """ "Android, Chrome"; names of products, so never translated. "" when nothing is known."""
    agent = agent[:400]
    model = re.search(r"Android [\d.]+; (?!K\)|Mobile|U;)([\w -]{2,16}?)(?: Build|\)|;)", agent)
    found = [model.group(1).strip() if model else _first(SYSTEMS, agent), _first(BROWSERS, agent)]
    return ", ".join(word for word in found if word)[:40]


def _first(table: list[tuple[str, str]], agent: str) -> str:
    return next((word for pattern, word in table if re.search(pattern, agent)), "")
