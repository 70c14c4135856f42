"""Who may do what with rounds, communities and the coordinators' pages."""

import pytest
from django.urls import reverse

from opw.rounds.kinds import Kind
from opw.rounds.models import Phase, Round
from tests import make
from tests.cast import Cast, Deed, answers_to, table
from tests.rounds.test_rescheduling import as_typed

pytestmark = pytest.mark.django_db

# ok: done. no: refused in words. in: sent to the sign-in page.
TABLE = table("""
                      | public applicant other mentor other maintainer coordinator other program recused applying
                                         applicant    mentor                       coord.
see the home page     | ok     ok        ok     ok     ok     ok         ok          ok    ok      ok      ok
see how it works      | ok     ok        ok     ok     ok     ok         ok          ok    ok      ok      ok
see the rounds        | ok     ok        ok     ok     ok     ok         ok          ok    ok      ok      ok
see a round           | ok     ok        ok     ok     ok     ok         ok          ok    ok      ok      ok
see its calendar      | ok     ok        ok     ok     ok     ok         ok          ok    ok      ok      ok
see its interns       | ok     ok        ok     ok     ok     ok         ok          ok    ok      ok      ok
see the communities   | ok     ok        ok     ok     ok     ok         ok          ok    ok      ok      ok
see a community       | ok     ok        ok     ok     ok     ok         ok          ok    ok      ok      ok
see the dashboard     | in     ok        ok     ok     ok     ok         ok          ok    ok      ok      ok
see the coordinators' | in     403       403    403    403    403        ok          ok    ok      403     403
open the schedule     | in     403       403    403    403    403        403         403   ok      403     403
change the schedule   | in     403       403    403    403    403        403         403   ok      403     403
plan a round          | in     403       403    403    403    403        403         403   ok      403     403
see a round's tools   | in     403       403    403    403    403        403         403   ok      403     403
see who takes part    | in     403       403    403    403    403        403         403   ok      403     403
let a community in    | in     403       403    403    403    403        403         403   ok      403     403
end a participation   | in     403       403    403    403    403        403         403   ok      403     403
list letters' texts    | in     403       403    403    403    403        403         403   ok      403     403
open a letter's text  | in     403       403    403    403    403        403         403   ok      403     403
preview a letter      | in     403       403    403    403    403        403         403   no      403     403
word a letter         | in     403       403    403    403    403        403         403   ok      403     403
unword a letter       | in     403       403    403    403    403        403         403   ok      403     403
""")


def next_round(cast: Cast) -> dict[str, str]:
    last = make.round(**make.schedule(Phase.OPEN, now=cast.round.announcement_at.replace(year=2099)))
    Round.objects.filter(pk=last.pk).delete()
    return as_typed(last) | {"confirm": "yes"}


def letter(cast: Cast, name: str = "letter_text") -> str:
    return reverse(f"site:{name}", args=[cast.round.slug, Kind.RESULT_WAITING])


WORDS = {"subject": "Wait", "body": "Wait\n\n$project\n\n$link"}

DEEDS = {
    "see the home page": Deed(lambda cast: reverse("site:home")),
    "see how it works": Deed(lambda cast: reverse("site:how_it_works")),
    "see the rounds": Deed(lambda cast: reverse("rounds:list")),
    "see a round": Deed(lambda cast: reverse("rounds:detail", args=[cast.round.slug])),
    "see its calendar": Deed(lambda cast: reverse("rounds:calendar", args=[cast.round.slug])),
    "see its interns": Deed(lambda cast: reverse("projects:interns", args=[cast.round.slug])),
    "see the communities": Deed(lambda cast: reverse("communities:list")),
    "see a community": Deed(lambda cast: cast.participation.community.get_absolute_url()),
    "see the dashboard": Deed(lambda cast: reverse("site:dashboard")),
    "see the coordinators'": Deed(lambda cast: reverse("site:coordinate")),
    "open the schedule": Deed(lambda cast: reverse("coordinate:schedule", args=[cast.round.slug])),
    "change the schedule": Deed(
        lambda cast: reverse("coordinate:schedule", args=[cast.round.slug]),
        lambda cast: as_typed(cast.round) | {"confirm": "yes"},
    ),
    "plan a round": Deed(lambda cast: reverse("site:new_round"), next_round),
    "see a round's tools": Deed(lambda cast: reverse("site:round", args=[cast.round.slug])),
    "see who takes part": Deed(lambda cast: reverse("site:participations", args=[cast.round.slug])),
    "let a community in": Deed(
        lambda cast: reverse("site:participations", args=[cast.round.slug]),
        lambda cast: {"community": make.community().pk, "slots": 2},
    ),
    "end a participation": Deed(
        lambda cast: reverse("site:end_participation", args=[make.participation(cast.round).pk]), lambda cast: {}
    ),
    "list letters' texts": Deed(lambda cast: reverse("site:letter_texts", args=[cast.round.slug])),
    "open a letter's text": Deed(letter),
    "preview a letter": Deed(letter, lambda cast: WORDS | {"preview": "yes"}),
    "word a letter": Deed(letter, lambda cast: WORDS),
    "unword a letter": Deed(lambda cast: letter(cast, "unword_letter"), lambda cast: {}),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_who_may(deed):
    answers = answers_to(DEEDS[deed])

    assert answers == TABLE[deed]


def test_the_table_is_whole():
    assert list(TABLE) == list(DEEDS)


def test_a_schedule_that_does_not_exist_is_no_secret_to_who_may_not_see_any(client):
    client.force_login(make.user())

    page = client.get(reverse("coordinate:schedule", args=["nowhere"]))

    assert page.status_code == 403
