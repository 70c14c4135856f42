"""Who may do what with applications and contributions: section 4 of the design, cell by cell."""

import pytest
from django.urls import reverse

from applications import permissions
from applications.models import Application, Contribution, InitialApplication
from tests import make
from tests.cast import ROLES, Deed, answers_to, assemble, table

pytestmark = pytest.mark.django_db

# ok: done. no: refused in words. in: sent to the sign-in page. The application is the applicant's.
TABLE = table("""
                      | public applicant other mentor other maintainer coordinator other program recused applying
                                         applicant    mentor                       coord.
see her own page      | in     ok        ok     ok     ok     ok         ok          ok    ok      ok      ok
open the initial one  | in     ok        ok     ok     ok     ok         ok          ok    ok      ok      ok
save the initial one  | in     ok        ok     ok     ok     ok         ok          ok    ok      ok      ok
open an application   | in     ok        ok     ok     ok     ok         ok          ok    ok      ok      ok
save an application   | in     ok        ok     no     ok     ok         ok          ok    ok      no      no
autosave it           | in     ok        ok     400    ok     ok         ok          ok    ok      400     400
record a contribution | in     ok        ok     no     ok     ok         ok          ok    ok      no      no
see the application   | in     ok        404    404    404    404        404         404   404     404     404
withdraw it           | in     ok        404    404    404    404        404         404   404     404     404
""")


def saved(**answers: str) -> dict[str, str]:
    return answers | {"version": "0", "save": ""}


DEEDS = {
    "see her own page": Deed(lambda cast: reverse("applications:home")),
    "open the initial one": Deed(lambda cast: reverse("applications:initial", args=[cast.round.slug])),
    "save the initial one": Deed(
        lambda cast: reverse("applications:initial_step", args=[cast.round.slug, 1]),
        lambda cast: {"seen_version": "0", "of_age": "yes", "took_part": "no", "may_work": "Yes"},
    ),
    "open an application": Deed(lambda cast: reverse("applications:write", args=[cast.listing.pk])),
    "save an application": Deed(
        lambda cast: reverse("applications:write", args=[cast.listing.pk]), lambda cast: saved(why="I boot it.")
    ),
    "autosave it": Deed(
        lambda cast: reverse("applications:autosave", args=[cast.listing.pk]), lambda cast: saved(why="I boot it.")
    ),
    "record a contribution": Deed(
        lambda cast: reverse("applications:contribute", args=[cast.listing.pk]),
        lambda cast: {"kind": "patch", "title": "A patch", "url": "https://git.example.org/new"},
    ),
    "see the application": Deed(lambda cast: reverse("applications:application", args=[cast.application.pk])),
    "withdraw it": Deed(lambda cast: reverse("applications:withdraw", args=[cast.application.pk]), lambda cast: {}),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_who_may(deed):
    answers = answers_to(DEEDS[deed])

    assert answers == TABLE[deed]


def test_the_table_is_whole():
    assert list(TABLE) == list(DEEDS)


def roles_that(check) -> list[str]:
    return [role for role in ROLES[1:] if check(role)]


def test_who_sees_an_application():
    cast = assemble()

    seen = roles_that(lambda role: Application.objects.visible_to(cast.person(role)).contains(cast.application))

    assert seen == ["applicant", "mentor", "coordinator", "program"]


def test_who_sees_a_contribution():
    cast = assemble()

    seen = roles_that(lambda role: Contribution.objects.visible_to(cast.person(role)).contains(cast.contribution))

    assert seen == ["applicant", "mentor", "coordinator", "program"]


def test_who_marks_a_contribution():
    cast = assemble()

    able = roles_that(lambda role: permissions.may_mark(cast.person(role), cast.contribution))

    assert able == ["mentor", "coordinator"]


def test_who_edits_an_application():
    cast = assemble()

    able = roles_that(lambda role: permissions.may_edit_application(cast.person(role), cast.application))

    assert able == ["applicant"]


def test_who_sees_eligibility_answers():
    cast = assemble()
    initial = InitialApplication.objects.get(applicant=cast.person("applicant"))

    able = roles_that(lambda role: permissions.may_see_eligibility(cast.person(role), initial))

    assert able == ["applicant", "program"]


def test_a_contribution_without_an_application_is_seen_once_recorded():
    listing = make.listing()
    contribution = make.contribution(listing)

    readers = [make.mentor_of(listing), make.coordinator_of(listing), make.user()]

    seen = [Contribution.objects.visible_to(reader).contains(contribution) for reader in readers]
    assert seen == [True, True, False]
