"""Mentors whom a page names: kept by name until they claim their account, and recognised again."""

from collections.abc import Iterable

from projects.models import Mentorship, Project
from projects.wiki import WikiMentor
from projects.wiki.page import Doubt


def is_same_person(one: WikiMentor, other: WikiMentor) -> bool:
    """By their addresses; where one of them has none, by their names."""
    if one.email and other.email:
        return one.email.casefold() == other.email.casefold()
    return one.name.casefold() == other.name.casefold()


def find_person(mentor: WikiMentor, among: Iterable[WikiMentor]) -> WikiMentor | None:
    """The one among these mentors who is this person."""
    return next((other for other in among if is_same_person(mentor, other)), None)


def import_mentors(
    project: Project, named: list[WikiMentor], before: list[WikiMentor], doubt: Doubt, *, is_export: bool
) -> bool:
    """Follow whom the page names now and named before; say whether anything changed here.

    Whoever was added, claimed, confirmed or removed here since stays as it is. An export names people as they are
    called here; any other page knows those with an account by their address alone.
    """
    is_changed = False
    rows = list(project.mentorships.select_related("user"))
    for mentor in named:
        row, last = _row_of(mentor, rows, is_export), find_person(mentor, before)
        if row and last:
            is_changed |= _follow(row, mentor, last)
        elif not row and not last:
            Mentorship.objects.create(project=project, name=mentor.name, email=mentor.email, remark=mentor.remark)
            is_changed = True
        elif not row:
            doubt(f"Mentors: {mentor.name} was removed here, and still stands on the page.")
    for last in before:
        row = None if find_person(last, named) else _row_of(last, rows, is_export)
        if row and (row.user or row.confirmed_at):
            doubt(f"Mentors: the page no longer names {row}, who mentors here.")
        elif row:
            row.delete()
            is_changed = True
    return is_changed


def _row_of(mentor: WikiMentor, rows: list[Mentorship], is_export: bool) -> Mentorship | None:
    return next((row for row in rows if is_same_person(mentor, _as_named(row, is_export))), None)


def _as_named(row: Mentorship, is_export: bool) -> WikiMentor:
    """The mentor of this row. Who offered to mentor here has no name to be matched by, only an address."""
    name = str(row) if is_export else row.name
    return WikiMentor(name, row.email or (row.user.email if row.user else ""), row.remark)


def _follow(row: Mentorship, mentor: WikiMentor, last: WikiMentor) -> bool:
    """Take what the page changed; the name and address of who has an account are her own, and an address stays."""
    names = ["remark"] if row.user else ["name", "remark", *["email"] * bool(mentor.email)]
    changed = [name for name in names if getattr(mentor, name) != getattr(last, name) == getattr(row, name)]
    for name in changed:
        setattr(row, name, getattr(mentor, name))
    if changed:
        row.save(update_fields=changed)
    return bool(changed)
