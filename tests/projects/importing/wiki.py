"""Invented wiki pages about making tea."""

from projects.actions.importing import ImportedIdea, import_ideas
from projects.wiki import read_page

TEA = {
    "Project": "Boil water",
    "Date": "2013-01-23",
    "Verified": "2013-04-30",
    "GSoC": "Yes",
    "Mentor": "Ada Brew <ada@example.org> - also join the kettle list",
    "Difficulty": "Basic to medium",
    "Skills": "C, and patience.",
    "Desc": "Water boils slowly.",
    "Outcomes": "It boils in a minute.",
    "Steps": "# Measure\n# Mend",
    "References": "http://example.org/kettle",
}
REVIEW = "* Cas 10:05, 11 February 2013 (UTC): Which kettle?\n** Ada Brew 09:00, 13 March 2013 (UTC): The blue one."


def idea(**fields: str) -> str:
    """The source of one idea: every field of it, but for those that are named."""
    said = "\n".join(f"|{name}={text}" for name, text in (TEA | fields).items())
    return f"{{{{GSoC Project\n{said}\n}}}}\n"


def imported(community, *ideas: str, **how) -> list[ImportedIdea]:
    """What the import of a page with these ideas did."""
    return import_ideas(read_page("\n".join(ideas)), community=community, **how)


def imported_one(community, *, reviewed: bool = False, **fields: str) -> ImportedIdea:
    """What the import of a page with a single idea did."""
    found = imported(community, idea(**fields), reviewed=reviewed)[0]
    found.project.refresh_from_db()
    return found
