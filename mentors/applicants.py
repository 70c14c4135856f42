"""A listing's applicants as the address asks for them: sorted and filtered, on the page and as CSV."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO

from django.db.models import F, Func, IntegerField, JSONField, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.http import QueryDict

from applications.availability import HOURS_OF_AN_INTERNSHIP
from applications.models import Application
from mentors.orders import Orders, orders_of
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
    is_number: bool = True
    begins_with_most: bool = True


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
    has_own: bool  # columns of what the reader gave herself, as a mentor
    knows_group: bool  # the group's order of preference

    @property
    def is_narrowed(self) -> bool:
        return any(choice.is_asked for choice in self.filters)


COLUMNS = {
    "name": Column("applicant__name", "Applicant", "A to Z", "Z to A", is_number=False, begins_with_most=False),
    "counting": Column("counting", "Contributions that count"),
    "own": Column("own_score", "Your rating", "lowest first", "highest first"),
    "ratings": Column("ratings", "Rated by"),
    "average": Column("average", "Average", "lowest first", "highest first"),
    "place": Column("own_place", "Your order", "first to last", "last to first", begins_with_most=False),
    "group": Column("group_place", "Group's order", "first to last", "last to first", begins_with_most=False),
    "hours": Column("free_hours", "Free hours a week"),
    "submitted": Column(
        "submitted_at", "Submitted", "oldest first", "newest first", is_number=False, begins_with_most=False
    ),
}
FILTERS = {
    "unrated": ("Not rated by me", Q(own_score=None)),
    "missing": ("Not rated by every mentor", Q(missing__gt=0)),
    "unplaced": ("Not placed in my order", Q(own_place=None)),
    "with": ("With a contribution that counts", Q(counting__gt=0)),
    "without": ("Without a contribution that counts", Q(counting=0)),
    "free": (f"Free for {HOURS_OF_AN_INTERNSHIP} hours a week", Q(free_hours__gte=HOURS_OF_AN_INTERNSHIP)),
    "changed": ("New or changed since I read it", Q(has_changed=True) | Q(is_new=True)),
}
OF_MENTORS = {"own", "place", "unrated", "unplaced"}  # about what the reader herself gave, as a mentor


def applicants_table(listing: Listing, user: User, address: QueryDict) -> ApplicantsTable:
    """The applicants that this reader may see; an order or a filter that does not exist asks for nothing."""
    is_mentor = listing.project.is_mentored_by(user)
    columns = {name: column for name, column in COLUMNS.items() if is_mentor or name not in OF_MENTORS}
    filters = {name: filter for name, filter in FILTERS.items() if is_mentor or name not in OF_MENTORS}
    asked = [name for name in filters if name in address.getlist("only")]
    sort = address.get("sort", "")
    name = sort.removeprefix("-") if sort.removeprefix("-") in columns else "name"
    descends = name in sort and sort.startswith("-")
    field = F(columns[name].field)
    order = field.desc(nulls_last=True) if descends else field.asc(nulls_last=True)
    orders = orders_of(listing, user)
    rows = _with_places(applicants_of(listing, user), orders)
    rows = rows.filter(*(filters[name][1] for name in asked))
    return ApplicantsTable(
        rows=list(rows.order_by(order, "applicant__name", "pk")),
        heads=[_head(key, column, "" if key != name else "descending" if descends else "ascending")
               for key, column in columns.items()],
        filters=[Choice(key, words, key in asked) for key, (words, _) in filters.items()],
        orders=[Choice(value, words, value == f"{'-' * descends}{name}") for value, words in _orders(columns)],
        has_own=is_mentor,
        knows_group=orders.given is not None,
    )  # fmt: skip


def _with_places(applications: QuerySet[Application], orders: Orders) -> QuerySet[Application]:
    """Each with its places in the reader's order and in the group's, as far as she knows them."""
    group = orders.group
    return applications.annotate(
        own_place=Cast(_looked_up(orders.own_places), IntegerField()),
        group_place=Cast(_looked_up({one: places[0] for one, places in group.items()}), IntegerField()),
        group_places=_looked_up({one: "–".join(map(str, places)) for one, places in group.items()}),
    )


def _looked_up(said: Mapping[int, int | str]) -> Func:
    """What is said of each application, by number, as text."""
    everything = Value({str(one): words for one, words in said.items()}, output_field=JSONField())
    key = Cast("pk", TextField())
    return Func(everything, key, function="jsonb_extract_path_text", output_field=TextField())


def _head(name: str, column: Column, sorted: str) -> Head:
    falls_next = sorted == "ascending" or (column.begins_with_most and not sorted)
    return Head(column, sorted, f"-{name}" if falls_next else name)


def _orders(columns: dict[str, Column]) -> list[tuple[str, str]]:
    """Every order in words, each column's usual one first."""
    orders: list[tuple[str, str]] = []
    for name, column in columns.items():
        both = [(name, f"{column.heading}, {column.ascending}"), (f"-{name}", f"{column.heading}, {column.descending}")]
        orders += reversed(both) if column.begins_with_most else both
    return orders


def as_csv(table: ApplicantsTable) -> str:
    """The same rows for a spreadsheet; what people typed is text there and never a formula."""
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow([
        "Applicant", "Contributions", "Contributions that count", "Your rating", "Ratings", "Of mentors",
        "Average", "Your order", "Group's order", "Eligible", "Free hours a week", "Submitted (UTC)",
        "Since you read it",
    ])  # fmt: skip
    for row in table.rows:
        seen = vars(row)
        average = "" if seen["average"] is None else f"{seen['average']:.1f}"
        since = "new" if seen["is_new"] else "changed" if seen["has_changed"] else ""
        writer.writerow([spreadsheet_cell(cell) for cell in [
            row.applicant, seen["contributions"], seen["counting"], seen["own_score"], seen["ratings"], seen["raters"],
            average, seen["own_place"], seen["group_places"],
            "eligible" if seen["is_eligible"] else "", seen["free_hours"], f"{row.submitted_at:%Y-%m-%d %H:%M}", since,
        ]])  # fmt: skip
    return "\ufeff" + file.getvalue()  # by this mark spreadsheets know UTF-8
