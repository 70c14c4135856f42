"""A listing's applicants as the address asks for them: sorted and filtered, on the page and as CSV."""

import csv
from dataclasses import dataclass
from io import StringIO

from django.db.models import F, Q
from django.http import QueryDict

from applications.models import Application
from mentors.tables import applicants_of
from opw.accounts.models import User
from opw.text import spreadsheet_cell
from projects.models import Listing


@dataclass(frozen=True)
class Column:
    """What the applicants can be sorted by; its heading, and how either order is said."""

    field: str
    heading: str
    ascending: str = "fewest first"
    descending: str = "most first"
    is_number: bool = True  # begins with the most


@dataclass(frozen=True)
class Head:
    """A column's heading as the page shows it: how the table is sorted by it now, and what choosing it asks for."""

    column: Column
    sorted: str  # in the words of aria-sort
    sort: str


@dataclass(frozen=True)
class Choice:
    """A filter or an order, and whether the address asks for it."""

    value: str
    words: str
    is_asked: bool


@dataclass(frozen=True)
class ApplicantsTable:
    rows: list[Application]
    heads: list[Head]
    filters: list[Choice]
    orders: list[Choice]

    @property
    def is_narrowed(self) -> bool:
        return any(choice.is_asked for choice in self.filters)


COLUMNS = {
    "name": Column("applicant__name", "Applicant", "A to Z", "Z to A", is_number=False),
    "counting": Column("counting", "Contributions that count"),
    "own": Column("own_score", "Your rating", "lowest first", "highest first"),
    "ratings": Column("ratings", "Ratings"),
    "average": Column("average", "Average", "lowest first", "highest first"),
    "hours": Column("free_hours", "Free hours a week"),
    "submitted": Column("submitted_at", "Submitted", "oldest first", "newest first", is_number=False),
}
FILTERS = {
    "unrated": ("Not rated by me", Q(own_score=None)),
    "without": ("Without a contribution that counts", Q(counting=0)),
    "changed": ("New or changed since I read it", Q(has_changed=True) | Q(is_new=True)),
}


def applicants_table(listing: Listing, user: User, address: QueryDict) -> ApplicantsTable:
    """The applicants that this reader may see; an order or a filter that does not exist asks for nothing."""
    asked = [name for name in FILTERS if name in address.getlist("only")]
    sort = address.get("sort", "")
    name = sort.removeprefix("-") if sort.removeprefix("-") in COLUMNS else "name"
    descends = name in sort and sort.startswith("-")
    field = F(COLUMNS[name].field)
    order = field.desc(nulls_last=True) if descends else field.asc(nulls_last=True)
    rows = applicants_of(listing, user).filter(*(FILTERS[name][1] for name in asked))
    return ApplicantsTable(
        rows=list(rows.order_by(order, "applicant__name", "pk")),
        heads=[_head(key, column, "" if key != name else "descending" if descends else "ascending")
               for key, column in COLUMNS.items()],
        filters=[Choice(key, words, key in asked) for key, (words, _) in FILTERS.items()],
        orders=[Choice(value, words, value == f"{'-' * descends}{name}") for value, words in _orders()],
    )  # fmt: skip


def _head(name: str, column: Column, sorted: str) -> Head:
    falls_next = sorted == "ascending" or (column.is_number and not sorted)
    return Head(column, sorted, f"-{name}" if falls_next else name)


def _orders() -> list[tuple[str, str]]:
    """Every order in words, each column's usual one first."""
    orders: list[tuple[str, str]] = []
    for name, column in COLUMNS.items():
        both = [(name, f"{column.heading}, {column.ascending}"), (f"-{name}", f"{column.heading}, {column.descending}")]
        orders += reversed(both) if column.is_number else both
    return orders


def as_csv(table: ApplicantsTable) -> str:
    """The same rows for a spreadsheet; what people typed is text there and never a formula."""
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow([
        "Applicant", "Contributions", "Contributions that count", "Your rating", "Ratings", "Average",
        "Eligible", "Free hours a week", "Submitted (UTC)", "Since you read it",
    ])  # fmt: skip
    for row in table.rows:
        seen = vars(row)
        average = "" if seen["average"] is None else f"{seen['average']:.1f}"
        since = "new" if seen["is_new"] else "changed" if seen["has_changed"] else ""
        writer.writerow([spreadsheet_cell(cell) for cell in [
            row.applicant, seen["contributions"], seen["counting"], seen["own_score"], seen["ratings"], average,
            "eligible" if seen["is_eligible"] else "", seen["free_hours"], f"{row.submitted_at:%Y-%m-%d %H:%M}", since,
        ]])  # fmt: skip
    return "\ufeff" + file.getvalue()  # by this mark spreadsheets know UTF-8
