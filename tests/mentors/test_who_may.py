"""Who may do what on the mentors' side: section 4 of the design, cell by cell."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from applications.models import Application, Contribution, InitialApplication
from mentors.models import Seal, Selection
from tests import make, scenarios
from tests.cast import Cast, Deed, answers_to, table
from tests.mentors.orders import make_order

pytestmark = pytest.mark.django_db

# ok: done. no: refused in words. in: sent to the sign-in page. Everything is about the applicant's application.
TABLE = table("""
                      | public applicant other mentor other maintainer coordinator other program recused applying
                                         applicant    mentor                       coord.
see her own page      | in     ok        ok     ok     ok     ok         ok          ok    ok      ok      ok
see the listing       | in     404       404    ok     404    404        ok          404   ok      ok      404
export the applicants | in     404       404    ok     404    404        ok          404   ok      ok      404
see the application   | in     404       404    ok     404    404        ok          404   ok      404     404
see the order         | in     404       404    ok     404    404        ok          404   ok      ok      404
see the messages      | in     404       404    ok     404    404        ok          404   ok      404     404
draft a reply         | in     404       404    ok     404    404        ok          404   ok      404     404
message the applicant | in     404       404    ok     404    404        ok          404   ok      404     404
mark the contribution | in     403       404    ok     404    404        ok          404   403     404     404
say that she read it  | in     404       404    ok     404    404        ok          404   ok      404     404
rate                  | in     404       404    ok     404    404        403         404   403     404     404
place in her order    | in     404       404    ok     404    404        403         404   403     404     404
give her order        | in     404       404    ok     404    404        403         404   403     ok      404
comment               | in     404       404    ok     404    404        ok          404   403     404     404
propose               | in     404       404    ok     404    404        ok          404   403     404     404
put on waiting list   | in     404       404    403    404    404        ok          404   ok      404     404
open stepping back    | in     404       404    ok     404    404        ok          404   ok      404     404
step back             | in     404       404    ok     404    404        ok          404   ok      404     404
change the order      | in     404       404    403    404    404        ok          404   ok      404     404
change its reason     | in     404       404    403    404    404        ok          404   ok      404     404
take off waiting list | in     404       404    403    404    404        ok          404   ok      404     404
confirm               | in     404       404    403    404    404        ok          404   ok      404     404
take a proposal back  | in     404       404    ok     404    404        ok          404   ok      404     404
take a slot back      | in     404       404    403    404    404        ok          404   ok      404     404
decline the rest      | in     403       403    403    403    403        ok          403   ok      403     403
take the rest back    | in     403       403    403    403    403        ok          403   ok      403     403
open the withdrawal   | in     403       403    403    403    403        ok          403   ok      403     403
withdraw the listing  | in     403       403    403    403    403        ok          403   ok      403     403
see selections        | in     404       404    404    404    404        ok          404   ok      404     404
see all at a glance   | in     404       404    404    404    404        ok          ok    ok      404     404
export the funnel     | in     404       404    404    404    404        ok          ok    ok      404     404
see who is due        | in     404       404    404    404    404        ok          ok    ok      404     404
read the reminder     | in     404       404    404    404    404        ok          ok    ok      404     404
remind                | in     404       404    404    404    404        ok          no    ok      404     404
remind of the program | in     404       404    404    404    404        404         404   ok      404     404
see slots             | in     403       403    403    403    403        403         403   ok      403     403
add a slot            | in     403       403    403    403    403        403         403   ok      403     403
take a slot away      | in     403       403    403    403    403        403         403   ok      403     403
move a slot           | in     403       403    403    403    403        403         403   ok      403     403
see the offers        | in     403       403    403    403    403        403         403   ok      403     403
open more time        | in     404       404    403    404    404        403         404   ok      404     404
give more time        | in     404       404    403    404    404        403         404   ok      404     404
open an ending        | in     404       404    403    404    404        403         404   ok      404     404
end a place           | in     404       404    403    404    404        403         404   ok      404     404
see conflicts         | in     403       403    403    403    403        403         403   ok      403     403
see a conflict        | in     404       404    404    404    404        404         404   ok      404     404
settle a conflict     | in     404       404    404    404    404        404         404   ok      404     404
rehearse              | in     403       403    403    403    403        403         403   ok      403     403
rehearse a letter     | in     403       403    403    403    403        403         403   ok      403     403
rehearse it as HTML   | in     403       403    403    403    403        403         403   ok      403     403
seal                  | in     403       403    403    403    403        403         403   ok      403     403
approve the seal      | in     403       403    403    403    403        403         403   ok      403     403
""")


def of(cast: Cast, name: str) -> str:
    return reverse(f"mentors:{name}", args=[cast.application.pk])


def messages_of(cast: Cast) -> str:
    return reverse("mentors:messages", args=[cast.listing.pk, cast.person("applicant").pk])


def step_back_of(cast: Cast) -> str:
    return reverse("mentors:step_back", args=[cast.person("applicant").pk])


def undecided(cast: Cast, name: str) -> str:
    Selection.objects.all().delete()
    return of(cast, name)


def confirmed(cast: Cast, name: str) -> str:
    Selection.objects.all().delete()
    selection = make.selection(application=cast.application, confirmed=True)
    return reverse(f"mentors:{name}", args=[selection.pk])


def letter_of(cast: Cast, name: str) -> str:
    confirmed(cast, "confirm")
    return reverse(f"mentors:{name}", args=[cast.round.slug, cast.person("applicant").pk])


def waiting(cast: Cast, name: str) -> str:
    """The applicant waits instead."""
    Selection.objects.all().delete()
    return reverse(f"mentors:{name}", args=[make.waiting_place(cast.application).pk])


def reordered(cast: Cast) -> str:
    """The applicant waits behind somebody else, and is put before."""
    Selection.objects.all().delete()
    first = make.waiting_place(make.application(cast.listing))
    second = make.waiting_place(cast.application, position=2)
    return reverse("mentors:wait_before", args=[second.pk, first.pk])


def rest_declined(cast: Cast) -> str:
    make.rest_not_accepted(cast.listing)
    return reverse("mentors:take_rest_back", args=[cast.listing.pk])


def conflict(cast: Cast) -> str:
    """Another community's project wants the applicant too."""
    elsewhere = make.listing(make.participation(cast.round))
    make.selection(application=make.application(elsewhere, cast.person("applicant")))
    return reverse("mentors:conflict", args=[cast.selection.initial_application_id])


