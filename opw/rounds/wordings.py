"""What letters can say in a round's own words: their kinds, their placeholders, and what is wrong with a text."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from string import Template

from django.db import models

from opw.mail.compose import paragraphs_of, split_paragraphs


class Kind(models.TextChoices):
    """The letters, and the drafts of replies, that a round can say in words of its own.

    The portal's own words for each are templates/letters/KIND.txt.
    """

    RESULT_ACCEPTED = "result_accepted", "Result: accepted"
    RESULT_WAITING = "result_waiting", "Result: on the waiting list"
    RESULT_NOT_ACCEPTED = "result_not_accepted", "Result: not accepted"
    RESULT_NOT_CONSIDERED = "result_not_considered", "Result: not considered"
    APPLICATION_SUBMITTED = "application_submitted", "Receipt of an application"
    REMINDER = "reminder", "Reminder: not submitted yet"
    REMINDER_CONTRIBUTION = "reminder_contribution", "Reminder: no contribution yet"
    REPLY_CONTRIBUTED = "reply_contributed", "Reply: she contributed"
    REPLY_NEEDS_WORK = "reply_needs_work", "Reply: what she contributed needs work"
    REPLY_NOT_LINKED = "reply_not_linked", "Reply: she began, and recorded no link"
    REPLY_WRONG_PROJECT = "reply_wrong_project", "Reply: she contributed to another project"
    REPLY_NOTHING_YET = "reply_nothing_yet", "Reply: she did not contribute yet"
    REPLY_NOT_APPLIED = "reply_not_applied", "Reply: no application is submitted"
    REPLY_COMMITMENTS = "reply_commitments", "Reply: other commitments take her time"
    REPLY_TOOK_PART = "reply_took_part", "Reply: she took part before"
    REPLY_GSOC = "reply_gsoc", "Reply: she applies to Google Summer of Code too"

    @property
    def is_result(self) -> bool:
        return self.startswith("result_")

    @property
    def is_reply(self) -> bool:
        """A draft, or a part of one, that a mentor or coordinator edits and sends as a message."""
        return self.startswith("reply_")

    @property
    def template(self) -> str:
        return f"{self}.txt"


@dataclass(frozen=True)
class Placeholder:
    """A fact that a text names by a dollar sign and a name."""

    name: str
    meaning: str
    example: str
    can_be_missing: bool = False  # then a paragraph that speaks of it is left out

    def __str__(self) -> str:
        return f"${self.name}"


@dataclass(frozen=True)
class Vocabulary:
    """What the letters of one kind have to say, and what else they can."""

    needed: list[Placeholder]
    others: list[Placeholder] = field(default_factory=list)

    @property
    def placeholders(self) -> list[Placeholder]:
        return [*self.needed, *self.others]

    @property
    def examples(self) -> dict[str, str]:
        return {one.name: one.example for one in self.placeholders}


_NAME = Placeholder("name", "the reader's name", "Maya Okafor")
_ROUND = Placeholder("round", "the round's name", "Round 7")
_PROJECT = Placeholder("project", "the title of the project she applied to", "VM snapshots")
_COMMUNITY = Placeholder("community", "the community's name", "Xen")
_LINK = Placeholder("link", "where to go on in the portal; alone in its paragraph it is a button", "https://…/apply/")
_CONTRIBUTED = Placeholder(
    "contributed", "what she contributed, by its titles", "“Fix a typo”, “Test the driver”", can_be_missing=True
)
_UPCOMING = Placeholder("upcoming", "the next round's name", "Round 8", can_be_missing=True)
_UPCOMING_OPENS_AT = Placeholder(
    "upcoming_opens_at", "when it opens, in UTC and her time", "April 1, 19:00 UTC (20:00 in Berlin)", True
)
_DEADLINE = Placeholder("deadline", "her deadline, in UTC and her time", "November 11, 19:00 UTC (20:00 in Berlin)")
_STARTS_ON = Placeholder("starts_on", "the internship's first day", "December 10")
_ANSWER_BY_AT = Placeholder(
    "answer_by_at", "until when she can take her place", "December 2, 19:00 UTC (20:00 in Berlin)"
)
_RESULT = [_NAME, _ROUND, _COMMUNITY, _STARTS_ON, _CONTRIBUTED, _UPCOMING, _UPCOMING_OPENS_AT]

_CONTRIBUTE_BY = Placeholder(
    "contribute_by", "the deadline for contributions, until it has passed", "November 11, 19:00 UTC", True
)
_APPLY_BY = Placeholder("apply_by", "the deadline for applications, until it has passed", "November 9, 19:00 UTC", True)
_ELSEWHERE = Placeholder("elsewhere", "the projects for which she recorded contributions", "“Testing NetBSD”")
_TASK = Placeholder("task", "the starter task that she holds", "Mend the typo in the manual", can_be_missing=True)
_FREE_HOURS = Placeholder("free_hours", "the hours a week that her other commitments leave, on average", "12")
_RECORDED = Placeholder("contributed", "what she recorded for the project, by its titles", "“Fix a typo”, “Test it”")
_REPLY = [_NAME, _ROUND, _COMMUNITY]

VOCABULARY: dict[Kind, Vocabulary] = {
    Kind.RESULT_ACCEPTED: Vocabulary([_PROJECT, _ANSWER_BY_AT, _LINK], _RESULT),
    Kind.RESULT_WAITING: Vocabulary([_PROJECT, _LINK], _RESULT),
    Kind.RESULT_NOT_ACCEPTED: Vocabulary([_PROJECT, _LINK], _RESULT),
    Kind.RESULT_NOT_CONSIDERED: Vocabulary([_PROJECT, _LINK], _RESULT),
    Kind.APPLICATION_SUBMITTED: Vocabulary(
        [
            _PROJECT,
            Placeholder("submitted_at", "when it reached us", "November 10, 08:30 UTC (09:30 in Berlin)"),
            _LINK,
        ],
        [
            _NAME,
            _COMMUNITY,
            Placeholder("closes_at", "when applications close", "November 11, 19:00 UTC (20:00 in Berlin)"),
            Placeholder("announcement_at", "when results are announced", "November 25, 19:00 UTC (20:00 in Berlin)"),
            Placeholder(
                "answers", "what she submitted, in paragraphs of its own", "Why this project? I boot it.", True
            ),
        ],
    ),
    Kind.REMINDER: Vocabulary([_PROJECT, _DEADLINE, _LINK], [_NAME]),
    Kind.REMINDER_CONTRIBUTION: Vocabulary([_PROJECT, _DEADLINE, _LINK], [_NAME]),
    Kind.REPLY_CONTRIBUTED: Vocabulary([_PROJECT], [*_REPLY, _RECORDED]),
    Kind.REPLY_NEEDS_WORK: Vocabulary([_PROJECT], [*_REPLY, _RECORDED, _CONTRIBUTE_BY]),
    Kind.REPLY_NOT_LINKED: Vocabulary([_PROJECT, _LINK], [*_REPLY, _TASK, _CONTRIBUTE_BY]),
    Kind.REPLY_WRONG_PROJECT: Vocabulary([_PROJECT, _ELSEWHERE], [*_REPLY, _LINK, _CONTRIBUTE_BY]),
    Kind.REPLY_NOTHING_YET: Vocabulary([_PROJECT, _LINK], [*_REPLY, _CONTRIBUTE_BY]),
    Kind.REPLY_NOT_APPLIED: Vocabulary([_PROJECT, _LINK], [*_REPLY, _APPLY_BY]),
    Kind.REPLY_COMMITMENTS: Vocabulary([_FREE_HOURS], _REPLY),
    Kind.REPLY_TOOK_PART: Vocabulary([], _REPLY),
    Kind.REPLY_GSOC: Vocabulary([], _REPLY),
}


def portal_words(kind: Kind) -> str:
    """The portal's own words, with its placeholders: what an editor begins with."""
    placeholders = {one.name: str(one) for one in VOCABULARY[kind].placeholders}
    return "\n\n".join(paragraphs_of(kind.template, placeholders))


