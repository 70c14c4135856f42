"""The initial application step by step: kept at each of them, and told at once where something stands against it."""

import pytest
from django.test import Client
from django.urls import reverse

from applications.models import InitialApplication
from opw.accounts.models import User
from opw.rounds.models import Round
from tests import make

pytestmark = pytest.mark.django_db

Status = InitialApplication.Status
FIRST = {"of_age": "yes", "took_part": "no", "may_work": "Yes"}
JOB = {"kind": "job", "what": "A bakery", "from": "2013-12-10", "until": "2013-12-31", "hours": "30"}

Rows = dict[str, str] | None


def step(round: Round, number: int) -> str:
    return reverse("applications:initial_step", args=[round.slug, number])


def row(number: int, **values: str) -> dict[str, str]:
    """A commitment as it is typed."""
    return {f"commitments-{number}-{column}": value for column, value in (JOB | values).items()}


def typing(client: Client, round: Round, number: int, version: int = 0, rows: Rows = None, **typed: str):
    return client.post(step(round, number), {"version": str(version), **(rows or {}), **typed})


def filled_in(client: Client, round: Round, applicant: User, **first: str) -> None:
    client.force_login(applicant)
    typing(client, round, 1, rows=FIRST | first)
    typing(client, round, 2, 1, gsoc="no")
    typing(client, round, 3, 2, experience="Two courses of C.", publish_name="yes")


def test_all_steps_one_after_the_other_and_then_all_of_it_is_submitted(client):
    round, applicant = make.round(), make.user()
    client.force_login(applicant)
    overview = reverse("applications:initial", args=[round.slug])

    ways = [
        typing(client, round, 1, rows=FIRST)["Location"],
        typing(client, round, 2, 1, gsoc="no")["Location"],
        typing(client, round, 3, 2, experience="Two courses of C.", publish_name="yes")["Location"],
        client.post(overview)["Location"],
    ]

    initial = InitialApplication.objects.get()
    assert ways == [step(round, 2), step(round, 3), overview, reverse("applications:home")]
    assert (initial.applicant, initial.status, initial.free_hours) == (applicant, Status.ELIGIBLE, 40)
    assert initial.answers == make.INITIAL_ANSWERS


def test_a_step_that_is_not_whole_is_kept_and_says_what_is_missing(client):
    round = make.round()
    client.force_login(make.user())

    page = typing(client, round, 1, of_age="yes", took_part="", may_work="")

    assert InitialApplication.objects.get().draft == {"of_age": "yes", "took_part": "", "may_work": ""}
    assert list(page.context["form"].errors) == ["took_part", "may_work"]


def test_nothing_is_submitted_while_a_step_is_not_whole(client):
    round = make.round()
    client.force_login(make.user())
    typing(client, round, 1, rows=FIRST)

    page = client.post(reverse("applications:initial", args=[round.slug]), follow=True)

    assert "a step below is not filled in" in page.text
    assert InitialApplication.objects.get().status == Status.DRAFT


def test_an_answer_that_excludes_is_told_at_once_with_why_and_whom_to_ask(client):
    round = make.round()
    client.force_login(make.user())

    page = client.post(step(round, 1), FIRST | {"of_age": "no", "version": "0"}, follow=True)

    assert page.redirect_chain == [(step(round, 1), 302)]
    assert "Interns must be 18 or older" in page.text
    assert "ask the program&#x27;s coordinators" in page.text


def test_an_answer_that_excludes_can_be_corrected_after_it_was_submitted(client):
    round, applicant = make.round(), make.user()
    filled_in(client, round, applicant, of_age="no")
    overview = reverse("applications:initial", args=[round.slug])
    client.post(overview)
    excluded = InitialApplication.objects.get().status

    typing(client, round, 1, 3, FIRST)
    client.post(overview)

    assert (excluded, InitialApplication.objects.get().status) == (Status.INELIGIBLE, Status.ELIGIBLE)


def test_commitments_are_kept_as_rows_and_summed_up(client):
    round, applicant = make.round(), make.user()
    filled_in(client, round, applicant)
    first, last = str(round.internship_starts_on), str(round.internship_ends_on)
    rows = row(0, **{"from": first, "until": last, "hours": "35"}) | row(
        1, what="", **{"from": "", "until": "", "hours": ""}
    )

    typing(client, round, 2, 3, rows=rows, gsoc="no")
    client.post(reverse("applications:initial", args=[round.slug]))

    initial = InitialApplication.objects.get()
    assert initial.answers["commitments"] == [JOB | {"from": first, "until": last, "hours": 35}]
    assert initial.free_hours == 25


def test_a_commitment_can_be_added_and_removed_without_a_script(client):
    round = make.round()
    client.force_login(make.user())

    added = typing(client, round, 2, gsoc="", more="yes", rows=row(0) | row(1, what="A course"))
    kept = InitialApplication.objects.get().draft["commitments"]
    typing(client, round, 2, 1, gsoc="", remove="commitments-0", rows=row(0) | row(1, what="A course"))

    assert added["Location"] == step(round, 2)
    assert [one["what"] for one in kept] == ["A bakery", "A course"]
    assert [one["what"] for one in InitialApplication.objects.get().draft["commitments"]] == ["A course"]


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ({"what": ""}, "Commitment 1: say what it is"),
        ({"what": "x" * 201}, "Commitment 1: 201 characters are too many"),
        ({"from": "10.12.2013"}, "Commitment 1: say from which day"),
        ({"until": ""}, "Commitment 1: say from which day"),
        ({"until": "2013-12-09"}, "Commitment 1: it ends before it begins"),
        ({"hours": "101"}, "Commitment 1: say how many hours"),
        ({"hours": "-1"}, "Commitment 1: say how many hours"),
        ({"hours": "٣"}, "Commitment 1: say how many hours"),
        ({"hours": "9" * 5000}, "Commitment 1: say how many hours"),
        ({"kind": "secret"}, "Commitment 1: choose whether"),
    ],
    ids=range(10),
)
def test_a_commitment_that_is_not_right_is_kept_as_typed_and_told(client, wrong, complaint):
    round = make.round()
    client.force_login(make.user())

    page = typing(client, round, 2, rows=row(0, **wrong), gsoc="no")

    assert InitialApplication.objects.get().draft["commitments"] == [JOB | wrong]
    assert page.status_code == 200
    assert complaint in page.text


def test_what_is_typed_is_never_read_as_html(client):
    round = make.round()
    client.force_login(make.user())

    page = typing(client, round, 2, rows=row(0, what='"><script>alert(1)</script>'), gsoc="no")
    again = client.get(page["Location"] if page.status_code == 302 else step(round, 2))

    assert "<script>alert" not in page.text + again.text


def test_a_stale_window_shows_both_texts_and_loses_none(client):
    round = make.round()
    client.force_login(make.user())
    typing(client, round, 3, experience="In the first window.", publish_name="yes")

    page = typing(client, round, 3, experience="In the second window.", publish_name="yes")

    assert "In the first window." in page.text
    assert "In the second window." in page.text
    assert InitialApplication.objects.get().draft["experience"] == "In the first window."


@pytest.mark.parametrize("number", [0, 4, 99])
def test_a_step_that_does_not_exist_is_not_found(client, number):
    round = make.round()
    client.force_login(make.user())

    assert client.get(step(round, number)).status_code == 404