def settled(cast: Cast) -> dict[str, object]:
    among = list(Selection.objects.values_list("pk", flat=True))
    return {"keep": cast.selection.pk, "among": among, "reason": "She prefers it."}


def ready_to_seal(cast: Cast, name: str) -> str:
    """Everything is decided, and selection is closed."""
    confirmed(cast, "confirm")
    for listing in {application.listing for application in Application.objects.all()}:
        make.rest_not_accepted(listing)
    scenarios.reach(cast.round, "selection_closes_at")
    return reverse(f"mentors:{name}", args=[cast.round.slug])


def ordered(cast: Cast) -> str:
    """Every mentor has placed somebody whom she sees."""
    for role in ("mentor", "recused", "applying"):
        make_order(cast.person(role), make.application(cast.listing), given=False)
    return reverse("mentors:give_order", args=[cast.listing.pk])


def ready_to_approve(cast: Cast) -> str:
    """Somebody else has sealed the results."""
    ready_to_seal(cast, "seal")
    scenarios.seal(cast.round)
    return reverse("mentors:approve", args=[cast.round.slug])


def unmarked_elsewhere(cast: Cast) -> str:
    """Where the mentors of the applicant's community are reminded; the other community's have looked at everything."""
    Contribution.objects.exclude(listing__participation=cast.participation).update(mark="seen")
    return reverse("mentors:remind", args=[cast.round.slug, "marks"])


def begun_and_left(cast: Cast) -> str:
    make.initial_application(round=cast.round, status=InitialApplication.Status.DRAFT)
    return reverse("mentors:remind", args=[cast.round.slug, "initial"])


