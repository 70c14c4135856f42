"""What words for an applicant should perhaps not say: the name of another applicant, or a rating.

A slip is asked about before anything is sent, so one too many costs a second look and one too few a person's secret.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from applications.models import Application, Contribution, Message
from opw.accounts.models import User
from projects.models import Listing

# Words that are names as well. Alone they say nothing; beside the rest of somebody's name they do.
_WORDS_TOO = """
    al all an and ann are art as at be ben bill bin brown by can chase dan dawn day de dean dee del der des die do don
    drew el ella else en faith field for frank free glen go grace grant green guy he hope if in is it jean joy king la
    las le lee little long los mark may max me mike my new nick no of old on or page pat price ray rich rob rock rose
    sandy see sky so star stone sue summer sun the to up us van von way we west white will win wood you young
"""
# Scripts that put no spaces between words: a name is looked for anywhere in what is written.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u11ff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0002ffff]")
_WORD = re.compile(r"\w+")
_RATING = re.compile(
    r"\b(?:(?:re|un)?rated|ratings?|scor(?:e|es|ed|ing)|rank(?:s|ed|ing|ings)|strictness)\b"
    r"|\b(?:i rate|rate (?:you|your|her))\b"
    r"|\b[1-5]\s?(?:out of|of)\s?(?:5|five)\b|\b(?:one|two|three|four|five) (?:out of|of) five\b"
    r"|(?<![\w/.\-])[1-5]\s?[/\u2044]\s?5(?![\w/]|[.\-]\d)|\b[1-5] stars?\b|\u2605+"
)
# "[PATCH v2 4/5]", "part 4 of 5": the place of a patch in its series.
_OF_A_SERIES = re.compile(
    r"\[[^\[\]]*\b(?:patch|rfc|v\d+)\b[^\[\]]*\]"
    r"|\b(?:patch|patches|part|commit|step|chapter|v\d+)\s+\d+\s?(?:/|of|out of)\s?\w+"
)


@dataclass(frozen=True)
class Slip:
    """Something found in a text: a person's name, or words that speak of a rating."""

    is_name: bool
    words: str

    def __str__(self) -> str:
        if self.is_name:
            return f"It names another applicant: {self.words}."
        return f"It speaks of a rating: “{self.words}”."


def slips_in(text: str, *, others: Iterable[User], known: Iterable[User] = ()) -> list[Slip]:
    """What a text says of ``others``, by name or address, and of ratings; each once.

    A name that somebody in ``known``, who takes part in the talk, bears as well says nothing.
    """
    plain = _plain(text)
    taking_part = [_words(_plain(person.name)) for person in known]
    distinctive = {*_words(plain)}.difference(_WORDS_TOO.split(), *taking_part)
    joined = f" {' '.join(_words(plain))} "
    found = []
    for person in others:
        name = _words(_plain(person.name))
        named = name not in taking_part and _has_name(name, plain, joined, distinctive)
        if named or _has_address(person, plain):
            found.append(Slip(True, str(person)))
    found += [Slip(False, match.group().strip()) for match in _RATING.finditer(_OF_A_SERIES.sub(" ", plain))]
    return list(dict.fromkeys(found))


def talk_with(applicant: User, listing: Listing, writer: User) -> dict[str, QuerySet[User]]:
    """Whose names tell a secret in what this person writes to an applicant, and who takes part in the talk.

    The others are the round's applicants of whom the writer sees something: she is warned of nobody else's name.
    """
    seen: list[QuerySet[Any]] = [
        Application.objects.on_the_table_of(writer).of_round(listing.round),
        Contribution.objects.visible_to(writer).filter(round=listing.round),
        Message.objects.visible_to(writer).of_round(listing.round),
    ]
    first, *rest = [rows.order_by().values("applicant") for rows in seen]
    mentors = listing.project.mentorships.confirmed().filter(user__isnull=False).values("user")
    taking_part = User.objects.filter(Q(pk__in=[applicant.pk, writer.pk]) | Q(pk__in=mentors))
    return {
        "others": User.objects.filter(pk__in=first.union(*rest)).exclude(pk__in=taking_part).order_by("name", "pk"),
        "known": taking_part,
    }


def _plain(text: str) -> str:
    """Without accents, case, and the marks that only turn or join what is written."""
    parts = unicodedata.normalize("NFKD", text.casefold().replace("\u0131", "i"))
    return "".join(char for char in parts if unicodedata.category(char) not in ("Mn", "Cf"))


def _words(plain: str) -> list[str]:
    return _WORD.findall(plain)


def _has_address(person: User, plain: str) -> bool:
    address = _plain(person.email)
    return address in plain and bool(re.search(rf"(?<![\w.+-]){re.escape(address)}(?![\w-]|\.\w)", plain))


def _has_name(name: list[str], plain: str, joined: str, distinctive: set[str]) -> bool:
    """Whether a text has the whole name, its first and last word, or a word of it that is distinctive."""
    whole = "".join(name)
    if _UNSPACED.search(whole) and len(whole) > 1 and whole in plain.replace(" ", ""):
        return True
    if len(name) > 1 and (f" {' '.join(name)} " in joined or f" {name[0]} {name[-1]} " in joined):
        return True
    shortest = 2 if len(name) == 1 else 3
    return any(len(word) >= shortest and word in distinctive for word in name)
