"""Rounds: the schedule, the phases it gives, the communities that take part and the slots they fund."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, OuterRef, Q
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone

from opw.accounts.models import User
from opw.communities.models import Community
from opw.mail.compose import Draft, Wording
from opw.overtaking import in_words
from opw.rounds.kinds import Kind
from opw.rounds.wordings import mistakes_in, portal_words

# A round's schedule, in its order.
MOMENTS = [
    "published_at",
    "applications_open_at",
    "applications_close_at",
    "contributions_close_at",
    "selection_closes_at",
    "announcement_at",
    "offers_answered_by_at",
]
DAYS = ["internship_starts_on", "internship_ends_on", "answers_purged_on"]


class Phase(models.TextChoices):
    """Where a round stands. For display, and for what coordinators and mentors do; deadlines are asked one by one."""

    PLANNED = "planned", "planned"
    OPEN = "open", "open for applications"
    SELECTION = "selection", "selection"
    ANNOUNCED = "announced", "announced"
    INTERNSHIP = "internship", "internship"
    FINISHED = "finished", "finished"


class Deadline(models.TextChoices):
    """The moments that an extension can move."""

    APPLICATIONS = "applications_close_at", "applications close"
    CONTRIBUTIONS = "contributions_close_at", "contributions close"


# In UTC, as all deadlines; TruncDate would need a timezone object, which migrations cannot write down.
_LAST_DAY_FOR_OFFERS = Func(
    F("offers_answered_by_at"), template="(%(expressions)s AT TIME ZONE 'UTC')::date", output_field=models.DateField()
)


class RoundQuerySet(models.QuerySet["Round"]):
    def published(self, now: datetime) -> Self:
        return self.filter(published_at__lte=now)

    def after(self, round: "Round") -> "Round | None":
        """The round that comes next, published or not."""
        return self.filter(published_at__gt=round.published_at).order_by("published_at").first()

    def current(self, now: datetime) -> "Round | None":
        """The newest published round; the one that pages without a round in their address speak of.

        It comes with its extensions in force: every page shows a deadline.
        """
        extension = JSONObject(**{name: name for name in ["deadline", "community_id", "person_id", "until_at"]})
        in_force = Extension.objects.in_force().filter(round=OuterRef("pk")).values(json=extension)
        return self.published(now).annotate(in_force=ArraySubquery(in_force)).order_by("-published_at").first()


class Round(models.Model):
    """One run of the program. Its order of moments and days is held by the database."""

    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    published_at = models.DateTimeField("published")
    applications_open_at = models.DateTimeField("applications open")
    applications_close_at = models.DateTimeField("applications close")
    contributions_close_at = models.DateTimeField("contributions close")
    selection_closes_at = models.DateTimeField("selection closes")
    announcement_at = models.DateTimeField("announcement")
    offers_answered_by_at = models.DateTimeField("offers answered by")
    internship_starts_on = models.DateField("internship starts")
    internship_ends_on = models.DateField("internship ends")
    answers_purged_on = models.DateField("initial applications' answers deleted")
    seal_needs_approval = models.BooleanField("a second program coordinator approves the sealed results", default=False)
    released_at = models.DateTimeField("results released", null=True, editable=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at"]
        constraints = [
            models.CheckConstraint(
                name="round_moments_in_order",
                condition=Q(published_at__lte=F("applications_open_at"))
                & Q(applications_open_at__lt=F("applications_close_at"))
                & Q(applications_close_at__lte=F("contributions_close_at"))
                & Q(contributions_close_at__lte=F("selection_closes_at"))
                & Q(selection_closes_at__lt=F("announcement_at"))
                & Q(announcement_at__lt=F("offers_answered_by_at")),
                violation_error_message="The schedule must be in order: published, applications open, applications "
                "close, contributions close, selection closes, announcement, offers answered.",
            ),
            models.CheckConstraint(
                name="round_internship_after_offers",
                condition=Q(internship_starts_on__gte=_LAST_DAY_FOR_OFFERS)
                & Q(internship_ends_on__gt=F("internship_starts_on")),
                violation_error_message="The internship starts after the day for offers, and ends after it starts.",
            ),
            models.CheckConstraint(
                name="round_answers_purged_after_internship",
                condition=Q(answers_purged_on__gt=F("internship_ends_on")),
                violation_error_message="The answers are deleted after the internship has ended.",
            ),
            models.CheckConstraint(
                name="round_released_not_before_announcement",
                condition=Q(released_at__isnull=True) | Q(released_at__gte=F("announcement_at")),
                violation_error_message="The results of this round are released; its announcement stays where it was.",
            ),
            ExclusionConstraint(
                name="rounds_do_not_overlap",
                expressions=[
                    (
                        Func(
                            F("published_at"),
                            F("announcement_at"),
                            RangeBoundary(),
                            function="TSTZRANGE",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    )
                ],
                violation_error_message="Another round runs between these dates.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("rounds:detail", args=[self.slug])

    @property
    def said(self) -> dict[str, str]:
        """Its schedule, as program coordinators edit it."""
        return in_words(self, ["name", *MOMENTS, *DAYS, "seal_needs_approval"])

    def phase(self, now: datetime) -> Phase:
        """Where the round stands; nothing is announced before the release, however late that comes."""
        if now < self.applications_open_at:
            return Phase.PLANNED
        if now < self.contributions_close_at:
            return Phase.OPEN
        if self.released_at is None:
            return Phase.SELECTION
        today = now.astimezone(UTC).date()
        if today < self.internship_starts_on:
            return Phase.ANNOUNCED
        if today <= self.internship_ends_on:
            return Phase.INTERNSHIP
        return Phase.FINISHED

    @property
    def is_released(self) -> bool:
        return self.released_at is not None


class Participation(models.Model):
    """A community in a round."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="participations")
    community = models.ForeignKey(Community, models.PROTECT, related_name="participations")

    class Meta:
        ordering = ["community__name"]
        constraints = [models.UniqueConstraint(fields=["round", "community"], name="one_participation_per_round")]

    def __str__(self) -> str:
        return f"{self.community} in {self.round}"