def mistakes_in(kind: Kind, subject: str, body: str) -> dict[str, list[str]]:
    """What is wrong with a text of this kind, in sentences by field; empty when letters can be made of it."""
    vocabulary = VOCABULARY[kind]
    found = {
        "subject": [*_misspelt(subject, vocabulary), *_may_be_empty(subject, vocabulary, "The subject")],
        "body": [*_misspelt(body, vocabulary), *(_misses(body, vocabulary)), *_has_no_heading(kind, body, vocabulary)],
    }
    return {name: sentences for name, sentences in found.items() if sentences}


def _misspelt(text: str, vocabulary: Vocabulary) -> Iterator[str]:
    for match in Template.pattern.finditer(text):
        if match["invalid"] is not None:
            line = text.count("\n", 0, match.start()) + 1
            yield f"Line {line}: a “$” stands there that begins no placeholder. For a dollar sign write “$$”."
    known = list(vocabulary.examples)
    for name in Template(text).get_identifiers():
        if name not in known:
            close = get_close_matches(name.lower(), known, n=1)
            yield f"There is no ${name} in this letter." + (f" Do you mean ${close[0]}?" if close else "")


def _misses(body: str, vocabulary: Vocabulary) -> Iterator[str]:
    """What it has to say and does not, or only in a paragraph that may be left out."""
    paragraphs = [_names_in(paragraph) for paragraph in split_paragraphs(body)]
    missing = {one.name for one in vocabulary.placeholders if one.can_be_missing}
    for needed in vocabulary.needed:
        with_it = [names for names in paragraphs if needed.name in names]
        if not with_it:
            yield f"It has to say {needed}, {needed.meaning}."
        elif all(names & missing for names in with_it):
            beside = ", ".join(f"${name}" for name in sorted(missing & with_it[0]))
            yield f"It has to say {needed} in a paragraph that is never left out; one with {beside} is, at times."


def _has_no_heading(kind: Kind, body: str, vocabulary: Vocabulary) -> Iterator[str]:
    paragraphs = split_paragraphs(body)
    if kind.is_reply or not paragraphs:
        return
    yield from _may_be_empty(paragraphs[0], vocabulary, "The first paragraph is the heading, and")
    if len(paragraphs) == 1:
        yield "Write a heading, an empty line, and below it what there is to say."


def _may_be_empty(text: str, vocabulary: Vocabulary, what: str) -> Iterator[str]:
    for one in vocabulary.placeholders:
        if one.can_be_missing and one.name in _names_in(text):
            yield f"{what} cannot say {one}, which is missing at times."


def _names_in(text: str) -> set[str]:
    return set(Template(text).get_identifiers())
