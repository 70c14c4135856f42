"""The way in: a file or a pasted text, and what it says."""

import re
from collections import Counter
from dataclasses import replace

from projects.wiki.clean import clean_text, text_of
from projects.wiki.data import read_json
from projects.wiki.document import is_document, read_document
from projects.wiki.ideas import Draft, understood
from projects.wiki.page import NotAnIdeasPage, WikiIdea, WikiPage
from projects.wiki.rendered import read_rendered
from projects.wiki.source import read_source
from projects.wiki.stretches import stretches

_IS_JSON = re.compile(r"\s*\{\s*[\"}]")
_NO_IDEAS = (
    "No project idea was found: the text has neither a line that begins with “Date of insert:” "
    "nor a template “{{GSoC Project |…}}” or “{{project |…}}”. "
    "Save the page's text as the browser shows it, or its source, and try again."
)


def read_page(text: str | bytes) -> WikiPage:
    """The ideas of a wiki page, from its rendered text or its MediaWiki source, or of an export in any format.

    Nothing is lost: every word is in a field of an idea, in one of its doubts, or in the page's unplaced text.
    Raises NotAnIdeasPage when there is no idea in the text.
    """
    plain = text_of(text)
    if _IS_JSON.match(plain):
        return read_json(plain)
    if is_document(plain):
        return read_document(plain)
    drafts: list[Draft] = []
    unplaced: list[str] = []
    around = ""  # the text since the last template that is an idea
    for stretch in stretches(clean_text(plain)):
        draft = read_source(stretch, around) if stretch.is_template else None
        if draft:
            _read_around(around, drafts, unplaced)
            drafts.append(draft)
        around = "" if draft else around + stretch.text
    _read_around(around, drafts, unplaced)
    if not drafts:
        raise NotAnIdeasPage(_NO_IDEAS)
    return WikiPage(_told_apart([understood(draft, place) for place, draft in enumerate(drafts, 1)]), tuple(unplaced))


def _read_around(text: str, drafts: list[Draft], unplaced: list[str]) -> None:
    found, rest = read_rendered(text)
    drafts += found
    unplaced += rest


def _told_apart(ideas: list[WikiIdea]) -> tuple[WikiIdea, ...]:
    """The ideas, with a doubt on each whose title is not its own."""
    titles = Counter(idea.title.casefold() for idea in ideas)
    doubt = "Another idea on the page has the same title."
    return tuple(
        replace(idea, doubtful=(*idea.doubtful, doubt)) if titles[idea.title.casefold()] > 1 else idea for idea in ideas
    )
