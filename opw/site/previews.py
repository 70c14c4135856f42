"""Letters before they are written: about a real applicant of the round, and with what people's data can be like.

A preview composes and writes nothing down. It tells nothing of how a round is decided: every result is tried on the
same applicant.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from applications.models import Application
from mentors.replies import Reply
from opw.accounts.models import User
from opw.mail.compose import Draft, Wording, compose, paragraphs_of
from opw.mail.models import Letter
from opw.rounds.kinds import VOCABULARY, Kind
from opw.rounds.models import Deadlines, Round
from opw.site.letters_to_try import letter_to

APPLICANTS_AT_MOST = 50


@dataclass
class StandIn:
    """A reader who does not exist, far from UTC."""

    name: str
    email: str = "reader@example.org"
    timezone: str = "Pacific/Kiritimati"
    pk: int = 0


@dataclass(frozen=True)
class Preview:
    """A letter, or a piece of a message, as its reader would see it."""

    title: str
    letter: Letter | None = None
    message: str = ""


# What people are called and what they call their work, at its oddest.
ODD: dict[str, dict[str, str]] = {
    "A very long name, and titles of 200 characters": {
        "name": "Maria del Carmen " * 11,
        "project": ("A project whose title does not come to an end " * 5)[:200],
        "community": "The Free and Open Source Association of Everybody Who Mends Things",
        "contributed": f"“{('Mend one more thing, and then ' * 7)[:200]}”",
        "elsewhere": f"“{('Another project without an end ' * 7)[:200]}”",
        "about": f"“{('A project without an end ' * 8)[:200]}”, " * 3,
        "title": ("Mend one more thing, and then " * 7)[:200],
        "comment": "Please say why, and then say it again. " * 50,
        "reason": "There is more to say about this. " * 15,
        "because": "There is more to say about this. " * 15,
    },
    "Writing from right to left, and emoji": {
        "name": "נועה בן־דוד 🦊",
        "project": "اختبار التثبيت 👩‍💻",
        "contributed": "“תיקון קטן 🇰🇪”",
        "elsewhere": "“דף חדש”",
        "about": "“اختبار التثبيت 👩‍💻”",
        "title": "תיקון קטן 🇰🇪",
        "comment": "شكرا جزيلا 🌻",
        "task": "משימה ראשונה",
    },
    "HTML and placeholders in names and titles": {
        "name": "<b>Eve</b> $link",
        "project": "<script>alert(1)</script> ${name} {{ name }} & $$",
        "contributed": "“<img src=x onerror=alert(1)>”",
        "elsewhere": "“[x](javascript:alert(1))”",
        "about": "“<i>x</i> $link”",
        "title": "<img src=x onerror=alert(1)>",
        "comment": "<script>alert(1)</script> $reason",
        "reason": "</p><h1>No</h1> {{ link }}",
        "because": "<b>Because</b> $because",
        "task": "</pre><h1>Task</h1>",
        "answers": "<textarea>",
    },
}
MISSING = "Nobody contributed, no round is planned, and what may be over is over"


def applicants_to_try(round: Round, by: User) -> list[Application]:
    """Submitted applications that this coordinator may see, to try a letter on."""
    seen = Application.objects.seen_by_reviewers(by).of_round(round).with_listing()
    return list(seen.order_by("applicant__name", "pk")[:APPLICANTS_AT_MOST])


def previews_of(
    kind: Kind, wording: Wording | None, application: Application | None, *, by: User, at: datetime
) -> list[Preview]:
    """What this kind of letter says of an applicant, and of odd data; without a wording, in the portal's own words."""
    title = f"{application.applicant}, {application.listing.project}" if application else "An example"
    if kind.is_reply:
        facts = VOCABULARY[kind].examples | (_known_of(application, kind, by, at) if application else {})
        said = {title: facts} | {words: facts | odd for words, odd in _odd(kind).items()}
        pieces = {words: paragraphs_of(kind.template, one, wording) for words, one in said.items()}
        return [Preview(words, message="\n\n".join(paragraphs)) for words, paragraphs in pieces.items()]
    draft = replace(letter_to(application, kind, by=by, at=at) if application else _example_of(kind), wording=wording)
    drafts = {title: draft} | {words: _with(draft, odd) for words, odd in _odd(kind).items()}
    return [Preview(words, letter=compose(one)) for words, one in drafts.items()]


def _odd(kind: Kind) -> dict[str, dict[str, str]]:
    """The odd data that letters of this kind can hold."""
    known = VOCABULARY[kind].placeholders
    missing = {one.name: "" for one in known if one.can_be_missing}
    odd = {words: {one.name: facts[one.name] for one in known if one.name in facts} for words, facts in ODD.items()}
    return odd | ({MISSING: missing} if missing else {})


def _known_of(application: Application, kind: Kind, by: User, at: datetime) -> dict[str, str]:
    """What is so of a real applicant; the rest of a text is tried with examples."""
    deadlines = Deadlines(application.round)
    values = Reply(application.applicant, application.listing, deadlines, by=by, at=at).values_for(kind)
    return {name: value for name, value in values.items() if value}


def _with(draft: Draft, odd: dict[str, str]) -> Draft:
    reader = StandIn(odd.get("name", "Maya Okafor"))
    return replace(draft, to=reader, facts=draft.facts | odd)


def _example_of(kind: Kind) -> Draft:
    """A letter of examples, for a round in which nobody has applied yet."""
    facts: dict[str, Any] = dict(VOCABULARY[kind].examples)
    name = facts.get("name", "Maya Okafor")
    return Draft("", kind.topic, StandIn(name), VOCABULARY[kind].subject, kind.template, facts)
