"""A community's board: the levels, skills and mentors of its reviewed projects, and where the list is lopsided."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from projects.models import Difficulty, Mentorship, Project

STEPS = 10  # the lengths a bar is drawn in
# Fewer projects than this say nothing about a list as a whole.
FEW = 3
# From this share on, one level is most of the list.
MOST = 0.75
MOST_SKILLS = 12


@dataclass(frozen=True)
class Bar:
    """One row of a chart, which reads as a row of a table too."""

    words: str
    count: int
    of: int

    @property
    def steps(self) -> int:
        """How long the bar is drawn, in steps; whoever is there at all is seen."""
        return max(1, round(STEPS * self.count / self.of)) if self.count else 0


@dataclass(frozen=True)
class Chart:
    """A table with a bar in each row."""

    name: str
    title: str
    of_what: str
    bars: list[Bar]


@dataclass(frozen=True)
class Board:
    """What a community's reviewed projects offer together."""

    charts: list[Chart]
    remarks: list[str]


def board_of(projects: list[Project]) -> Board | None:
    """The board of these projects, which have their people with them; None where there is nothing to count."""
    if not projects:
        return None
    charts = [
        Chart("levels", "Levels of difficulty", "Level", _levels(projects)),
        Chart("skills", "Skills", "Skill", _skills(projects)),
        Chart("mentors", "Mentors of a project", "Mentors", _mentors(projects)),
    ]
    remarks = [remark for look in LOOKS for remark in look(projects)]
    return Board([chart for chart in charts if chart.bars], remarks)


def _levels(projects: list[Project]) -> list[Bar]:
    """How many projects touch each level; a project with a range counts at each of its levels."""
    bars = [
        Bar(level.label, sum(_touches(project, level) for project in projects), len(projects)) for level in Difficulty
    ]
    unsaid = sum(project.difficulty_from is None for project in projects)
    return bars + ([Bar("not said", unsaid, len(projects))] if unsaid else [])


def _skills(projects: list[Project]) -> list[Bar]:
    """The skills most asked for, with how many projects require or prefer them."""
    counts = Counter(tag.skill.name for project in projects for tag in project.skill_tags.all())
    most = sorted(counts.items(), key=lambda item: (-item[1], item[0].casefold()))[:MOST_SKILLS]
    return [Bar(name, count, len(projects)) for name, count in most]


def _mentors(projects: list[Project]) -> list[Bar]:
    """How many projects have no mentor, one, two, and so on."""
    counts = Counter(len(project.confirmed_mentors) for project in projects)
    return [Bar(_in_words(number), counts[number], len(projects)) for number in sorted(counts)]


def _in_words(mentors: int) -> str:
    return {0: "none confirmed", 1: "1 mentor"}.get(mentors, f"{mentors} mentors")


def _touches(project: Project, level: Difficulty) -> bool:
    lowest, highest = project.difficulty_from, project.difficulty_to
    return lowest is not None and highest is not None and lowest <= level <= highest


def _person(mentorship: Mentorship) -> str:
    """Who mentors: an account, or a name from a wiki page."""
    return f"account {mentorship.user_id}" if mentorship.user_id else mentorship.name


def _missing_levels(projects: list[Project]) -> Iterable[str]:
    words = {
        Difficulty.BASIC: "Nothing for beginners: no project is basic.",
        Difficulty.MEDIUM: "Nothing in between: no project is of medium difficulty.",
        Difficulty.DIFFICULT: "Nothing for the experienced: no project is difficult.",
    }
    said = [project for project in projects if project.difficulty_from is not None]
    return [words[level] for level in words if said and not any(_touches(project, level) for project in said)]


def _one_level(projects: list[Project]) -> Iterable[str]:
    only = Counter(p.difficulty_from for p in projects if p.difficulty_from and p.difficulty_from == p.difficulty_to)
    return [
        f"{count} of {len(projects)} projects are {Difficulty(level).label} and nothing else."
        for level, count in only.items()
        if len(projects) >= FEW and count / len(projects) >= MOST
    ]


def _one_skill(projects: list[Project]) -> Iterable[str]:
    required = Counter(tag.skill.name for p in projects for tag in p.skill_tags.all() if tag.is_required)
    return [
        f"Every project requires {name}."
        for name, count in sorted(required.items())
        if len(projects) >= FEW and count == len(projects)
    ]


def _busy_mentors(projects: list[Project]) -> Iterable[str]:
    """One person in several places: said without the name, since it is the list that is lopsided."""
    counts = Counter(person for project in projects for person in {_person(m) for m in project.confirmed_mentors})
    return [
        f"One person mentors {count} of {len(projects)} projects." for _, count in counts.most_common() if count >= FEW
    ]


def _lonely_projects(projects: list[Project]) -> Iterable[str]:
    words: dict[int, Callable[[int], str]] = {
        0: lambda count: f"{_of(count, projects)} {'looks' if count == 1 else 'look'} for a mentor.",
        1: lambda count: f"{_of(count, projects)} {'has' if count == 1 else 'have'} a single mentor.",
    }
    counts = Counter(len(project.confirmed_mentors) for project in projects)
    return [words[mentors](counts[mentors]) for mentors in words if counts[mentors]]


def _of(count: int, projects: list[Project]) -> str:
    return f"{count} of {len(projects)} project{'s' if len(projects) > 1 else ''}"


# Where a list may lean to one side; each look says what it sees, in words.
LOOKS: list[Callable[[list[Project]], Iterable[str]]] = [
    _missing_levels,
    _one_level,
    _one_skill,
    _busy_mentors,
    _lonely_projects,
]