class Slot(models.Model):
    """One funded place. A row each, so that the database can see that no place is given twice."""

    participation = models.ForeignKey(Participation, models.CASCADE, related_name="slots")
    sponsor = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"a slot of {self.participation}"


class ExtensionQuerySet(models.QuerySet["Extension"]):
    def in_force(self) -> Self:
        return self.filter(revoked_at__isnull=True)


class Extension(models.Model):
    """More time: for a round, a community or one person. Never past the close of selection."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="extensions")
    community = models.ForeignKey(Community, models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    deadline = models.CharField(max_length=30, choices=Deadline)
    until_at = models.DateTimeField()
    reason = models.CharField(max_length=500)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True)

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        ordering = ["-granted_at"]

    def __str__(self) -> str:
        return f"{self.get_deadline_display()} until {self.until_at:%Y-%m-%d %H:%M} UTC"

    @classmethod
    def from_json(cls, until_at: str, **facts: Any) -> Self:
        return cls(until_at=datetime.fromisoformat(until_at), **facts)


class LetterTextQuerySet(models.QuerySet["LetterText"]):
    def wordings(self) -> dict[str, Wording]:
        """The words by kind of letter, without those that no longer fit: what changed here must never stop a letter."""
        fitting = [text for text in self if text.kind in Kind.values and not text.mistakes]
        return {text.kind: Wording(text.subject, text.body) for text in fitting}

    def worded(self, drafts: Iterable[Draft]) -> list[Draft]:
        """These letters of the round, each in its own words where it has some; they are read once."""
        wordings = self.wordings()
        return [replace(draft, wording=wordings.get(draft.kind)) for draft in drafts]


class LetterText(models.Model):
    """A round's own words for one kind of letter; without them the portal's own are said."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="letter_texts")
    kind = models.CharField(max_length=30, choices=Kind)
    subject = models.CharField(max_length=150, blank=True)
    body = models.TextField(
        "text", max_length=5000, help_text="Plain text. An empty line begins a paragraph; the first one is the heading."
    )
    changed_at = models.DateTimeField(default=timezone.now)

    objects = LetterTextQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["round", "kind"], name="one_text_per_kind_of_letter")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.round}"

    @classmethod
    def said_in(cls, round: Round, kind: Kind) -> "LetterText":
        """The round's own text, or one that holds the portal's words and is not saved."""
        return round.letter_texts.filter(kind=kind).first() or cls(round=round, kind=kind, body=portal_words(kind))

    @property
    def said(self) -> dict[str, str]:
        return in_words(self, ["subject", "body"])

    @property
    def mistakes(self) -> dict[str, list[str]]:
        return mistakes_in(Kind(self.kind), self.subject, self.body)

    def clean(self) -> None:
        """Refuse a text of which no letter could be made."""
        if self.mistakes:
            raise ValidationError(dict(self.mistakes))


class Deadlines:
    """A round's deadlines with its extensions in force, read once for many people."""

    def __init__(self, round: Round) -> None:
        self.round = round
        known: list[dict[str, Any]] | None = vars(round).get("in_force")  # see Round.objects.current
        self._extensions = (
            list(round.extensions.in_force()) if known is None else [Extension.from_json(**one) for one in known]
        )

    def of(self, kind: Deadline, community: Community | None = None, person: User | None = None) -> datetime:
        """The latest of the schedule and the extensions that reach this community and person; see deadline_for."""
        theirs = (None, community.pk if community else None)
        return self._latest(kind, person, (one for one in self._extensions if one.community_id in theirs))

    def anywhere(self, kind: Deadline, person: User) -> datetime:
        """The latest that this person has in any community: what she writes for the round as a whole goes by it."""
        return self._latest(kind, person, self._extensions)

    def is_ahead(self, kind: Deadline, now: datetime, *, person: str, community: str = "") -> Q:
        """Condition on a row that has a person and a community in these fields: what ``of`` says lies ahead.

        Without a community, what ``anywhere`` says.
        """
        everything, nothing = ~Q(pk=None), Q(pk=None)
        if now >= self.round.selection_closes_at:
            return nothing
        if now < getattr(self.round, kind):
            return everything
        found = nothing
        for one in self._extensions:
            if one.deadline == kind and now < one.until_at:
                reached = Q((person, one.person_id)) if one.person_id else everything
                found |= reached & (Q((community, one.community_id)) if one.community_id and community else everything)
        return found

    def _latest(self, kind: Deadline, person: User | None, extensions: Iterable[Extension]) -> datetime:
        scheduled: datetime = getattr(self.round, kind)
        hers = (None, person.pk if person else None)
        reaching = [one.until_at for one in extensions if one.deadline == kind and one.person_id in hers]
        return min(max([scheduled, *reaching]), self.round.selection_closes_at)


def deadline_for(
    kind: Deadline, round: Round, community: Community | None = None, person: User | None = None
) -> datetime:
    """The moment before which a deed is on time for this person in this community.

    The latest of the schedule and the extensions in force, and never past the close of selection.
    """
    return Deadlines(round).of(kind, community, person)
