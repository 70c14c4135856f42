"""A listing's applicants as a table: sorted and filtered by the address, with nothing that its reader may not know."""

import csv
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from applications.models import Application, Contribution, InitialApplication
from mentors.models import Reading
from opw.accounts.models import User
from projects.models import Listing
from tests import make
from tests.mentors.orders import make_order

pytestmark = pytest.mark.django_db


def page_of(listing: Listing, reader: User, asked: str = "") -> Any:
    client = Client()
    client.force_login(reader)
    return client.get(reverse("mentors:listing", args=[listing.pk]) + asked)


def names(listing: Listing, reader: User, asked: str = "") -> list[str]:
    """The applicants in the order of the rows."""
    return [row.applicant.name for row in page_of(listing, reader, asked).context["table"].rows]


def three_applicants() -> Listing:
    """Ada has most of everything and came last, Bea has some and is not rated by the mentor, Cleo has nothing."""
    listing = make.listing()
    mentor, second = make.mentor_of(listing), make.user("Second")
    make.mentorship(listing.project, second)
    ada, bea, cleo = (
        make.application(
            listing,
            make.user(name),
            submitted_at=listing.round.published_at + timedelta(hours=hours),
            contributed=False,
        )
        for name, hours in [("Ada", 3), ("Bea", 2), ("Cleo", 1)]
    )
    for applicant, count, hours in [(ada, 2, 40), (bea, 1, 30), (cleo, 0, None)]:
        for _ in range(count):
            make.contribution(listing, applicant.applicant, mark=Contribution.Mark.COUNTS)
        InitialApplication.objects.filter(applicant=applicant.applicant).update(free_hours=hours)
    make.rating(ada, mentor, score=5)
    make.rating(ada, second, score=4)
    make.rating(bea, second, score=1)
    return listing


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("name", "Ada Bea Cleo"),
        ("-name", "Cleo Bea Ada"),
        ("counting", "Cleo Bea Ada"),
        ("-counting", "Ada Bea Cleo"),
        ("own", "Ada Bea Cleo"),  # who is not rated comes last
        ("ratings", "Cleo Bea Ada"),
        ("-ratings", "Ada Bea Cleo"),
        ("hours", "Bea Ada Cleo"),  # as does who has said nothing
        ("-hours", "Ada Bea Cleo"),
        ("submitted", "Cleo Bea Ada"),
        ("-submitted", "Ada Bea Cleo"),
        ("", "Ada Bea Cleo"),
        ("rank", "Ada Bea Cleo"),
        ("-", "Ada Bea Cleo"),
    ],
)
def test_the_applicants_are_sorted_as_the_address_says(sort, expected):
    listing = three_applicants()

    assert names(listing, make.mentor_of(listing), f"?sort={sort}") == expected.split()


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("?only=unrated", "Bea Cleo"),
        ("?only=without", "Cleo"),
        ("?only=changed", "Bea Cleo"),
        ("?only=unrated&only=changed&sort=-name", "Cleo Bea"),
        ("?only=missing", "Bea Cleo"),
        ("?only=with", "Ada Bea"),
        ("?only=free", "Ada"),
        ("?only=nonsense", "Ada Bea Cleo"),
    ],
)
def test_the_applicants_are_filtered_as_the_address_says(asked, expected):
    listing = three_applicants()

    assert names(listing, make.mentor_of(listing), asked) == expected.split()


def test_coverage_counts_the_mentors_who_can_rate_and_those_who_have():
    listing = three_applicants()
    third = make.user("Third")
    make.mentorship(listing.project, third)
    make.mentorship(listing.project, make.user(), confirmed=False)
    listing.project.mentorships.create(name="Of the wiki", confirmed_at=listing.round.published_at)
    make.recusal(third, User.objects.get(name="Bea"))
    listing.project.mentorships.filter(user__name="Second").delete()

    rows = page_of(listing, make.coordinator_of(listing)).context["table"].rows

    assert [(row.applicant.name, row.ratings, row.raters) for row in rows] == [
        ("Ada", 2, 3),
        ("Bea", 1, 2),
        ("Cleo", 0, 2),
    ]


def test_coordinators_find_no_columns_and_filters_of_their_own():
    listing = three_applicants()

    table = page_of(listing, make.coordinator_of(listing), "?only=unrated&only=unplaced&sort=own").context["table"]

    assert [head.column.heading for head in table.heads if "Your" in head.column.heading] == []
    assert [choice.value for choice in table.filters] == ["missing", "with", "without", "free", "changed"]
    assert [row.applicant.name for row in table.rows] == ["Ada", "Bea", "Cleo"]


def test_the_heading_says_how_the_table_is_sorted_and_keeps_the_filters():
    listing = three_applicants()
    mentor = make.mentor_of(listing)

    page = page_of(listing, mentor, "?only=unrated&sort=-counting").text

    assert page.count("aria-sort=") == 1
    assert 'aria-sort="descending"><a href="?only=unrated&amp;sort=counting">Contributions that count</a>' in page
    assert '<a href="?only=unrated&amp;sort=-hours">' in page


