"""Project ideas, their sections, skills and mentors."""

from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, FilteredRelation, OuterRef, Q, QuerySet, Value
from django.db.models.functions import JSONObject, Replace
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from simple_history.models import HistoricalRecords

from opw.accounts.models import User
from opw.communities.models import Community, coordinated_by
from projects.models.references import Reference
from projects.models.tasks import count_of, free_tasks_of

# The long fields: Markdown, reviewed section by section.
SECTIONS = {
    "description": "Description",
    "outcomes": "Outcomes",
    "steps": "Steps",
    "skills": "Skills",
    "references": "References",
    "system_requirements": "System requirements",
}

# The fields that a row of a list shows; the long ones are most of an idea.
IN_A_ROW = ["slug", "title", "summary", "state", "difficulty_from", "difficulty_to", "also_gsoc"]


class Difficulty(models.IntegerChoices):
    BASIC = 1, "basic"
    MEDIUM = 2, "medium"
    DIFFICULT = 3, "difficult"


class Skill(models.Model):
    """A tag such as "C" or "OCaml"."""

    name = models.CharField(max_length=40, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ProjectQuerySet(models.QuerySet["Project"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Everything but others' drafts and what was withdrawn; coordinators see the withdrawn of their community."""
        public = ~Q(state__in=[Project.State.DRAFT, Project.State.WITHDRAWN])
        if not isinstance(user, User):
            return self.filter(public)
        withdrawn = Q(state=Project.State.WITHDRAWN)
        if not user.is_staff:
            withdrawn &= Q(community__in=coordinated_by(user))
        return self.filter(public | withdrawn | Q(proposed_by=user))

    def unreviewed(self) -> Self:
        return self.filter(state__in=[Project.State.IDEA, Project.State.IN_REVIEW])

    def named_on_the_wiki(self, name: str) -> Self:
        """Those that a wiki page calls so: an anchor has underscores for spaces, and its capitals do not matter."""
        anchor = Replace("import_key", Value(" "), Value("_"))
        named = self.alias(anchor=anchor).filter(anchor__iexact=name.replace(" ", "_"))
        return named.exclude(import_key="").order_by("pk")

    def with_answer_to(self, user: User) -> Self:
        """With why this person's offer to mentor was declined, if it was."""
        hers = FilteredRelation("declined_offers", condition=Q(declined_offers__user=user))
        return self.annotate(her_declined_offer=hers, declined_because=F("her_declined_offer__because"))

    def with_people(self) -> Self:
        """With the mentors and the skills, in a query each."""
        return self.select_related("community").prefetch_related(
            models.Prefetch("mentorships", Mentorship.objects.select_related("user")),
            models.Prefetch("skill_tags", ProjectSkill.objects.select_related("skill")),
        )

    def with_dead_links(self) -> Self:
        """With the references that led nowhere, in the same query."""
        return self.annotate(dead_links=ArraySubquery(Reference.objects.filter(project=OuterRef("pk")).dead()))

    def in_rows(self) -> Self:
        """With all that a row of a list shows, and nothing else, in one query."""
        tags = ProjectSkill.objects.filter(project=OuterRef("pk"))
        tag = JSONObject(name="skill__name", is_required="is_required")
        return (
            self.select_related("community")
            .only(*IN_A_ROW, "community__slug", "community__name")
            .annotate(
                tags=ArraySubquery(tags.values(json=tag)),
                mentors=count_of(Mentorship.objects.confirmed().filter(project=OuterRef("pk"))),
                free_tasks=free_tasks_of("pk"),
            )
        )


class Project(models.Model):
    """What an intern would work on: an idea until its community's maintainers have reviewed it."""

    class State(models.TextChoices):
        DRAFT = "draft", "draft"
        IDEA = "idea", "idea"
        IN_REVIEW = "in_review", "in review"
        REVIEWED = "reviewed", "reviewed"
        ARCHIVED = "archived", "archived"
        WITHDRAWN = "withdrawn", "withdrawn"

    community = models.ForeignKey(Community, models.PROTECT, related_name="projects")
    slug = models.SlugField(max_length=80, editable=False)
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=300, blank=True, help_text="One or two sentences, for lists.")
    description = models.TextField(blank=True, max_length=20_000)
    difficulty_from = models.PositiveSmallIntegerField(choices=Difficulty, null=True, blank=True)
    difficulty_to = models.PositiveSmallIntegerField(choices=Difficulty, null=True, blank=True)
    skills = models.TextField(blank=True, max_length=20_000)
    outcomes = models.TextField(blank=True, max_length=20_000)
    steps = models.TextField(blank=True, max_length=20_000)
    references = models.TextField(blank=True, max_length=20_000)
    system_requirements = models.TextField(blank=True, max_length=20_000)
    channels = models.TextField("channels to join", blank=True, max_length=2_000)
    also_gsoc = models.BooleanField("also offered in Google Summer of Code", default=False)
    inserted_on = models.DateField(null=True, blank=True)
    verified_on = models.DateField(null=True, blank=True)

    state = models.CharField(max_length=10, choices=State, default=State.DRAFT, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False, help_text="Counts the material edits.")
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    reviewed_at = models.DateTimeField(null=True, editable=False)
    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, editable=False, related_name="+")
    # What a wiki page gave: who the idea is there, what it said, and what had no place in any field.
    import_key = models.CharField(max_length=200, blank=True, editable=False)
    imported = models.JSONField(default=dict, editable=False)
    search = models.GeneratedField(
        expression=SearchVector("title", weight="A", config="english")
        + SearchVector("summary", weight="B", config="english")
        + SearchVector("skills", "description", "outcomes", "steps", weight="C", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    _history_user: User | None  # who signs the next kept revision
    history = HistoricalRecords(excluded_fields=["search", "imported", "copied_from"])

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        indexes = [GinIndex(fields=["search"], name="project_search")]
        constraints = [
            models.UniqueConstraint(fields=["community", "slug"], name="one_address_per_project"),
            models.UniqueConstraint(
                fields=["community", "import_key"], condition=~Q(import_key=""), name="one_import_per_project"
            ),
            models.CheckConstraint(
                name="difficulty_is_a_range",
                condition=Q(difficulty_from__isnull=True, difficulty_to__isnull=True)
                # A comparison with NULL is not false, so both ends are asked for.
                | Q(
                    difficulty_from__isnull=False,
                    difficulty_to__isnull=False,
                    difficulty_from__lte=models.F("difficulty_to"),
                ),
                violation_error_message="The difficulty goes from the lower to the higher level; say both.",
            ),
            models.CheckConstraint(
                name="reviewed_projects_know_since_when",
                condition=~Q(state="reviewed") | Q(reviewed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("projects:detail", args=[self.community.slug, self.slug])

    @property
    def is_reviewed(self) -> bool:
        return self.state == self.State.REVIEWED

    @property
    def is_public(self) -> bool:
        """Whether everybody can read it; what ``visible_to`` asks of the database."""
        return self.state not in (self.State.DRAFT, self.State.WITHDRAWN)

    @property
    def is_being_written(self) -> bool:
        """Not yet reviewed, and not put away."""
        return self.state in (self.State.DRAFT, self.State.IDEA, self.State.IN_REVIEW)

    @property
    def wants_mentors(self) -> bool:
        """Published and not put away."""
        return self.state in (self.State.IDEA, self.State.IN_REVIEW, self.State.REVIEWED)

    @property
    def confirmed_mentors(self) -> list["Mentorship"]:
        return [mentorship for mentorship in self.mentorships.all() if mentorship.confirmed_at]  # often prefetched

    @property
    def looks_for_a_mentor(self) -> bool:
        """Whether nobody mentors it; a project whose last mentor stepped back stays where it is, and says so."""
        return self.wants_mentors and not self.confirmed_mentors

    @cached_property
    def dead_links(self) -> list[dict[str, str]]:
        """The references that led nowhere; pages have them ``with_dead_links``."""
        return list(Reference.objects.filter(project=self).dead())

    def sections(self) -> list[tuple[str, str, str]]:
        """The written sections as (field, heading, Markdown)."""
        return [(field, heading, text) for field, heading in SECTIONS.items() if (text := getattr(self, field))]

    def is_mentored_by(self, user: User) -> bool:
        """Whether this person mentors the project and has confirmed it."""
        if user.roles:
            return self.pk in user.roles["mentors"]
        return any(mentorship.user_id == user.pk for mentorship in self.confirmed_mentors)

    def has_offer_of(self, user: User) -> bool:
        """Whether this person offers to mentor the project, confirmed or not."""
        return any(one.user_id == user.pk for one in self.mentorships.all())  # often prefetched

    def snapshot(self) -> dict[str, Any]:
        """The facts of the idea that a history compares."""
        fields = ["title", "summary", *SECTIONS, "difficulty_from", "difficulty_to"]
        return {field: getattr(self, field) for field in fields}


class ProjectSkill(models.Model):
    """A skill that a project requires, or prefers."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="skill_tags")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="+")
    is_required = models.BooleanField(default=True)

    class Meta:
        ordering = ["-is_required", "skill__name"]
        constraints = [models.UniqueConstraint(fields=["project", "skill"], name="one_tag_per_skill")]

    def __str__(self) -> str:
        return str(self.skill)


class MentorshipQuerySet(models.QuerySet["Mentorship"]):
    def confirmed(self) -> Self:
        return self.filter(confirmed_at__isnull=False)

    def to_confirm(self, user: User) -> Self:
        """Offers that wait for this coordinator's answer, the oldest first."""
        offers = self.filter(user__isnull=False, confirmed_at=None).select_related("user", "project__community")
        return offers if user.is_staff else offers.filter(project__community__coordinators=user)

    def claimable_by(self, user: User) -> Self:
        """Names that a wiki gave with this person's address, on projects that she can read."""
        return self.filter(user=None, email__iexact=user.email, project__in=Project.objects.visible_to(user))


class Mentorship(models.Model):
    """A person who offers to mentor a project. Imported mentors are kept by name until they claim their account."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="mentorships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(max_length=254, blank=True, help_text="Never shown; to be claimed by its owner.")
    remark = models.CharField(max_length=300, blank=True)
    offered_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)

    objects = MentorshipQuerySet.as_manager()

    class Meta:
        ordering = ["offered_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "user"], name="one_mentorship_per_person"),
            models.CheckConstraint(name="mentors_have_a_name", condition=Q(user__isnull=False) | ~Q(name="")),
        ]

    def __str__(self) -> str:
        return str(self.user) if self.user else self.name


def mentored_by(user: User) -> list[int] | QuerySet[Mentorship, int]:
    """The numbers of the projects she mentors; who reads a page comes with them, of others they are asked."""
    if user.roles:
        return user.roles["mentors"]
    return Mentorship.objects.confirmed().filter(user=user).order_by().values_list("project", flat=True)
