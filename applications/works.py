"""Contributions that belong together: the revisions of one patch, and the parts of one series."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from applications.models import Contribution


@dataclass
class Work:
    """One work of one applicant; most have one contribution."""

    contributions: list[Contribution] = field(default_factory=list)  # the newest version first, its parts in order

    @property
    def newest(self) -> Contribution:
        return self.contributions[0]

    @property
    def title(self) -> str:
        """Its words without "[PATCH v2 1/3]": those of the cover letter, if there is one."""
        cover = next((one for one in self.contributions if one.subject.part == 0), self.newest)
        return cover.subject.words

    @property
    def versions(self) -> int:
        return len({one.subject.version for one in self.contributions})

    @property
    def _keys(self) -> set[str]:
        return {one.subject.key for one in self.contributions}

    @property
    def _is_by_mail(self) -> bool:
        """Whether a title says that it is a patch; words alone that are the same may be a coincidence."""
        return any(one.subject.is_patch or one.subject.version > 1 for one in self.contributions)

    def lacks(self, contribution: Contribution) -> bool:
        """Whether this is a series as it was sent once, in which there is room for that part."""
        part = contribution.subject
        sent = [one.subject for one in self.contributions]
        return part.parts is not None and all(
            (one.version, one.parts) == (part.version, part.parts) and one.part != part.part for one in sent
        )

    def continues(self, other: "Work") -> bool:
        """Whether one of the two is another revision of something in the other."""
        return bool(self._keys & other._keys) and (self._is_by_mail or other._is_by_mail)


def works_in(contributions: Iterable[Contribution]) -> list[Work]:
    """The works that these contributions make up, the one with the newest contribution first."""
    found: dict[tuple[int, int], list[Work]] = {}
    for contribution in sorted(contributions, key=_recorded):
        sent = found.setdefault((contribution.applicant_id, contribution.listing_id), [])
        series = next((work for work in reversed(sent) if work.lacks(contribution)), None)
        if series is None:
            sent.append(series := Work())
        series.contributions.append(contribution)
    works = [work for sent in found.values() for work in _joined(sent)]
    works.sort(key=lambda work: max(map(_recorded, work.contributions)), reverse=True)
    return works


def _joined(sent: list[Work]) -> list[Work]:
    """What was sent at several times as one work, where it is another revision of the same."""
    works: list[Work] = []
    for series in sent:
        related = [work for work in works if work.continues(series)]
        works = [work for work in works if work not in related]
        together = [one for work in [*related, series] for one in work.contributions]
        works.append(Work(sorted(together, key=_newest_version_first)))
    return works


def _recorded(contribution: Contribution) -> tuple[float, int]:
    return contribution.recorded_at.timestamp(), contribution.pk


def _newest_version_first(contribution: Contribution) -> tuple[int, int, float, int]:
    subject, (at, pk) = contribution.subject, _recorded(contribution)
    return -subject.version, subject.part or 0, -at, -pk