def test_what_was_read_is_not_new_and_comes_back_when_it_changes():
    listing = three_applicants()
    mentor = make.mentor_of(listing)
    cleo = page_of(listing, mentor, "?sort=-name").context["table"].rows[0]

    Reading.objects.create(application=cleo, reader=mentor, up_to=cleo.submitted_at)
    after_reading = names(listing, mentor, "?only=changed")
    Reading.objects.update(up_to=cleo.submitted_at - timedelta(hours=1))
    after_a_change = names(listing, mentor, "?only=changed")

    assert (after_reading, after_a_change) == (["Bea"], ["Bea", "Cleo"])


def averages(listing: Listing, reader: User) -> dict[str, float | None]:
    rows = page_of(listing, reader).context["table"].rows
    return {row.applicant.name: row.average for row in rows}


def test_an_average_shows_to_a_mentor_once_she_has_rated_and_to_coordinators():
    listing = three_applicants()

    assert averages(listing, make.mentor_of(listing)) == {"Ada": 4.5, "Bea": None, "Cleo": None}
    assert averages(listing, make.coordinator_of(listing)) == {"Ada": 4.5, "Bea": 1, "Cleo": None}


def test_sorting_by_the_average_tells_nothing_of_a_hidden_one():
    listing = three_applicants()
    dora = make.application(listing, make.user("Dora"))
    make.rating(dora, make.user(), score=5)

    assert names(listing, make.mentor_of(listing), "?sort=-average") == ["Ada", "Bea", "Cleo", "Dora"]


def test_who_stepped_back_finds_her_under_no_filter():
    listing = three_applicants()
    mentor = make.mentor_of(listing)
    make.recusal(mentor, User.objects.get(name="Bea"))

    shown = [names(listing, mentor, f"?only={one}") for one in ("", "unrated", "without", "changed")]

    assert shown == [["Ada", "Cleo"], ["Cleo"], ["Cleo"], ["Cleo"]]
    assert "2 submitted applications" in page_of(listing, mentor).text


def test_of_the_initial_application_only_eligible_and_the_hours_show():
    listing = three_applicants()
    InitialApplication.objects.filter(applicant__name="Bea").update(status="ineligible", reason="A secret reason.")

    page = page_of(listing, make.mentor_of(listing)).text

    assert page.count('<span class="muted">eligible</span>') == 2
    assert ["A secret reason." in page, "not eligible" in page] == [False, False]


def test_a_filter_that_fits_nobody_says_so():
    listing = make.listing()
    make.application(listing)
    Contribution.objects.update(mark=Contribution.Mark.COUNTS)

    page = page_of(listing, make.mentor_of(listing), "?only=without").text

    assert "No applicant is like that." in page
    assert "Show all" in page


def export_of(listing: Listing, reader: User, asked: str = "") -> Any:
    client = Client()
    client.force_login(reader)
    return client.get(reverse("mentors:applicants_csv", args=[listing.pk]) + asked)


def rows_in(export: Any) -> list[list[str]]:
    return list(csv.reader(export.content.decode("utf-8-sig").splitlines()))


def test_the_export_has_the_rows_of_the_page_in_their_order():
    listing = three_applicants()
    at = listing.round.published_at

    mentor, second = make.mentor_of(listing), User.objects.get(name="Second")
    ada, bea, _ = Application.objects.order_by("applicant__name")
    make_order(mentor, bea)
    make_order(second, ada, bea)

    export = export_of(listing, mentor, "?only=unrated&sort=-name")

    submitted = [f"{at + timedelta(hours=hours):%Y-%m-%d %H:%M}" for hours in (1, 2)]
    assert rows_in(export)[1:] == [
        ["Cleo", "0", "0", "", "0", "2", "", "", "", "eligible", "", submitted[0], "new"],
        ["Bea", "1", "1", "", "1", "2", "", "1", "1–2", "eligible", "30", submitted[1], "new"],
    ]


def test_the_page_leads_to_the_export_of_what_it_shows():
    listing = three_applicants()

    page = page_of(listing, make.mentor_of(listing), "?only=unrated&sort=-name").text

    assert f"{reverse('mentors:applicants_csv', args=[listing.pk])}?only=unrated&amp;sort=-name" in page


@pytest.mark.parametrize("start", "=+-@")
def test_a_name_is_no_formula_in_a_spreadsheet(start):
    name = f'{start}HYPERLINK("https://example.org")'
    listing = make.application(applicant=make.user(name)).listing

    export = export_of(listing, make.mentor_of(listing))

    assert rows_in(export)[1][0] == f"'{name}"


def test_the_export_is_a_private_file_with_a_safe_name():
    listing = three_applicants()

    export = export_of(listing, make.mentor_of(listing))

    assert export["Content-Type"] == "text/csv; charset=utf-8"
    assert export["Content-Disposition"] == f'attachment; filename="applicants-{listing.project.slug}.csv"'
    assert ["private" in export["Cache-Control"], "no-store" in export["Cache-Control"]] == [True, True]
    assert export.content.startswith(b"\xef\xbb\xbf")


def test_who_stepped_back_exports_nothing_of_her():
    listing = three_applicants()
    mentor = make.mentor_of(listing)
    make.recusal(mentor, User.objects.get(name="Bea"))

    assert [row[0] for row in rows_in(export_of(listing, mentor))] == ["Applicant", "Ada", "Cleo"]