DEEDS = {
    "see her own page": Deed(lambda cast: reverse("mentors:home")),
    "see the listing": Deed(lambda cast: reverse("mentors:listing", args=[cast.listing.pk])),
    "export the applicants": Deed(lambda cast: reverse("mentors:applicants_csv", args=[cast.listing.pk])),
    "see the application": Deed(lambda cast: of(cast, "application")),
    "see the order": Deed(lambda cast: reverse("mentors:order", args=[cast.listing.pk])),
    "see the messages": Deed(messages_of),
    "draft a reply": Deed(lambda cast: reverse("mentors:reply", args=[cast.listing.pk, cast.person("applicant").pk])),
    "message the applicant": Deed(messages_of, lambda cast: {"body": "Welcome!"}),
    "mark the contribution": Deed(
        lambda cast: reverse("mentors:mark", args=[cast.contribution.pk]),
        lambda cast: {"mark": "counts", "comment": "Nice."},
    ),
    "say that she read it": Deed(
        lambda cast: of(cast, "read"), lambda cast: {"revision": cast.application.history.latest().pk}
    ),
    "rate": Deed(lambda cast: of(cast, "rate"), lambda cast: {"score": 4, "reasons": "Nice tests."}),
    "place in her order": Deed(lambda cast: of(cast, "place"), lambda cast: {"move": "first"}),
    "give her order": Deed(ordered, lambda cast: {}),
    "comment": Deed(lambda cast: of(cast, "comment"), lambda cast: {"body": "Nice tests."}),
    "propose": Deed(lambda cast: undecided(cast, "propose"), lambda cast: {"reasons": "Nice tests."}),
    "put on waiting list": Deed(lambda cast: undecided(cast, "wait"), lambda cast: {"reason": ""}),
    "open stepping back": Deed(step_back_of),
    "step back": Deed(step_back_of, lambda cast: {"reason": "A friend."}),
    "change the order": Deed(reordered, lambda cast: {}),
    "change its reason": Deed(lambda cast: waiting(cast, "waiting_reason"), lambda cast: {"reason": "Strong."}),
    "take off waiting list": Deed(
        lambda cast: waiting(cast, "take_off_waiting_list"), lambda cast: {"reason": "She took a job."}
    ),
    "confirm": Deed(lambda cast: reverse("mentors:confirm", args=[cast.selection.pk]), lambda cast: {}),
    "take a proposal back": Deed(
        lambda cast: reverse("mentors:withdraw_selection", args=[cast.selection.pk]),
        lambda cast: {"reason": "She took a job."},
    ),
    "take a slot back": Deed(
        lambda cast: confirmed(cast, "withdraw_selection"), lambda cast: {"reason": "She took a job."}
    ),
    "decline the rest": Deed(lambda cast: reverse("mentors:decline_rest", args=[cast.listing.pk]), lambda cast: {}),
    "take the rest back": Deed(rest_declined, lambda cast: {"reason": "One was forgotten."}),
    "open the withdrawal": Deed(lambda cast: reverse("mentors:withdraw_listing", args=[cast.listing.pk])),
    "withdraw the listing": Deed(
        lambda cast: reverse("mentors:withdraw_listing", args=[cast.listing.pk]),
        lambda cast: {"because": "Its mentor is ill."},
    ),
    "see selections": Deed(lambda cast: reverse("mentors:selections", args=[cast.participation.pk])),
    "see all at a glance": Deed(lambda cast: reverse("mentors:glance", args=[cast.round.slug])),
    "export the funnel": Deed(lambda cast: reverse("mentors:funnel_csv", args=[cast.round.slug])),
    "see who is due": Deed(lambda cast: reverse("mentors:reminders", args=[cast.round.slug])),
    "read the reminder": Deed(lambda cast: reverse("mentors:remind", args=[cast.round.slug, "marks"])),
    "remind": Deed(unmarked_elsewhere, lambda cast: {}),
    "remind of the program": Deed(begun_and_left, lambda cast: {}),
    "see slots": Deed(lambda cast: reverse("mentors:slots", args=[cast.round.slug])),
    "add a slot": Deed(lambda cast: reverse("mentors:add_slot", args=[cast.participation.pk]), lambda cast: {}),
    "take a slot away": Deed(
        lambda cast: reverse("mentors:remove_slot", args=[cast.participation.slots.get().pk]), lambda cast: {}
    ),
    "move a slot": Deed(
        lambda cast: reverse("mentors:move_slot", args=[cast.participation.slots.get().pk]),
        lambda cast: {"to": cast.round.participations.exclude(pk=cast.participation.pk).earliest("pk").pk},
    ),
    "see the offers": Deed(lambda cast: reverse("mentors:offers", args=[cast.round.slug])),
    "open more time": Deed(lambda cast: reverse("mentors:time_to_answer", args=[make.offer(cast.application).pk])),
    "give more time": Deed(
        lambda cast: reverse("mentors:time_to_answer", args=[make.offer(cast.application).pk]),
        lambda cast: {"until_at": f"{timezone.now() + timedelta(days=8):%Y-%m-%d %H:%M}", "reason": "A flood."},
    ),
    "open an ending": Deed(lambda cast: reverse("mentors:end_place", args=[make.offer(cast.application).pk])),
    "end a place": Deed(
        lambda cast: reverse("mentors:end_place", args=[make.offer(cast.application).pk]),
        lambda cast: {"is_declined": "True", "reason": "She is ill."},
    ),
    "see conflicts": Deed(lambda cast: reverse("mentors:conflicts", args=[cast.round.slug])),
    "see a conflict": Deed(conflict),
    "settle a conflict": Deed(conflict, settled),
    "rehearse": Deed(lambda cast: reverse("mentors:results", args=[cast.round.slug])),
    "rehearse a letter": Deed(lambda cast: letter_of(cast, "letter")),
    "rehearse it as HTML": Deed(lambda cast: letter_of(cast, "letter_html")),
    "seal": Deed(lambda cast: ready_to_seal(cast, "seal"), lambda cast: {}),
    "approve the seal": Deed(
        lambda cast: ready_to_approve(cast), lambda cast: {"sha256": Seal.objects.standing().get().sha256}
    ),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_who_may(deed):
    answers = answers_to(DEEDS[deed])

    assert answers == TABLE[deed]


def test_the_table_is_whole():
    assert list(TABLE) == list(DEEDS)


@pytest.mark.parametrize("role", ["mentor", "coordinator", "program"])
def test_a_role_taken_away_is_refused_at_the_next_request(client, role):
    application = make.application()
    listing = application.listing
    person = {
        "mentor": make.mentor_of(listing),
        "coordinator": make.coordinator_of(listing),
        "program": make.program_coordinator(),
    }[role]
    client.force_login(person)
    address = reverse("mentors:application", args=[application.pk])

    before = client.get(address).status_code
    listing.project.mentorships.all().delete()
    listing.community.coordinators.clear()
    person.is_staff = False
    person.save()
    after = client.get(address).status_code

    assert (before, after) == (200, 404)


def test_the_recused_mentor_finds_the_others_on_the_listings_page_and_not_her(client):
    listing = make.listing()
    friend, other = make.application(listing), make.application(listing)
    mentor = make.mentor_of(listing)
    make.recusal(mentor, friend.applicant)
    client.force_login(mentor)

    page = client.get(reverse("mentors:listing", args=[listing.pk]))

    assert page.context["table"].rows == [other]
    assert friend.applicant.name not in page.text


def test_a_recused_program_coordinator_reads_nothing_of_her_in_the_rehearsal(client):
    decided = scenarios.selected_not_selected_and_waiting()
    make.recusal(decided.program_coordinator, decided.selected.applicant)
    client.force_login(decided.program_coordinator)

    page = client.get(reverse("mentors:results", args=[decided.round.slug]))

    assert decided.selected.applicant.name not in page.text
    assert "Nobody was accepted" in page.text
    assert decided.waiting.applicant.name in page.text


def test_what_keeps_a_round_from_its_seal_names_nobody_to_who_stepped_back(client):
    selection = make.selection()
    coordinator = make.program_coordinator()
    make.recusal(coordinator, selection.application.applicant)
    client.force_login(coordinator)

    page = client.get(reverse("mentors:results", args=[selection.round.slug]))

    assert selection.application.applicant.name not in page.text
    assert "Somebody is proposed" in page.text
