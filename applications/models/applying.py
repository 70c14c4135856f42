"""What applicants say of themselves, and what they apply for."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from applications.conditions import check_conditions, lines_of
from opw.accounts.models import User
from opw.communities.models import Community, coordinated_by
from opw.overtaking import in_words
from opw.rounds.models import Round
from projects.models import Listing, mentored_by


class Question(models.Model):
    """One question of a round: its initial application or its applications. Data, so that every round asks its own."""

    class Form(models.TextChoices):
        INITIAL = "initial", "initial application"
        APPLICATION = "application", "application"

    class Kind(models.TextChoices):
        YES_NO = "yes_no", "yes or no"
        CHOICE = "choice", "one of several"
        NUMBER = "number", "number"
        DATE = "date", "date"
        SHORT = "short", "a line of text"
        TEXT = "text", "text"
        COMMITMENTS = "commitments", "commitments with dates and hours"

    round = models.ForeignKey(Round, models.CASCADE, related_name="questions")
    form = models.CharField(max_length=12, choices=Form)
    key = models.SlugField(max_length=40)
    label = models.CharField(max_length=200)
    help_text = models.CharField(max_length=500, blank=True)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.TEXT)
    section = models.CharField(max_length=60, blank=True, help_text="Questions of one section stand on one page.")
    options = models.TextField(blank=True, max_length=2000, help_text="For one of several: the answers, one a line.")
    is_required = models.BooleanField("required", default=True)
    words_at_most = models.PositiveIntegerField(null=True, blank=True)
    ineligible_if = models.TextField(
        "not eligible if", blank=True, max_length=500, help_text="Answers, one a line: no · below 20 · after 2013-12-10"
    )
    ineligible_because = models.CharField("because", max_length=300, blank=True, help_text="Told at once as it stands.")
    whom_to_ask = models.CharField(max_length=200, blank=True, help_text="Who helps with this: a name and an address.")
    in_doubt_if = models.TextField(
        "in doubt if", blank=True, max_length=500, help_text="Answers that a program coordinator should read herself."
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["round", "form", "key"], name="one_question_per_key")]

    def __str__(self) -> str:
        return self.label

    @property
    def said(self) -> dict[str, str]:
        names = ["label", "help_text", "section", "kind", "options", "is_required", "words_at_most", "ineligible_if"]
        return in_words(self, [*names, "ineligible_because", "whom_to_ask", "in_doubt_if"])

    def clean(self) -> None:
        """Refuse a choice of nothing, and conditions that no answer to it can meet."""
        if self.kind == self.Kind.CHOICE and len(self.choices) < 2:
            raise ValidationError({"options": "Give at least two answers to choose from, one a line."})
        if self.kind == self.Kind.COMMITMENTS and self.form != self.Form.INITIAL:
            raise ValidationError({"kind": "Commitments are asked for in the initial application alone."})
        for name in ("ineligible_if", "in_doubt_if"):
            try:
                check_conditions(getattr(self, name), exact=self.choices, compares=_COMPARED.get(self.kind))
            except ValidationError as error:
                raise ValidationError({name: error.messages}) from error
        if self.ineligible_if and not self.ineligible_because:
            raise ValidationError({"ineligible_because": "Say why: it is the first thing that she will ask."})

    @property
    def choices(self) -> list[str]:
        """The answers that can be chosen, where there is a choice."""
        if self.kind == self.Kind.YES_NO:
            return ["yes", "no"]
        return lines_of(self.options) if self.kind == self.Kind.CHOICE else []


_COMPARED: dict[str, type] = {Question.Kind.NUMBER: float, Question.Kind.DATE: date}


class Written(models.Model):
    """What counts and what is being typed, kept apart: a draft never changes what was submitted."""

    answers = models.JSONField(default=dict)
    draft = models.JSONField(default=dict)
    draft_version = models.PositiveIntegerField(default=0, help_text="Grows with every save; a stale one is not saved.")
    draft_saved_at = models.DateTimeField(null=True)
    draft_page = models.CharField(max_length=40, blank=True, help_text="The opened page it was saved from.")
    created_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def has_unsubmitted_changes(self) -> bool:
        return bool(self.draft) and self.draft != self.answers

    def is_same_draft(self, answers: dict[str, Any]) -> bool:
        return bool(self.draft == answers)


class InitialApplicationQuerySet(models.QuerySet["InitialApplication"]):
    def read_by(self, user: User) -> Self:
        """Those whose answers a program coordinator reads: never her own, nor of somebody she stepped back from."""
        return self.filter(not_hidden_from(user)) if user.is_staff else self.none()

    def eligible(self) -> Self:
        return self.filter(status=InitialApplication.Status.ELIGIBLE)

    def doubted(self) -> Self:
        """Those that a coordinator has to decide about, and those about which one has decided."""
        return self.filter(Q(is_in_doubt=True) | Q(decided_at__isnull=False))


class InitialApplication(Written):
    """What an applicant says of herself, once a round. Its answers are hers and the program coordinators'."""

    class Status(models.TextChoices):
        DRAFT = "draft", "draft"
        SUBMITTED = "submitted", "submitted"
        ELIGIBLE = "eligible", "eligible"
        INELIGIBLE = "ineligible", "not eligible"

    applicant = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    is_in_doubt = models.BooleanField(default=False)
    free_hours = models.PositiveSmallIntegerField(
        null=True, help_text="A week, in the internship. With the status all that mentors see of it."
    )
    # What a program coordinator decided of one in doubt; her reason is told to the applicant.
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=1000, blank=True)
    purged_at = models.DateTimeField(null=True, help_text="When the answers were deleted, after the round.")

    objects = InitialApplicationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["applicant", "round"], name="one_initial_application_per_round"),
            models.CheckConstraint(
                name="initial_application_submitted_when",
                condition=Q(status="draft", submitted_at__isnull=True)
                | ~Q(status="draft") & Q(submitted_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.applicant}, {self.round}"

    @property
    def is_submitted(self) -> bool:
        return self.status != self.Status.DRAFT

    @property
    def publishes_name(self) -> bool:
        """Whether she agreed to be named on the public page of interns."""
        return bool(self.answers.get("publish_name") == "yes")


class Recusal(models.Model):
    """A mentor or coordinator steps back from one applicant, and from then on sees nothing of her."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    applicant = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    recused_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "applicant"], name="one_recusal_per_applicant"),
            models.CheckConstraint(name="nobody_is_recused_from_herself", condition=~Q(person=models.F("applicant"))),
        ]

    def __str__(self) -> str:
        return f"{self.person} stepped back from {self.applicant}"


def not_hidden_from(user: User) -> Q:
    """Condition on a row with an applicant: not herself, and nobody from whom she stepped back."""
    stepped_back = Recusal.objects.filter(person=user).values("applicant")
    return ~Q(applicant=user) & ~Q(applicant__in=stepped_back)


def by_mentors_and_coordinators(user: User) -> Q:
    """Condition on a row with an applicant and a listing: whether it is on this mentor's or coordinator's table."""
    coordinates = Q(listing__participation__community__in=coordinated_by(user))
    return coordinates | Q(listing__project__in=mentored_by(user))


def without_own_interest(user: User) -> Q:
    """Condition on such a row: she has not stepped back from the applicant, and does not apply in the round herself."""
    return not_hidden_from(user) & ~Q(listing__participation__round__in=rounds_applied_in(user))


def rounds_applied_in(user: User) -> list[int] | models.QuerySet[Any, int]:
    """The numbers of the rounds with a live application of hers; who reads a page comes with them."""
    if user.roles:
        return user.roles["applies_in"]
    hers = Application.objects.of(user).live().order_by()
    return hers.values_list("listing__participation__round", flat=True)


def on_the_table_of(user: User) -> Q:
    """Condition on such a row: she deals with it as a mentor or coordinator; the program's, with all."""
    seen = without_own_interest(user)
    return seen if user.is_staff else seen & by_mentors_and_coordinators(user)


def hers_or_on_the_table_of(user: User) -> Q:
    """Condition on such a row: it is her own, or she deals with it as a mentor or coordinator."""
    return Q(applicant=user) | on_the_table_of(user)


class ApplicationQuerySet(models.QuerySet["Application"]):
    def of(self, applicant: User) -> Self:
        return self.filter(applicant=applicant)

    def live(self) -> Self:
        """Neither withdrawn, nor to a project that was."""
        return self.filter(~Q(status=Application.Status.WITHDRAWN), listing__withdrawn_at=None)

    def submitted(self) -> Self:
        return self.filter(status=Application.Status.SUBMITTED)

    def of_round(self, round: Round | None) -> Self:
        return self.filter(listing__participation__round=round)

    def visible_to(self, user: User) -> Self:
        """Her own; and the submitted ones that she may see as a mentor or coordinator."""
        return self.filter(Q(applicant=user) | Q(pk__in=Application.objects.seen_by_reviewers(user).values("pk")))

    def on_the_table_of(self, user: User) -> Self:
        """Those handed in at some time, withdrawn since or not, that this mentor or coordinator deals with."""
        return self.filter(~Q(status=Application.Status.DRAFT), on_the_table_of(user))

    def seen_by_reviewers(self, user: User) -> Self:
        """The submitted ones that she may see as a mentor or coordinator; never her own."""
        return self.filter(on_the_table_of(user), status=Application.Status.SUBMITTED)

    def with_listing(self) -> Self:
        return self.select_related(
            "applicant", "listing__project__community", "listing__participation__round",
            "listing__participation__community", "offer",
        )  # fmt: skip


class Application(Written):
    """An applicant's application to one listing."""

    class Status(models.TextChoices):
        DRAFT = "draft", "draft"
        SUBMITTED = "submitted", "submitted"
        WITHDRAWN = "withdrawn", "withdrawn"

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", "accepted"
        WAITING = "waiting", "on the waiting list"
        NOT_ACCEPTED = "not_accepted", "not accepted"
        NOT_CONSIDERED = "not_considered", "not considered"

    applicant = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    listing = models.ForeignKey(Listing, models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    rank = models.PositiveSmallIntegerField(default=1, help_text="The applicant's own order; mentors never see it.")
    withdrawn_at = models.DateTimeField(null=True)
    # Written down by the release of the round, and by nothing else.
    outcome = models.CharField(max_length=15, choices=Outcome, blank=True, editable=False)
    moved_to = models.OneToOneField("self", models.SET_NULL, null=True, editable=False, related_name="+")
    _history_user: User | None  # who signs the next kept revision
    history = HistoricalRecords(
        excluded_fields=["draft", "draft_version", "draft_saved_at", "draft_page", "rank", "moved_to"]
    )

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["rank", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["applicant", "listing"], name="one_application_per_listing"),
            models.UniqueConstraint(
                fields=["applicant", "rank"],
                name="one_application_per_rank",
                deferrable=models.Deferrable.DEFERRED,  # two change places
            ),
            models.CheckConstraint(
                name="application_submitted_when",
                condition=~Q(status="submitted") | Q(submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="application_withdrawn_when",
                condition=Q(status="withdrawn", withdrawn_at__isnull=False)
                | ~Q(status="withdrawn") & Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(name="drafts_have_no_outcome", condition=~Q(status="draft") | Q(outcome="")),
        ]
        indexes = [models.Index(fields=["listing", "status"], name="application_listing_status")]

    def __str__(self) -> str:
        return f"{self.applicant} for {self.listing.project}"

    @property
    def round(self) -> Round:
        return self.listing.round

    @property
    def community(self) -> Community:
        return self.listing.community

    @property
    def is_live(self) -> bool:
        """What ``live`` asks of the database."""
        return self.status != self.Status.WITHDRAWN and self.listing.is_live

    @property
    def is_closed(self) -> bool:
        """Whether it leads nowhere because its project was withdrawn, and not because she withdrew it before."""
        closed_at = self.listing.withdrawn_at
        return closed_at is not None and (self.status != self.Status.WITHDRAWN or self.withdrawn_at == closed_at)

    def recused(self, user: User) -> bool:
        """Whether this person stepped back from the applicant."""
        return Recusal.objects.filter(person=user, applicant=self.applicant_id).exists()
