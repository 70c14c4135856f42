"""What happens to a round: its schedule, the communities that take part, and more time."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from opw.accounts.models import User
from opw.audit.models import record
from opw.communities.models import Community
from opw.errors import Refused
from opw.overtaking import check_seen
from opw.rounds.kinds import Kind
from opw.rounds.models import DAYS, MOMENTS, Deadline, Extension, LetterText, Participation, Round, Slot
from opw.rounds.wordings import portal_words


def schedule_of(round: Round) -> dict[str, str | bool]:
    """A round's schedule as the audit trail keeps it, and whether its seal needs an approval."""
    schedule = {name: getattr(round, name).isoformat() for name in [*MOMENTS, *DAYS]}
    return schedule | {"seal_needs_approval": round.seal_needs_approval}


@transaction.atomic
def create_round(*, round: Round, by: User) -> Round:
    """Add a round as filled in, with the letters' texts of the last one.

    Its order and its place among the others are the database's to check.

    Raises Refused when one of this name, address or time was planned meanwhile.
    """
    last = Round.objects.order_by("-published_at").first()
    try:
        with transaction.atomic():
            round.save()
    except IntegrityError:
        raise Refused("Another round of this name, address or time has been planned meanwhile.") from None
    texts = last.letter_texts.all() if last else []
    LetterText.objects.bulk_create(
        LetterText(round=round, kind=text.kind, subject=text.subject, body=text.body) for text in texts
    )
    record("round_created", round, by=by, round=round, after=schedule_of(round))
    return round


@transaction.atomic
def reschedule(*, round: Round, by: User, seen: str = "", **changes: Any) -> None:
    """Change a round's name or schedule.

    Raises Refused once the results are released: what was announced has happened; Overtaken when the schedule is not
    the one that was seen.
    """
    stored = Round.objects.select_for_update().get(pk=round.pk)
    check_seen(seen, stored)
    if stored.is_released:
        raise Refused("The results of this round are released; its schedule stays as it was.")
    before = schedule_of(stored)
    for name, value in changes.items():
        setattr(stored, name, value)
    stored.full_clean()
    stored.save()
    record("round_rescheduled", stored, by=by, round=stored, before=before, after=schedule_of(stored))


@transaction.atomic
def take_part(*, round: Round, community: Community, slots: int, by: User) -> Participation:
    """Let a community take part in a round with this many funded slots; more slots can be added later.

    Raises Refused when it does already, and once the results are out.
    """
    if round.is_released:
        raise Refused(f"The results of {round} are out; nobody else takes part any more.")
    participation, created = Participation.objects.get_or_create(round=round, community=community)
    if not created:
        raise Refused(f"{community} already takes part in {round}.")
    Slot.objects.bulk_create([Slot(participation=participation) for _ in range(slots)])
    record("participation_added", participation, by=by, round=round, after={"slots": slots})
    return participation


@transaction.atomic
def extend(
    *,
    round: Round,
    deadline: Deadline,
    until_at: datetime,
    reason: str,
    by: User,
    community: Community | None = None,
    person: User | None = None,
) -> Extension:
    """Give a round, a community or one person more time for one deadline.

    Raises Refused when it would reach past the close of selection, or be no more time than everybody has.
    """
    if until_at > round.selection_closes_at:
        raise Refused("More time can be given until the close of selection, not past it.")
    if until_at <= getattr(round, deadline):
        raise Refused("That is no more time than the schedule gives to everybody.")
    extension = Extension.objects.create(
        round=round,
        community=community,
        person=person,
        deadline=deadline,
        until_at=until_at,
        reason=reason,
        granted_by=by,
    )
    record("extension_granted", extension, by=by, after={"deadline": deadline, "until_at": until_at.isoformat()})
    return extension


@transaction.atomic
def revoke_extension(*, extension: Extension, at: datetime, by: User) -> None:
    """Take an extension back; what was submitted under it stays.

    Raises Refused for one that was taken back before.
    """
    extension = Extension.objects.select_for_update(of=["self"]).get(pk=extension.pk)
    if extension.revoked_at:
        raise Refused("This extension was taken back before.")
    extension.revoked_at = at
    extension.save(update_fields=["revoked_at"])
    record("extension_revoked", extension, by=by)


@transaction.atomic
def word_letter(*, round: Round, kind: Kind, subject: str = "", body: str, by: User, seen: str = "") -> LetterText:
    """Say a kind of letter in a round's own words from now on.

    Raises Refused for the portal's own words, and for a result once the results are released: its letters are written;
    Overtaken when the words are not those that were seen.
    """
    _check_still_written(round, kind)
    check_seen(seen, LetterText.said_in(round, kind))
    if not subject and body == portal_words(kind):
        raise Refused("These are the portal's own words. They are said unless you change them.")
    words = {"subject": subject, "body": body, "changed_at": timezone.now()}
    text, _ = LetterText.objects.update_or_create(round=round, kind=kind, defaults=words)
    record("letter_worded", text, by=by, round=round, after={"kind": kind})
    return text


@transaction.atomic
def unword_letter(*, round: Round, kind: Kind, by: User, seen: str = "") -> None:
    """Say a kind of letter in the portal's own words again. Twice is once.

    Raises Refused for a result once the results are released, and for words that are not those that were seen.
    """
    _check_still_written(round, kind)
    text = LetterText.objects.filter(round=round, kind=kind).first()
    if text is not None:
        check_seen(seen, text)
        record("letter_unworded", text, by=by, round=round, before={"kind": kind})
        text.delete()


def _check_still_written(round: Round, kind: Kind) -> None:
    stored = Round.objects.select_for_update().get(pk=round.pk)  # in line with the release
    if kind.is_result and stored.is_released:
        raise Refused("The results of this round are out, and their letters are written.")
