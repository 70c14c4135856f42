"""Two who edit the same thing at once: the second is told, reads both texts, and neither is lost."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.urls import reverse

from opw.rounds.kinds import Kind
from opw.rounds.models import LetterText
from tests import make
from tests.applications.test_asking import typed as question_typed
from tests.communities.test_editing import form as community_typed
from tests.rounds.test_rescheduling import as_typed as schedule_typed
from tests.together import browser_of, posting, together

SAYS = "This was changed while you were writing"


@dataclass(frozen=True)
class Edited:
    """Something that two coordinators edit: its page, its form with these words in it, and what is kept of them."""

    address: str
    typed: Callable[[str], dict[str, Any]]
    kept: Callable[[], str]

    def opened(self, words: str) -> dict[str, Any]:
        """The form of a page that is opened now, with these words typed into it."""
        page = browser_of(make.program_coordinator()).get(self.address)
        return self.typed(words) | {"seen": page.context["form"]["seen"].value()}

    def sent(self, form: dict[str, Any]) -> Any:
        return browser_of(make.program_coordinator()).post(self.address, form)


def letter() -> Edited:
    round = make.round()
    return Edited(
        reverse("site:letter_text", args=[round.slug, Kind.REMINDER]),
        lambda words: {"subject": "", "body": f"{words}\n\n$project until $deadline: $link"},
        lambda: LetterText.said_in(round, Kind.REMINDER).body.splitlines()[0],
    )


def schedule() -> Edited:
    round = make.round()
    return Edited(
        reverse("coordinate:schedule", args=[round.slug]),
        lambda words: schedule_typed(round) | {"name": words, "confirm": "yes"},
        lambda: type(round).objects.get().name,
    )


def question() -> Edited:
    asked = make.round().questions.get(key="why")
    return Edited(
        reverse("coordinate:edit_question", args=[asked.pk]),
        lambda words: question_typed(label=words, kind=asked.kind),
        lambda: type(asked).objects.get(pk=asked.pk).label,
    )


def community() -> Edited:
    edited = make.community()
    return Edited(
        reverse("communities:edit", args=[edited.slug]),
        lambda words: community_typed(name=edited.name, summary=words),
        lambda: type(edited).objects.get().summary,
    )


EVERYTHING = pytest.mark.parametrize("edited", [letter, schedule, question, community])


@EVERYTHING
@pytest.mark.django_db
def test_who_saves_second_reads_both_texts_and_saves_again_knowingly(edited):
    thing = edited()
    hers, his = thing.opened("Her words"), thing.opened("Their words")

    first, second = thing.sent(hers), thing.sent(his)
    kept = thing.kept()
    again = thing.sent(his | {"seen": second.context["form"]["seen"].value()})

    assert (first.status_code, kept) == (302, "Her words")
    assert SAYS in second.text
    assert [words in second.text for words in ("<del>Her ", "<ins>Their ")] == [True, True]
    assert (again.status_code, thing.kept()) == (302, "Their words")


@EVERYTHING
@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_is_kept_and_the_other_comes_back(edited):
    thing = edited()
    texts = ["Her words", "Their words"]
    forms = [thing.opened(words) for words in texts]
    browsers = [browser_of(make.program_coordinator()) for _ in texts]

    pages = together(*(posting(browser, thing.address, form) for browser, form in zip(browsers, forms, strict=True)))

    told = [SAYS in page.text for page in pages]
    assert sorted(told) == [False, True]
    assert thing.kept() == texts[told.index(False)]


@EVERYTHING
@pytest.mark.django_db
def test_who_opens_it_after_the_other_saved_is_told_nothing(edited):
    thing = edited()
    thing.sent(thing.opened("Her words"))

    page = thing.sent(thing.opened("Their words"))

    assert (page.status_code, thing.kept()) == (302, "Their words")


@pytest.mark.django_db
def test_the_lists_of_a_community_are_compared_too():
    thing = community()
    channel = {"name": "A list", "url": "https://lists.example.org", "purpose": "", "ORDER": "1"}
    hers = thing.opened("Same")
    thing.sent(thing.typed("Same") | community_typed(channels=[channel], name=hers["name"], summary="Same"))

    page = thing.sent(hers)

    assert SAYS in page.text
    assert "A list · https://lists.example.org" in page.text


@pytest.mark.django_db
def test_words_that_somebody_else_has_just_saved_are_not_thrown_away():
    thing = letter()
    thing.sent(thing.opened("Old"))
    seen = thing.opened("")["seen"]
    thing.sent(thing.opened("New"))

    page = browser_of(make.program_coordinator()).post(
        reverse("site:unword_letter", args=[LetterText.objects.get().round.slug, Kind.REMINDER]),
        {"seen": seen},
        follow=True,
    )

    assert thing.kept() == "New"
    assert "nothing is thrown away" in page.text
