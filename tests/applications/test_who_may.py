"""Who may do what with applications and contributions: section 4 of the design, cell by cell."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from applications import permissions
from applications.actions import withdraw_listing
from applications.models import Application, Contribution, InitialApplication
from opw.rounds.models import Deadline
from tests import make
from tests.cast import ROLES, Cast, Deed, answers_to, assemble, table

pytestmark = pytest.mark.django_db

# ok: done. no: refused in words. in: sent to the sign-in page. The application is the applicant's.
TABLE = table("""
                      | public applicant other mentor other maintainer coordinator other program recused applying
                                         applicant    mentor                       coord.
see her own page      | in     ok        ok     ok     ok     ok         ok          ok    ok      ok      ok
open the initial one  | in     ok        ok     ok     ok     ok         ok          ok    ok      ok      ok
save the initial one  | in     ok        ok     ok     ok     ok         ok          ok    ok      ok      ok
autosave the initial  | in     ok        ok     ok     ok     ok         ok          ok    ok      ok      ok
open an application   | in     ok        ok     ok     ok     ok         ok          ok    ok      ok      ok
save an application   | in     ok        ok     no     ok     ok         ok          ok    ok      no      no
autosave it           | in     ok        ok     400    ok     ok         ok          ok    ok      400     400
record a contribution | in     ok        ok     no     ok     ok         ok          ok    ok      no      no
delete one            | in     ok        404    404    404    404        404         404   404     404     404
see her messages      | in     ok        ok     ok     ok     ok         ok          ok    ok      ok      ok
write to mentors      | in     ok        ok     no     ok     ok         ok          ok    ok      no      no
contact elsewhere     | in     ok        ok     no     ok     ok         ok          ok    ok      no      no
see the application   | in     ok        404    404    404    404        404         404   404     404     404
move it               | in     ok        404    404    404    404        404         404   404     404     404
move it elsewhere     | in     ok        404    404    404    404        404         404   404     404     404
move a contribution   | in     ok        404    404    404    404        404         404   404     404     404
withdraw it           | in     ok        404    404    404    404        404         404   404     404     404
take her place        | in     ok        404    404    404    404        404         404   404     404     404
think about declining | in     ok        404    404    404    404        404         404   404     404     404
decline her place     | in     ok        404    404    404    404        404         404   404     404     404
see her deadlines     | in     ok        ok     ok     ok     ok         ok          ok    ok      ok      ok
set her reminders     | in     ok        ok     ok     ok     ok         ok          ok    ok      ok      ok
take her calendar     | in     ok        ok     ok     ok     ok         ok          ok    ok      ok      ok
renew its address     | in     ok        ok     ok     ok     ok         ok          ok    ok      ok      ok
list those in doubt   | in     403       403    403    403    403        403         403   ok      403     403
read one in doubt     | in     404       404    404    404    404        404         404   ok      404     404
decide about one      | in     404       404    404    404    404        404         404   ok      404     404
list the questions    | in     403       403    403    403    403        403         403   ok      403     403
add a question        | in     403       403    403    403    403        403         403   ok      403     403
edit a question       | in     403       403    403    403    403        403         403   ok      403     403
move a question       | in     403       403    403    403    403        403         403   no      403     403
remove a question     | in     403       403    403    403    403        403         403   no      403     403
list the extensions   | in     403       403    403    403    403        ok          ok    ok      403     403
extend for a person   | in     403       403    403    403    403        ok          no    ok      403     403
extend for everybody  | in     403       403    403    403    403        no          no    ok      403     403
take an extension back| in     403       403    403    403    403        ok          404   ok      403     403
""")


def doubted(cast: Cast) -> str:
    """Where the applicant's initial application is decided about, which is in doubt now."""
    initials = InitialApplication.objects.filter(applicant=cast.person("applicant"))
    initials.update(status=InitialApplication.Status.SUBMITTED, is_in_doubt=True)
    return reverse("coordinate:decide_eligibility", args=[initials.get().pk])


def asked(cast: Cast) -> int:
    return cast.round.questions.get(key="why").pk


def extended(cast: Cast) -> str:
    """Where more time for the applicant in the community is taken back."""
    until_at = cast.round.applications_close_at + timedelta(days=1)
    community = cast.participation.community
    extension = make.extension(cast.round, until_at=until_at, community=community, person=cast.person("applicant"))
    return reverse("coordinate:revoke_extension", args=[extension.pk])


def more_time(cast: Cast, **to: object) -> dict[str, Any]:
    until_at = cast.round.applications_close_at + timedelta(days=1)
    return {"deadline": Deadline.APPLICATIONS, "until_at": f"{until_at:%Y-%m-%d %H:%M}", "reason": "A flood."} | to


