"""What a round's own words for a letter can be, and what is wrong with a text."""

from collections.abc import Iterator
from difflib import get_close_matches
from string import Template

from opw.mail.compose import paragraphs_of, split_paragraphs
from opw.rounds.kinds import VOCABULARY, Kind, Vocabulary


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
