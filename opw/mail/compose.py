"""Turning facts into a letter: one plain text and one HTML part of the same words."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from string import Template
from typing import Any, Protocol

from django.conf import settings
from django.core import signing
from django.template.loader import render_to_string
from django.urls import reverse

from opw.mail.models import Letter, Topic
from opw.text import one_line
from opw.times import in_words

UNSUBSCRIBE_SALT = "opw.mail.unsubscribe"


class Addressee(Protocol):
    """Whom a letter is for; in practice an accounts.User."""

    pk: Any
    email: str
    name: str
    timezone: str


@dataclass(frozen=True)
class Wording:
    """What people wrote to be said instead of the portal's own words, with placeholders for facts (string.Template).

    A paragraph that speaks of something that is not there is left out; without a subject the portal's own stands.
    """

    subject: str
    body: str


@dataclass(frozen=True)
class Draft:
    """A letter that is not in the outbox yet.

    ``key`` makes it one and the same letter however often it is written. ``template`` is a file under
    ``templates/letters/``, said unless there is a ``wording``: its first paragraph is the heading. Facts that are text
    lose their line breaks, those that are lists are paragraphs, and moments are said in UTC and in the reader's own
    time.
    """

    key: str
    topic: Topic
    to: Addressee
    subject: str
    template: str
    facts: dict[str, Any] = field(default_factory=dict)
    wording: Wording | None = None
    is_secret: bool = False
    useful_until: datetime | None = None
    about_id: int | None = None  # whom it names, when that is not its reader

    @property
    def kind(self) -> str:
        return self.template.removesuffix(".txt")


def compose(draft: Draft) -> Letter:
    """The letter as its reader will see it, not yet saved."""
    facts = {name: _as_text(value, draft.to.timezone) for name, value in draft.facts.items()}
    context = facts | {"name": one_line(draft.to.name), "site_url": settings.SITE_URL}
    heading, *paragraphs = paragraphs_of(draft.template, context, draft.wording)
    own = draft.wording and Template(draft.wording.subject).substitute(context)
    letter = letter_of(
        key=draft.key,
        topic=draft.topic,
        recipient_id=draft.to.pk,
        to=draft.to.email,
        subject=own or draft.subject,
        heading=heading,
        paragraphs=paragraphs,
        is_secret=draft.is_secret,
        useful_until=draft.useful_until,
    )
    letter.about_id = draft.about_id
    return letter


def paragraphs_of(template: str, facts: dict[str, Any], wording: Wording | None = None) -> list[str]:
    """The paragraphs that a template, or a wording instead of it, makes of facts that are text already."""
    if wording is None:
        return _paragraphs(render_to_string(f"letters/{template}", facts))
    written = [Template(paragraph) for paragraph in split_paragraphs(wording.body)]
    said = [one.substitute(facts) for one in written if all(facts[name] for name in one.get_identifiers())]
    return _paragraphs("\n\n".join(said))


def split_paragraphs(text: str) -> list[str]:
    """What stands between empty lines."""
    return [block for block in re.split(r"\n\s*\n", text) if block.strip()]


def letter_of(
    *,
    key: str,
    topic: Topic,
    recipient_id: int | None,
    to: str,
    subject: str,
    heading: str,
    paragraphs: list[str],
    is_secret: bool = False,
    useful_until: datetime | None = None,
) -> Letter:
    """A letter of these words, framed as text and as HTML."""
    frame = {
        "heading": heading,
        "paragraphs": paragraphs,
        "site_url": settings.SITE_URL,
        "unsubscribe_url": unsubscribe_url(recipient_id, topic) if recipient_id and topic.may_opt_out else None,
    }
    return Letter(
        key=key,
        topic=topic,
        recipient_id=recipient_id,
        to=to,
        subject=one_line(subject)[:200],
        text=render_to_string("letters/_letter.txt", frame).rstrip() + "\n",  # text, no longer marked as safe HTML
        html=render_to_string("letters/_letter.html", frame),
        is_secret=is_secret,
        useful_until=useful_until,
    )


def absolute(path: str) -> str:
    """The address of a page as a letter says it."""
    return f"{settings.SITE_URL}{path}"


def unsubscribe_url(recipient_id: int, topic: Topic) -> str:
    """Where this person ends the letters of this topic with one click, without signing in (RFC 8058)."""
    token = signing.dumps([recipient_id, topic], salt=UNSUBSCRIBE_SALT)
    return absolute(reverse("mail:unsubscribe", args=[token]))


def _as_text(value: Any, timezone: str) -> Any:
    if isinstance(value, datetime):
        return in_words(value, timezone)
    if isinstance(value, list):
        return "\n\n".join(one_line(paragraph) for paragraph in value)
    return one_line(value) if isinstance(value, str) else value


def _paragraphs(text: str) -> list[str]:
    return [" ".join(block.split()) for block in split_paragraphs(text)]