def saved(**answers: str) -> dict[str, str]:
    return answers | {"version": "0", "save": ""}


def closed(cast: Cast) -> Application:
    """The application, after its project was withdrawn."""
    withdraw_listing(listing=cast.listing, by=cast.person("coordinator"), because="Ill.", at=timezone.now())
    return cast.application


def left_behind(cast: Cast) -> Contribution:
    """The applicant's contribution, after its project was withdrawn."""
    return Contribution.objects.get(applicant=closed(cast).applicant, listing=cast.listing)


def offered(cast: Cast) -> Application:
    """The application, whose applicant is offered a place."""
    make.offer(cast.application)
    return cast.application


DEEDS = {
    "see her own page": Deed(lambda cast: reverse("applications:home")),
    "open the initial one": Deed(lambda cast: reverse("applications:initial", args=[cast.round.slug])),
    "save the initial one": Deed(
        lambda cast: reverse("applications:initial_step", args=[cast.round.slug, 1]),
        lambda cast: {"version": "0", "of_age": "yes", "took_part": "no", "may_work": "Yes"},
    ),
    "autosave the initial": Deed(
        lambda cast: reverse("applications:autosave_step", args=[cast.round.slug, 1]), lambda cast: saved(of_age="yes")
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
    "delete one": Deed(
        lambda cast: reverse("applications:delete_contribution", args=[cast.contribution.pk]), lambda cast: {}
    ),
    "see her messages": Deed(lambda cast: reverse("applications:messages", args=[cast.listing.pk])),
    "write to mentors": Deed(
        lambda cast: reverse("applications:messages", args=[cast.listing.pk]), lambda cast: {"body": "Hello!"}
    ),
    "contact elsewhere": Deed(
        lambda cast: reverse("applications:contact_elsewhere", args=[cast.listing.pk]),
        lambda cast: {"elsewhere-body": "The mailing list."},
    ),
    "see the application": Deed(lambda cast: reverse("applications:application", args=[cast.application.pk])),
    "move it": Deed(
        lambda cast: reverse("applications:move", args=[cast.application.pk]), lambda cast: {"direction": "up"}
    ),
    "move it elsewhere": Deed(lambda cast: reverse("applications:move_to_another", args=[closed(cast).pk])),
    "move a contribution": Deed(lambda cast: reverse("applications:move_contribution", args=[left_behind(cast).pk])),
    "withdraw it": Deed(lambda cast: reverse("applications:withdraw", args=[cast.application.pk]), lambda cast: {}),
    "take her place": Deed(lambda cast: reverse("applications:confirm", args=[offered(cast).pk]), lambda cast: {}),
    "think about declining": Deed(lambda cast: reverse("applications:decline", args=[offered(cast).pk])),
    "decline her place": Deed(
        lambda cast: reverse("applications:decline", args=[offered(cast).pk]), lambda cast: {"reason": "A job."}
    ),
    "see her deadlines": Deed(lambda cast: reverse("applications:deadlines")),
    "set her reminders": Deed(lambda cast: reverse("applications:deadlines"), lambda cast: {"hours_before": ["24"]}),
    "take her calendar": Deed(lambda cast: reverse("applications:calendar")),
    "renew its address": Deed(lambda cast: reverse("applications:renew_calendar"), lambda cast: {}),
    "list those in doubt": Deed(lambda cast: reverse("coordinate:in_doubt", args=[cast.round.slug])),
    "read one in doubt": Deed(doubted),
    "decide about one": Deed(doubted, lambda cast: {"decision": "yes", "reason": "Her visa allows it."}),
    "list the questions": Deed(lambda cast: reverse("coordinate:questions", args=[cast.round.slug, "initial"])),
    "add a question": Deed(lambda cast: reverse("coordinate:add_question", args=[cast.round.slug, "initial"])),
    "edit a question": Deed(
        lambda cast: reverse("coordinate:edit_question", args=[asked(cast)]), lambda cast: {"label": "Why us?"}
    ),
    "move a question": Deed(lambda cast: reverse("coordinate:move_question", args=[asked(cast)]), lambda cast: {}),
    "remove a question": Deed(lambda cast: reverse("coordinate:remove_question", args=[asked(cast)]), lambda cast: {}),
    "list the extensions": Deed(lambda cast: reverse("coordinate:extensions", args=[cast.round.slug])),
    "extend for a person": Deed(
        lambda cast: reverse("coordinate:extensions", args=[cast.round.slug]),
        lambda cast: more_time(cast, community=cast.participation.community.pk, email=cast.person("applicant").email),
    ),
    "extend for everybody": Deed(
        lambda cast: reverse("coordinate:extensions", args=[cast.round.slug]), lambda cast: more_time(cast)
    ),
    "take an extension back": Deed(extended, lambda cast: {}),
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
