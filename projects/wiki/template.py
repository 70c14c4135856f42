"""A page as MediaWiki source: a template each, as communities keep their ideas, to be read back as the same ideas.

A section is written in the wiki's markup; one that would not be read back as what it shows stands in a box.
"""

from collections.abc import Iterator

from projects.wiki.markup import boxed, plain, wikitext
from projects.wiki.page import WikiIdea, WikiMentor, WikiPage, WikiPoint
from projects.wiki.sameness import show_the_same
from projects.wiki.source import read_section

_SECTIONS = {
    "Desc": "description", "Outcomes": "outcomes", "Steps": "steps", "Skills": "skills",
    "System requirements": "system_requirements", "References": "references", "Channels": "channels",
}  # fmt: skip


def as_wikitext(page: WikiPage) -> str:
    """The page as its source."""
    return "\n".join(_template("GSoC Project", dict(_fields(idea))) for idea in page.ideas)


def _fields(idea: WikiIdea) -> Iterator[tuple[str, str]]:
    """The template's fields; those that say nothing are left out by it."""
    yield "Project", plain(idea.title)
    yield "Anchor", plain(idea.anchor)
    yield "Slug", plain(idea.slug)
    yield "Date", idea.inserted_on.isoformat() if idea.inserted_on else ""
    yield "Verified", idea.verified_on.isoformat() if idea.verified_on else ""
    yield "GSoC", {True: "Yes", False: "No", None: ""}[idea.gsoc]
    yield "Mentor", "\n".join(_mentor(mentor) for mentor in idea.mentors)
    yield "Difficulty", " to ".join(dict.fromkeys(idea.difficulty or ())).capitalize()
    yield "Required tags", plain(", ".join(idea.required_skills))
    yield "Preferred tags", plain(", ".join(idea.preferred_skills))
    yield "Summary", plain(idea.summary)
    for name, section in _SECTIONS.items():
        yield name, _section(getattr(idea, section))
    yield "Review", "\n".join(_comments(idea))


def _template(name: str, fields: dict[str, str]) -> str:
    lines = [f"|{field}={_below(text)}" for field, text in fields.items() if text]
    return "\n".join([f"{{{{{name}", *lines, "}}", ""])


def _below(text: str) -> str:
    """The text of a field; one of several lines begins on a line of its own, as lists must."""
    return f"\n{text}" if "\n" in text or text[0] in "*#:;=" else text


def _mentor(mentor: WikiMentor) -> str:
    fields = {"name": mentor.name, "email": mentor.email, "remark": mentor.remark}
    return "{{Mentor" + "".join(f"|{name}={plain(text)}" for name, text in fields.items() if text) + "}}"


def _comments(idea: WikiIdea) -> Iterator[str]:
    for point in idea.points:
        yield f"* {_comment(point)}"
        yield from (f"** {_comment(reply)}" for reply in point.replies)


def _comment(point: WikiPoint) -> str:
    resolved = point.resolved
    fields = {
        "by": plain(point.author),
        "at": point.at.isoformat() if point.at else "",
        "on": point.section,
        "resolved at": resolved.at.isoformat() if resolved else "",
        "resolved by": plain(resolved.by) if resolved else "",
        "because": plain(resolved.because) if resolved else "",
    }
    body = wikitext(point.body)
    text = body if read_section(body).split() == point.body.split() else boxed(point.body)
    return "{{Comment" + "".join(f"|{name}={said}" for name, said in fields.items() if said) + f"|1=\n{text}\n}}}}"


def _section(markdown: str) -> str:
    written = wikitext(markdown)
    return written if show_the_same(read_section(written), markdown) else boxed(markdown)
