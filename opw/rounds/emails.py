"""Letters that belong to a round, and are said in its own words where it has some."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from opw.mail.actions import write_letters
from opw.mail.compose import Addressee, Draft
from opw.rounds.kinds import VOCABULARY, Kind
from opw.rounds.models import Round


def letter_of(
    round: Round, kind: Kind, *, to: Addressee, key: str, useful_until: datetime | None = None, **facts: Any
) -> Draft:
    """A letter of this round, in the portal's own words; its subject names the round."""
    return Draft(
        key=key,
        topic=kind.topic,
        to=to,
        subject=f"{VOCABULARY[kind].subject}, {round}",
        template=kind.template,
        facts={"round": round.name, **facts},
        useful_until=useful_until,
    )


def write_letters_of(round: Round, drafts: Iterable[Draft]) -> None:
    """Put letters of this round into the outbox, in its own words, in the caller's transaction."""
    write_letters(round.letter_texts.worded(drafts))
